package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.query.PipelineColumns;
import io.profilemesh.cli.run.ScheduleSender;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, pauses and resumes pipelines. */
@Command(
    name = "schedule",
    description = "List, pause and resume the pipelines that the configuration schedules.",
    synopsisSubcommandLabel = "COMMAND")
final class ScheduleCommands implements Runnable {

  @Mixin final HelpOption help = new HelpOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final Session session;

  ScheduleCommands(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what to do with schedules is missing");
  }

  @Command(
      name = "list",
      description = "List pipelines: when each fires next, and how its last run ended.")
  int list(
      @Mixin HelpOption helpOption,
      @Mixin ServerOptions server,
      @Mixin PagingOptions paging,
      @Mixin OutputOptions output) {
    new Answer(server, output, paging)
        .print(
            "/pipelines",
            PipelineColumns.PIPELINES,
            paging.addTo(new io.profilemesh.cli.rest.Parameters()),
            QueryPipelinesCommand.NONE);
    return ExitCode.OK.code();
  }

  @Command(
      name = "pause",
      description = "Pause a pipeline: it does not fire until it is resumed, restarts included.")
  int pause(
      @Mixin HelpOption helpOption,
      @Mixin KafkaOptions mesh,
      @Parameters(paramLabel = "PIPELINE", description = "Name, as schedule list shows it.")
          String pipeline,
      @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people.")
          @Nullable String reason) {
    return tell(mesh, pipeline, true, reason);
  }

  @Command(
      name = "resume",
      description = "Resume a pipeline: what passed meanwhile is not made up for.")
  int resume(
      @Mixin HelpOption helpOption,
      @Mixin KafkaOptions mesh,
      @Parameters(paramLabel = "PIPELINE", description = "Name, as schedule list shows it.")
          String pipeline,
      @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people.")
          @Nullable String reason) {
    return tell(mesh, pipeline, false, reason);
  }

  private int tell(KafkaOptions mesh, String pipeline, boolean pause, @Nullable String reason) {
    JsonNode known =
        mesh.rest(mesh.server)
            .get("/pipelines", new io.profilemesh.cli.rest.Parameters().with("pipeline", pipeline));
    if (known.path("items").isEmpty()) {
      throw Failure.failed(
          "there is no pipeline '" + pipeline + "'", "List them: profilemesh schedule list");
    }
    String actor = session.requester();
    try (ScheduleSender sender = mesh.schedules()) {
      sender.send(pipeline, pause, actor, reason);
    }
    session
        .console()
        .err()
        .println(
            DisplayText.printable(
                pipeline + (pause ? " is paused from now on." : " goes on from now on.")));
    session.console().err().flush();
    return ExitCode.OK.code();
  }
}
