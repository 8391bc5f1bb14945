package io.profilemesh.query.api;

import io.profilemesh.core.drift.DriftPolicy;
import io.profilemesh.query.compare.Basis;
import io.profilemesh.schema.BaselineStrategy;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which run is compared with what. */
public class CompareParameters {

  @QueryParam("current")
  @Parameter(description = "Run to judge; without it, the newest of the dataset.")
  @Nullable String current;

  @QueryParam("baseline")
  @Parameter(description = "Run to compare with.")
  @Nullable String baseline;

  @QueryParam("runs")
  @Parameter(description = "Compare with so many runs before it, 2 to 60.")
  @Nullable String runs;

  @QueryParam("baselineFrom")
  @Parameter(
      description = "Compare with earlier runs from this time on, ISO 8601 with zone; at most 60.")
  @Nullable String baselineFrom;

  @QueryParam("baselineTo")
  @Parameter(description = "And before this time; without it, all up to the run.")
  @Nullable String baselineTo;

  @QueryParam("strategy")
  @Parameter(
      description = "Compare with what this strategy chooses.",
      schema = @Schema(enumeration = {"previous", "pinned", "window", "seasonal", "auto"}))
  @Nullable String strategy;

  @QueryParam("policyVersion")
  @Parameter(
      description = "Judge by the policies of this version, 0: the built-in ones; without it, now.")
  @Nullable String policyVersion;

  @QueryParam("dataset")
  @Parameter(description = "Dataset id, where the run covers several or none is named.")
  @Nullable String dataset;

  @QueryParam("table")
  @Parameter(description = "The same by the name of the table alone.")
  @Nullable String table;

  /** What to compare with, but for a run, which is looked up by its id. */
  Basis basis() {
    long given =
        Arrays.asList(baseline, runs, baselineFrom != null ? baselineFrom : baselineTo, strategy)
            .stream()
            .filter(Objects::nonNull)
            .count();
    if (given > 1) {
      throw ProblemException.invalid(
          "baseline",
          "Say in one way what to compare with: baseline, runs, baselineFrom with baselineTo, or"
              + " strategy.");
    }
    if (runs != null) {
      return new Basis.LastRuns(Values.number("runs", runs, 0, 2, DriftPolicy.MOST_RUNS));
    }
    if (baselineFrom != null || baselineTo != null) {
      return period();
    }
    String word =
        Values.word(
            "strategy", strategy, List.of("previous", "pinned", "window", "seasonal", "auto"));
    return word == null
        ? new Basis.AsJudged()
        : new Basis.Strategy(BaselineStrategy.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  private Basis period() {
    Instant from = Values.instant("baselineFrom", baselineFrom);
    Instant to = Values.instant("baselineTo", baselineTo);
    if (from != null && to != null && !from.isBefore(to)) {
      throw ProblemException.invalid("baselineTo", "baselineTo is after baselineFrom.");
    }
    // The widest that the database can speak of.
    return new Basis.Period(
        from == null ? Instant.EPOCH : from,
        to == null ? Instant.parse("9999-01-01T00:00:00Z") : to);
  }

  @Nullable Long version() {
    if (policyVersion == null) {
      return null;
    }
    try {
      long version = Long.parseLong(policyVersion);
      if (version >= 0) {
        return version;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw ProblemException.invalid("policyVersion", "policyVersion is a whole number from 0 on.");
  }
}
