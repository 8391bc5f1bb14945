package io.profilemesh.cli.command;

import io.profilemesh.cli.rest.Parameters;
import io.profilemesh.cli.run.Severity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run is compared with, and when that is an error. */
final class ComparisonOptions {

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Compare with what the last N runs before it let expect, 2 to 60.")
  @Nullable Integer runs;

  @Option(
      names = "--baseline-from",
      paramLabel = "TIME",
      description = "Compare with earlier runs from this time on, at most 60.")
  @Nullable String baselineFrom;

  @Option(
      names = "--baseline-to",
      paramLabel = "TIME",
      description = "Compare with earlier runs before this time.")
  @Nullable String baselineTo;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description =
          "Compare with what this strategy chooses: previous, pinned, window, seasonal or auto.")
  @Nullable String strategy;

  @Option(
      names = "--policy-version",
      paramLabel = "N",
      description = "Judge by the policies of this version, 0: the built-in ones; default: now's.")
  @Nullable Long policyVersion;

  @Option(
      names = "--fail-on-drift",
      paramLabel = "SEVERITY",
      description =
          "End with exit code 3 on drift of at least this severity (low, medium or high), with 4"
              + " when there was nothing to compare with.")
  @Nullable Severity failOnDrift;

  /**
   * Asks for a comparison, prints it and says what it amounts to.
   *
   * @param parameters which runs are compared
   * @return the exit code
   */
  int report(ServerOptions server, Parameters parameters, OutputOptions output) {
    parameters
        .with("runs", runs)
        .with("baselineFrom", TimeOptions.instant("--baseline-from", baselineFrom))
        .with("baselineTo", TimeOptions.instant("--baseline-to", baselineTo))
        .with("strategy", strategy)
        .with("policyVersion", policyVersion);
    ComparisonReport report = new ComparisonReport(server.rest().get("/compare", parameters));
    report.print(output);
    return report.exitCode(failOnDrift).code();
  }
}
