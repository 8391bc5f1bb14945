package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.rest.Rest;
import io.profilemesh.cli.rest.RestProblem;
import java.util.ArrayList;
import java.util.List;
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
    description =
        "Show the baseline, pin a run as baseline, unpin it, accept a changed schema, or seed a"
            + " history.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: profilemesh baseline pin shop.public.orders RUN --reason 'audited'"})
final class BaselineCommands implements Runnable {

  private static final int LARGEST_PAGE = 500;

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

  @Command(name = "show", description = "Show what the runs of a table are compared with.")
  int show(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Mixin OneTable table,
      @Mixin OutputOptions output) {
    String dataset = io.profilemesh.cli.rest.Parameters.segment(table.dataset(server).toString());
    JsonNode answer =
        server
            .rest()
            .get("/tables/" + dataset + "/baseline", new io.profilemesh.cli.rest.Parameters());
    output.details(answer);
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

  @Command(
      name = "seed",
      description =
          "Have the drift service remember the stored runs of a table, so that learning takes no"
              + " weeks. Nobody is told of them; what it remembers already stays as it is.")
  int seed(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Parameters(
              arity = "0..*",
              paramLabel = "DATASET",
              description = "source.schema.table or source/schema/table@slice.")
          @Nullable List<String> datasets,
      @Option(names = "--all", description = "Every table that has stored runs.") boolean all,
      @Option(
              names = "--runs",
              paramLabel = "N",
              description = "The newest N runs of each; 60, as many as are remembered.")
          @Nullable Integer runs,
      @Option(
              names = "--from",
              paramLabel = "TIME",
              description = "Runs from this time on: 2026-01-31 (UTC) or 2026-01-31T08:00:00Z.")
          @Nullable String from,
      @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people.")
          @Nullable String reason) {
    List<String> named = datasets == null ? List.of() : datasets;
    if (all == !named.isEmpty()) {
      throw Failure.usage(
          all ? "--all and a table both say what" : "what to seed is missing",
          "Name tables, such as shop.public.orders, or say --all.");
    }
    Rest rest = server.rest();
    List<String> wanted =
        all ? every(rest) : named.stream().map(DatasetOptions::canonical).toList();
    io.profilemesh.cli.rest.Parameters parameters =
        requester()
            .with("reason", reason)
            .with("runs", runs)
            .with("from", TimeOptions.instant("--from", from));
    boolean missing = false;
    for (String dataset : wanted) {
      missing |= !seed(rest, dataset, parameters, all);
    }
    return missing ? ExitCode.FAILED.code() : ExitCode.OK.code();
  }

  private static List<String> every(Rest rest) {
    List<String> datasets = new ArrayList<>();
    io.profilemesh.cli.rest.Parameters page =
        new io.profilemesh.cli.rest.Parameters().with("limit", LARGEST_PAGE);
    while (true) {
      JsonNode answer = rest.get("/tables", page);
      answer.path("items").forEach(table -> datasets.add(table.path("datasetId").asText()));
      JsonNode next = answer.path("next");
      if (!next.isTextual()) {
        return datasets;
      }
      page.with("cursor", next.asText());
    }
  }

  /** Seeds one; false when it has no stored run, which is well where all are meant. */
  private boolean seed(
      Rest rest, String dataset, io.profilemesh.cli.rest.Parameters parameters, boolean isAny) {
    String path = "/tables/" + io.profilemesh.cli.rest.Parameters.segment(dataset) + "/memory";
    try {
      say(dataset + ": " + sentence(rest.send("PUT", path, parameters, null).body()));
      return true;
    } catch (RestProblem e) {
      if (!e.isNotFound()) {
        throw e;
      }
      say(dataset + ": no run is stored that could be remembered.");
      return isAny;
    }
  }

  private static String sentence(JsonNode done) {
    String left =
        leftOut(done.path("confirmedFaults").asInt(), "of confirmed faults")
            + leftOut(done.path("tooWide").asInt(), "of more than 1,600 columns");
    return count(done.path("runs").asInt()) + " to remember" + left + ".";
  }

  private static String leftOut(int runs, String why) {
    return runs == 0 ? "" : ", " + count(runs) + " left out " + why;
  }

  private static String count(int runs) {
    return runs == 1 ? "1 run" : runs + " runs";
  }

  private void say(String sentence) {
    session.console().err().println(DisplayText.printable(sentence));
    session.console().err().flush();
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
    say(target.dataset + " " + sentence + ".");
    return ExitCode.OK.code();
  }

  private io.profilemesh.cli.rest.Parameters parameters(Target target) {
    return requester().with("reason", target.reason);
  }

  private io.profilemesh.cli.rest.Parameters requester() {
    return new io.profilemesh.cli.rest.Parameters().with("requester", session.requester());
  }
}
