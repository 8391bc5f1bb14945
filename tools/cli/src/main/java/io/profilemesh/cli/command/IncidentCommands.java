package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.rest.Rest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows incidents and takes care of them. */
@Command(
    name = "incident",
    description = "Show, acknowledge, assign, mute or judge an incident.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "List them: profilemesh incidents --status open"})
final class IncidentCommands implements Runnable {

  @Mixin final HelpOption help = new HelpOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final Session session;

  IncidentCommands(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what to do with the incident is missing");
  }

  /** Which incident, and why something is done about it. */
  static final class Target {
    @Parameters(index = "0", paramLabel = "INCIDENT", description = "Id, as incidents shows it.")
    @SuppressWarnings("NullAway.Init")
    String incident;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people.")
    @Nullable String reason;
  }

  @Command(
      name = "show",
      description = "Show an incident, what was told of it and what people did.")
  int show(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Mixin OutputOptions output,
      @Parameters(paramLabel = "INCIDENT", description = "Id, as incidents shows it.")
          String incident) {
    JsonNode answer = server.rest().get(path(incident), new io.profilemesh.cli.rest.Parameters());
    output.details(answer);
    return ExitCode.OK.code();
  }

  @Command(name = "ack", description = "Say that you have seen an incident.")
  int acknowledge(@Mixin HelpOption helpOption, @Mixin ServerOptions server, @Mixin Target target) {
    return change(server, target, body -> body.put("acknowledge", true));
  }

  @Command(name = "assign", description = "Say who works on an incident.")
  int assign(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Mixin Target target,
      @Option(names = "--to", required = true, paramLabel = "WHO", description = "Who works on it.")
          String assignee) {
    return change(server, target, body -> body.put("assignee", assignee));
  }

  @Command(name = "mute", description = "Tell nobody of an incident for a while.")
  int mute(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Mixin Target target,
      @Option(
              names = "--for",
              required = true,
              paramLabel = "TIME",
              converter = DurationText.class,
              description = "How long: 90m, 12h, 7d.")
          Duration time) {
    String until = Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS).toString();
    return change(server, target, body -> body.put("mutedUntil", until));
  }

  @Command(name = "unmute", description = "Tell people of an incident again.")
  int unmute(@Mixin HelpOption helpOption, @Mixin ServerOptions server, @Mixin Target target) {
    return change(server, target, body -> body.putNull("mutedUntil"));
  }

  @Command(
      name = "feedback",
      description =
          "Judge an incident: expected and false-positive end it and tolerate the like of it;"
              + " confirmed keeps its runs out of baselines.")
  int feedback(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Mixin Target target,
      @Parameters(
              index = "1",
              paramLabel = "JUDGEMENT",
              description = "expected, false-positive or confirmed.")
          String judgement) {
    return change(server, target, body -> body.put("feedback", judgement.replace('-', '_')));
  }

  /** Puts a change into the body of the request. */
  @FunctionalInterface
  private interface Change {
    void put(ObjectNode body);
  }

  private int change(ServerOptions server, Target target, Change change) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    change.put(body);
    body.put("actor", session.requester());
    if (target.reason != null) {
      body.put("reason", target.reason);
    }
    Rest.Done done =
        server
            .rest()
            .send("PATCH", path(target.incident), new io.profilemesh.cli.rest.Parameters(), body);
    if (done.status() == 202) {
      throw Failure.failed(
          "the order is written, but the drift service has not followed it yet",
          "Look again: profilemesh incident show " + target.incident);
    }
    JsonNode incident = done.body();
    session
        .console()
        .err()
        .println(
            DisplayText.printable(
                "%s of %s is %s, revision %d."
                    .formatted(
                        target.incident,
                        incident.path("datasetId").asText(),
                        incident.path("state").asText(),
                        incident.path("revision").asLong())));
    session.console().err().flush();
    return ExitCode.OK.code();
  }

  private static String path(String incident) {
    return "/incidents/" + io.profilemesh.cli.rest.Parameters.segment(incident);
  }
}
