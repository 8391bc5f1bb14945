package io.profilemesh.sink.rows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.metadata.months.Months;
import io.profilemesh.schema.PlanDecision;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Steps of runs: one event row each, merged into the row of their run and the state of its table.
 */
public final class RunEventRows implements RowWriter<RunEvent> {

  private static final String INSERT = EventInsert.sql(List.of("attempt", "error_code"));

  private final EventIdentity identity;

  public RunEventRows(EventIdentity identity) {
    this.identity = identity;
  }

  @Override
  public void prepare(Connection connection, List<RecordRow<RunEvent>> records)
      throws SQLException {
    Months.add(
        connection,
        List.of(MonthlyTable.EVENTS),
        records.stream().map(row -> row.record().getOccurredAt()).toList());
    StatementRows.prepare(connection, records);
  }

  @Override
  public int write(Connection connection, List<RecordRow<RunEvent>> records) throws SQLException {
    SortedMap<String, RecordRow<RunEvent>> events =
        NewEvents.amongSteps(
            connection, records, event -> identity.of(event.getEventId()), RunEvent::getRunId);
    Rows.write(connection, INSERT, events.entrySet(), RunEventRows::bind);
    Map<RunKey, RunProgress> runs = new TreeMap<>();
    Map<String, RunEvent> decisions = new TreeMap<>();
    for (RecordRow<RunEvent> row : records) {
      RunEvent event = row.record();
      runs.merge(
          new RunKey(event.getRunId(), event.getDatasetId()),
          RunProgress.of(event),
          RunProgress::merge);
      if (event.getPlan() != null && !isDryRun(event)) {
        decisions.merge(event.getDatasetId(), event, TableStates::newerDecision);
      }
    }
    RunUpsert.events(connection, runs);
    TableStates.decisions(connection, decisions.values());
    return events.size()
        + runs.size()
        + decisions.size()
        + PipelineRunRows.write(connection, records)
        + Catalogue.events(connection, records)
        + StatementRows.write(connection, records);
  }

  /** A plan that was only asked about is no decision. */
  static boolean isDryRun(RunEvent event) {
    return ReasonCode.DRY_RUN.name().equals(event.getCode());
  }

  private static void bind(Row row, Map.Entry<String, RecordRow<RunEvent>> from)
      throws SQLException {
    RunEvent event = from.getValue().record();
    row.text(from.getKey())
        .text("run_" + Words.of(event.getType()))
        .instant(event.getOccurredAt())
        .run(event.getRunId())
        .text(event.getDatasetId())
        .text(event.getSource())
        .text(event.getSchemaName())
        .text(event.getTableName())
        .text(event.getSliceName())
        .text(event.getEnvironment())
        .text(event.getRequestId())
        .text(event.getRequester())
        .text(event.getOwner())
        .texts(event.getTags())
        .text(event.getMessage())
        .json(metadata(event))
        .number((Integer) event.getAttempt())
        .text(event.getCode());
  }

  private static String metadata(RunEvent event) {
    ObjectNode node = Json.object();
    node.put("trigger", Words.of(event.getTrigger()));
    Json.put(node, "reason", event.getReason());
    put(node, "rowsRead", event.getRowsRead());
    put(node, "rowsEstimated", event.getRowsEstimated());
    put(node, "rowCount", event.getRowCount());
    put(node, "bytesScanned", event.getBytesScanned());
    put(node, "durationMs", event.getDurationMs());
    PlanDecision plan = event.getPlan();
    if (plan != null) {
      ObjectNode decision = node.putObject("plan");
      Json.put(decision, "decision", plan.getDecision());
      Json.put(decision, "reason", plan.getReason());
    }
    return Json.text(node);
  }

  private static void put(ObjectNode node, String name, @Nullable Long value) {
    if (value != null) {
      node.put(name, value);
    }
  }
}
