package io.profilemesh.sink.rows;

import io.profilemesh.schema.RunVerdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Verdicts: one row each, and the newest in the state of its table. */
public final class VerdictRows implements RowWriter<RunVerdict> {

  private static final String INSERT =
      """
      INSERT INTO profilemesh_verdicts (run_id, dataset_name, source, schema_name, table_name,
        slice, environment, request_id, requester, owner, tags, profiled_at, outcome, strategy,
        baseline_run_ids, policy_version, low_findings, medium_findings, high_findings,
        finding_ids, event_ids, open_incidents, not_evaluated, judgements)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)
      ON CONFLICT (run_id, dataset_name) DO NOTHING
      """;

  @Override
  public int write(Connection connection, List<RecordRow<RunVerdict>> records) throws SQLException {
    Map<RunKey, RunVerdict> verdicts = new TreeMap<>();
    Map<String, RunVerdict> newest = new TreeMap<>();
    for (RecordRow<RunVerdict> row : records) {
      RunVerdict verdict = row.record();
      verdicts.putIfAbsent(new RunKey(verdict.getRunId(), verdict.getDatasetId()), verdict);
    }
    verdicts
        .values()
        .forEach(one -> newest.merge(one.getDatasetId(), one, TableStates::newerVerdict));
    Rows.write(connection, INSERT, verdicts.values(), VerdictRows::bind);
    TableStates.verdicts(connection, newest.values());
    return verdicts.size() + newest.size();
  }

  private static void bind(Row row, RunVerdict verdict) throws SQLException {
    row.run(verdict.getRunId())
        .text(verdict.getDatasetId())
        .text(verdict.getSource())
        .text(verdict.getSchemaName())
        .text(verdict.getTableName())
        .text(verdict.getSliceName())
        .text(verdict.getEnvironment())
        .text(verdict.getRequestId())
        .text(verdict.getRequester())
        .text(verdict.getOwner())
        .texts(verdict.getTags())
        .instant(verdict.getProfiledAt())
        .word(verdict.getOutcome())
        .word(verdict.getStrategy())
        .texts(verdict.getBaselineRunIds())
        .number((Long) verdict.getPolicyVersion())
        .number((Integer) verdict.getLowFindings())
        .number((Integer) verdict.getMediumFindings())
        .number((Integer) verdict.getHighFindings())
        .texts(verdict.getFindingIds())
        .texts(verdict.getEventIds())
        .number((Integer) verdict.getOpenIncidents())
        .json(Json.notEvaluated(verdict.getNotEvaluated()))
        .json(Json.judgements(verdict.getJudgements()));
  }
}
