package io.profilemesh.query.compare;

import io.profilemesh.core.drift.Evaluation;
import io.profilemesh.query.history.StoredRun;
import io.profilemesh.query.history.VerdictView;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.RunVerdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run was judged on demand.
 *
 * @param baseline runs it was compared with, the newest first; empty: none
 * @param evaluation what was found, without what people judged to be none
 * @param verdict the verdict; it names no events and no incidents, for nobody is told
 * @param changes an event for each finding, in their order
 * @param distances between its distributions and those of the newest run of the baseline
 * @param judged the drift service's verdict; null: there is none yet
 * @param asJudged whether baseline and policies are those of that verdict
 * @param shortened whether the table is too wide for as many runs as the drift service remembers
 */
public record Comparison(
    StoredRun current,
    List<StoredRun> baseline,
    Evaluation evaluation,
    RunVerdict verdict,
    List<DriftEvent> changes,
    List<DistributionDistance> distances,
    @Nullable VerdictView judged,
    boolean asJudged,
    boolean shortened) {

  public Comparison {
    baseline = List.copyOf(baseline);
    changes = List.copyOf(changes);
    distances = List.copyOf(distances);
  }
}
