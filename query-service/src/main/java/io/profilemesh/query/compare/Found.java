package io.profilemesh.query.compare;

import io.profilemesh.core.drift.Finding;
import io.profilemesh.judgement.mapping.VerdictMapping;
import io.profilemesh.query.history.Sight;
import io.profilemesh.query.history.StoredRun;
import io.profilemesh.query.history.Verdicts;
import io.profilemesh.schema.TableProfile;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What the drift service found in runs of one dataset.
 *
 * @param verdicts findings by run; runs that are not judged are missing
 */
record Found(Map<UUID, Verdicts.Findings> verdicts) {

  static Found of(Sight sight, List<StoredRun> runs) throws SQLException {
    return runs.isEmpty()
        ? new Found(Map.of())
        : new Found(
            Verdicts.findings(runs.stream().map(StoredRun::runId).toList(), runs.get(0).datasetId())
                .ask(sight));
  }

  /** Whether the verdict of a run has a finding; of a run that is not judged, any. */
  Predicate<Finding> in(StoredRun run) {
    Verdicts.Findings findings = verdicts.get(run.runId());
    if (findings == null) {
      return finding -> true;
    }
    TableProfile head = Heads.of(run);
    return finding ->
        findings.ids().contains(VerdictMapping.eventId(head, finding, findings.policyVersion()));
  }
}
