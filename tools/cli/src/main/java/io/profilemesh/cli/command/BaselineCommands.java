package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.DisplayText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what the runs of a table are compared with. */
@Command(
    name = "baseline",
    description = "Show the baseline, pin a run as baseline, unpin it, or accept a changed schema.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: profilemesh baseline pin shop.public.orders RUN --reason 'audited'"})
final class BaselineCommands implements Runnable {

  @Mixin final HelpOption help = new HelpOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final Session session;

  BaselineCommands(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what to do with the baseline is missing");
  }

  /** Which dataset, and why something is done about it. */
  static final class Target {
    @Parameters(
        index = "0",
        paramLabel = "DATASET",
        description = "source.schema.table or source/schema/table@slice.")
    @SuppressWarnings("NullAway.Init")
    String dataset;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people.")
    @Nullable String reason;

    String path(String what) {
      String canonical = String.valueOf(DatasetOptions.canonical(dataset));
      return "/tables/" + io.profilemesh.cli.rest.Parameters.segment(canonical) + what;
    }
  }

  @Command(name = "show", description = "Show what the runs of a table are compared with, as JSON.")
  int show(@Mixin HelpOption helpOption, @Mixin ServerOptions server, @Mixin OneTable table) {
    String dataset = io.profilemesh.cli.rest.Parameters.segment(table.dataset(server).toString());
    JsonNode answer =
        server
            .rest()
            .get("/tables/" + dataset + "/baseline", new io.profilemesh.cli.rest.Parameters());
    session.console().out().println(answer.toPrettyString());
    session.console().out().flush();
    return ExitCode.OK.code();
  }

  @Command(name = "pin", description = "Compare later runs with one run, until it is unpinned.")
  int pin(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Mixin Target target,
      @Parameters(index = "1", paramLabel = "RUN", description = "Run, as query runs shows it.")
          String run) {
    return order(
        server, "PUT", target, "/baseline", parameters(target).with("runId", run), "is pinned");
  }

  @Command(name = "unpin", description = "Compare later runs as policies say.")
  int unpin(@Mixin HelpOption helpOption, @Mixin ServerOptions server, @Mixin Target target) {
    return order(server, "DELETE", target, "/baseline", parameters(target), "has no pinned run");
  }

  @Command(name = "accept-schema", description = "Accept the schema changes that are open.")
  int acceptSchema(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Mixin Target target,
      @Option(names = "--column", paramLabel = "NAME", description = "Of this column only.")
          @Nullable String column) {
    return order(
        server,
        "PUT",
        target,
        "/accepted-schema",
        parameters(target).with("column", column),
        "has its schema accepted");
  }

  private int order(
      ServerOptions server,
      String method,
      Target target,
      String what,
      io.profilemesh.cli.rest.Parameters parameters,
      String sentence) {
    int status = server.rest().send(method, target.path(what), parameters, null).status();
    if (status == 202) {
      throw Failure.failed(
          "the order is written, but not stored yet",
          "It will be followed; nothing is to be done.");
    }
    session.console().err().println(DisplayText.printable(target.dataset + " " + sentence + "."));
    session.console().err().flush();
    return ExitCode.OK.code();
  }

  private io.profilemesh.cli.rest.Parameters parameters(Target target) {
    return new io.profilemesh.cli.rest.Parameters()
        .with("requester", session.variable("USER").map(user -> "cli:" + user).orElse("cli"))
        .with("reason", target.reason);
  }
}
