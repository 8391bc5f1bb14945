package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.rest.RestProblem;
import io.profilemesh.cli.run.RunOutcome;
import io.profilemesh.cli.run.RunsApi;
import io.profilemesh.core.profile.RunId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cancels a run, and waits until it has ended. */
@Command(
    name = "cancel",
    description = "Cancel a run: its scan ends at the source, and no profile is published.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing of the run is going on any more",
      "1:there is no such run, it had ended already, or it did not end in time",
      "2:the command line is wrong"
    },
    footer = {"", "Example: profilemesh cancel RUN --reason 'wrong table'"})
final class CancelCommand implements Callable<Integer> {

  private static final long BETWEEN_LOOKS_MILLIS = 100;
  private static final List<Column> COLUMNS =
      List.of(
          Column.text("datasetId", "DATASET"),
          Column.text("status", "STATUS"),
          Column.text("errorMessage", "WHY"),
          Column.text("runId", "RUN"));

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final ServerOptions server;
  @Mixin final OutputOptions output;

  @Parameters(paramLabel = "RUN", description = "Run id, as profile and query runs show it.")
  @SuppressWarnings("NullAway.Init")
  String run;

  @Option(
      names = "--dataset",
      paramLabel = "ID",
      description = "One dataset of the run instead of all: source.schema.table.")
  @Nullable String dataset;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people.")
  @Nullable String reason;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = DurationText.class,
      description = "How long to wait for the end: 90s, 10m (default: 30s).")
  Duration timeout = Duration.ofSeconds(30);

  private final Session session;

  CancelCommand(Session session) {
    this.session = session;
    server = new ServerOptions(session);
    output = new OutputOptions(session);
  }

  @Override
  public Integer call() throws InterruptedException {
    RunId id = id();
    String datasetId = DatasetOptions.canonical(dataset);
    RunsApi api = new RunsApi(server.rest());
    List<JsonNode> runs = cancel(api, id, datasetId);
    long end = System.nanoTime() + timeout.toNanos();
    while (!haveEnded(runs) && System.nanoTime() - end < 0) {
      Thread.sleep(BETWEEN_LOOKS_MILLIS);
      runs = api.runs(id).stream().filter(each -> isMeant(each, datasetId)).toList();
    }
    output.list(COLUMNS, runs);
    if (!haveEnded(runs)) {
      throw Failure.failed(
          "not ended within " + timeout.toSeconds() + " s",
          "The order stands until a profiler follows it. Look again: profilemesh query runs"
              + " --run-id "
              + id);
    }
    return ExitCode.OK.code();
  }

  private List<JsonNode> cancel(RunsApi api, RunId id, @Nullable String datasetId) {
    try {
      return api.cancel(id, datasetId, session.requester(), reason);
    } catch (RestProblem problem) {
      if (problem.status() == 409) {
        throw Failure.failed(
            String.valueOf(problem.getMessage()), "See it: profilemesh query runs --run-id " + id);
      }
      throw problem;
    }
  }

  private RunId id() {
    try {
      return RunId.parse(run);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          "'" + run + "' is no run id", "List the runs: profilemesh query runs --status running");
    }
  }

  private static boolean isMeant(JsonNode run, @Nullable String datasetId) {
    return datasetId == null || run.path("datasetId").asText().equals(datasetId);
  }

  private static boolean haveEnded(List<JsonNode> runs) {
    return runs.stream().allMatch(run -> new RunOutcome(run, null, null).hasEnded());
  }
}
