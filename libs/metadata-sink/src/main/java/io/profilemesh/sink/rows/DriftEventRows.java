package io.profilemesh.sink.rows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.metadata.months.Months;
import io.profilemesh.schema.BaselineReference;
import io.profilemesh.schema.DriftEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Drift events: one row each. */
public final class DriftEventRows implements RowWriter<DriftEvent> {

  private static final String INSERT =
      EventInsert.sql(
          List.of(
              "column_name",
              "metric_name",
              "drift_kind",
              "detector",
              "baseline_value",
              "baseline_text",
              "current_value",
              "current_text",
              "change_absolute",
              "change_percent",
              "drift_severity",
              "incident_id",
              "incident_state",
              "policy_version"));

  private final EventIdentity identity;

  public DriftEventRows(EventIdentity identity) {
    this.identity = identity;
  }

  @Override
  public void prepare(Connection connection, List<RecordRow<DriftEvent>> records)
      throws SQLException {
    Months.add(
        connection,
        List.of(MonthlyTable.EVENTS),
        news(records).stream().map(row -> row.record().getProfiledAt()).toList());
  }

  @Override
  public int write(Connection connection, List<RecordRow<DriftEvent>> records) throws SQLException {
    SortedMap<String, RecordRow<DriftEvent>> events =
        NewEvents.among(connection, news(records), event -> identity.of(event.getEventId()));
    Rows.write(connection, INSERT, events.entrySet(), DriftEventRows::bind);
    return events.size();
  }

  /** A test of alerts is no history. */
  private static List<RecordRow<DriftEvent>> news(List<RecordRow<DriftEvent>> records) {
    return records.stream().filter(row -> !row.record().getTest()).toList();
  }

  private static void bind(Row row, Map.Entry<String, RecordRow<DriftEvent>> from)
      throws SQLException {
    DriftEvent event = from.getValue().record();
    BaselineReference baseline = event.getBaseline();
    row.text(from.getKey())
        .text("drift")
        .instant(event.getProfiledAt())
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
        .text(event.getColumn())
        .text(event.getMetric())
        .word(event.getKind())
        .text(event.getDetector())
        .number(baseline == null ? null : baseline.getValue())
        .text(baseline == null ? null : baseline.getText())
        .number(event.getCurrentValue())
        .text(event.getCurrentText())
        .number(event.getChangeAbsolute())
        .number(event.getChangePercent())
        .word(event.getSeverity())
        .text(event.getIncidentId())
        .word(event.getIncidentState())
        .number((Long) event.getPolicyVersion());
  }

  static String metadata(DriftEvent event) {
    ObjectNode node = Json.object();
    Map<String, ?> parameters = new TreeMap<>(event.getDetectorParameters());
    ObjectNode detector = node.putObject("detectorParameters");
    parameters.forEach((name, value) -> put(detector, StorableText.of(name), value));
    BaselineReference baseline = event.getBaseline();
    if (baseline != null) {
      node.put("strategy", Words.of(baseline.getStrategy()));
      node.set("baselineRunIds", Json.texts(baseline.getRunIds()));
      Json.put(node, "baselineSpread", baseline.getSpread());
    }
    Json.put(node, "effectSize", event.getEffectSize());
    Json.put(node, "effectLower", event.getEffectLower());
    Json.put(node, "effectUpper", event.getEffectUpper());
    Json.put(node, "significance", event.getSignificance());
    Json.put(node, "samplingError", event.getSamplingError());
    Json.put(node, "sketchError", event.getSketchError());
    Json.put(node, "dashboardUrl", event.getDashboardUrl());
    Json.put(node, "runbookUrl", event.getRunbookUrl());
    return Json.text(node);
  }

  private static void put(ObjectNode node, String name, @Nullable Object value) {
    if (value instanceof Double number) {
      node.put(name, number);
    } else {
      Json.put(node, name, value == null ? null : value.toString());
    }
  }
}
