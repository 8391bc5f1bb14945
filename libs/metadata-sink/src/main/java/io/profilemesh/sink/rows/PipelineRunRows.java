package io.profilemesh.sink.rows;

import io.profilemesh.schema.RunEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Requests with several runs, or of a pipeline: one row each, from the events that answer them. */
final class PipelineRunRows {

  private static final String UPSERT =
      """
      INSERT INTO profilemesh_pipeline_runs AS p (request_id, environment, pipeline, source, trigger,
        requester, reason, datasets, dry_run, requested_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (request_id) DO UPDATE SET
        requested_at = LEAST(p.requested_at, excluded.requested_at)
      """;

  private PipelineRunRows() {}

  /** Writes the rows of the events; gives their number. */
  static int write(Connection connection, List<RecordRow<RunEvent>> records) throws SQLException {
    Map<String, RunEvent> requests = new TreeMap<>();
    for (RecordRow<RunEvent> row : records) {
      RunEvent event = row.record();
      Integer datasets = event.getDatasets();
      if (datasets != null && (datasets > 1 || event.getPipeline() != null)) {
        requests.merge(
            event.getRequestId(),
            event,
            (one, other) -> other.getOccurredAt().isBefore(one.getOccurredAt()) ? other : one);
      }
    }
    Rows.write(
        connection,
        UPSERT,
        requests.values(),
        (row, event) ->
            row.text(event.getRequestId())
                .text(event.getEnvironment())
                .text(event.getPipeline())
                .text(event.getSource())
                .word(event.getTrigger())
                .text(event.getRequester())
                .text(event.getReason())
                .number(event.getDatasets())
                .flag(RunEventRows.isDryRun(event))
                .instant(event.getOccurredAt()));
    return requests.size();
  }
}
