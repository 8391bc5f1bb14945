package io.profilemesh.query.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.core.drift.DriftKind;
import io.profilemesh.core.drift.Finding;
import io.profilemesh.core.drift.Severity;
import io.profilemesh.query.history.DriftEventView;
import io.profilemesh.query.history.StoredRun;
import io.profilemesh.query.history.VerdictView;
import io.profilemesh.sink.rows.Judged;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A comparison as it is answered. */
@Schema(
    name = "Comparison",
    description = "A run compared with others: what changed, judged as the drift service judges.")
public record ComparisonView(
    String datasetId,
    String source,
    String schema,
    String table,
    @Nullable String slice,
    String environment,
    Point current,
    @Schema(description = "The newest of the runs compared with; null: there is none.")
        @Nullable Point baseline,
    @Schema(description = "Runs compared with, the newest first.") List<String> baselineRunIds,
    @Schema(description = "Place in time of the oldest of them.") @Nullable Instant baselineFrom,
    String strategy,
    long policyVersion,
    @Schema(enumeration = {"no_drift", "drift", "not_evaluated"}) String outcome,
    Totals totals,
    List<DriftEventView> changes,
    @Schema(
            description =
                "Distances between distributions of numbers, from the kept sketches of the run and"
                    + " of the newest one compared with; they decide nothing.")
        List<DistributionDistance> distributions,
    @Schema(type = SchemaType.ARRAY, implementation = Object.class) JsonNode notEvaluated,
    @Schema(type = SchemaType.ARRAY, implementation = Object.class) JsonNode judgements,
    @Schema(description = "What the drift service said of the run; null: nothing yet.")
        @Nullable Said verdict,
    @Schema(
            description =
                "Whether the table is too wide for as many runs as the drift service remembers.")
        boolean historyShortened) {

  public ComparisonView {
    baselineRunIds = List.copyOf(baselineRunIds);
    changes = List.copyOf(changes);
    distributions = List.copyOf(distributions);
  }

  /** A run and its place in time. */
  @Schema(name = "ComparedRun", description = "A run and its place in time.")
  public record Point(UUID runId, Instant at, Instant profiledAt, long rowCount) {

    static Point of(StoredRun run) {
      return new Point(run.runId(), run.at(), run.profiledAt(), run.rowCount());
    }
  }

  /** How many changes there are. */
  @Schema(name = "ComparisonTotals", description = "How many changes there are.")
  public record Totals(int all, int schema, int low, int medium, int high) {}

  /** What the drift service said of the run. */
  @Schema(name = "VerdictCompared", description = "What the drift service said of the run.")
  public record Said(
      String outcome,
      String strategy,
      long policyVersion,
      List<String> findingIds,
      @Schema(
              description =
                  "Whether this comparison has the same baseline and policies: then it has the same"
                      + " findings.")
          boolean comparable) {

    public Said {
      findingIds = List.copyOf(findingIds);
    }
  }

  /** The answer to a comparison. */
  public static ComparisonView of(Comparison comparison) {
    StoredRun run = comparison.current();
    List<StoredRun> baseline = comparison.baseline();
    VerdictView judged = comparison.judged();
    List<Finding> findings = comparison.evaluation().findings();
    return new ComparisonView(
        run.datasetId(),
        run.dataset().source(),
        run.dataset().schema(),
        run.dataset().table(),
        run.dataset().slice(),
        run.environment(),
        Point.of(run),
        baseline.isEmpty() ? null : Point.of(baseline.get(0)),
        comparison.verdict().getBaselineRunIds(),
        baseline.isEmpty() ? null : baseline.get(baseline.size() - 1).at(),
        comparison.verdict().getStrategy().name().toLowerCase(Locale.ROOT),
        comparison.verdict().getPolicyVersion(),
        comparison.verdict().getOutcome().name().toLowerCase(Locale.ROOT),
        new Totals(
            findings.size(),
            (int) findings.stream().filter(one -> one.kind() == DriftKind.SCHEMA).count(),
            comparison.evaluation().count(Severity.LOW),
            comparison.evaluation().count(Severity.MEDIUM),
            comparison.evaluation().count(Severity.HIGH)),
        comparison.changes().stream().map(Changes::view).toList(),
        comparison.distances(),
        Judged.notEvaluated(comparison.verdict()),
        WidenedRanges.in(
            Judged.judgements(comparison.verdict()),
            judged != null && comparison.asJudged() ? judged.judgements() : null),
        judged == null
            ? null
            : new Said(
                judged.outcome(),
                judged.strategy(),
                judged.policyVersion(),
                judged.findingIds(),
                comparison.asJudged()),
        comparison.shortened());
  }
}
