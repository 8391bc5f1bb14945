package io.profilemesh.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Column.Where;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.core.profile.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The metrics of a run as rows. */
public final class MetricRows {

  /** The value of a metric as people read it. */
  static final Column SHOWN =
      Column.number("value", "VALUE")
          .from(metric -> metric)
          .shown(MetricRows::shown)
          .only(Where.TABLE_ONLY);

  /** One row per column and metric; an empty column is the table itself. */
  public static final List<Column> COLUMNS =
      List.of(
          Column.text("column", "COLUMN"),
          Column.text("dataType", "TYPE").only(Where.CSV_ONLY),
          Column.text("metric", "METRIC"),
          SHOWN,
          Column.number("value", "VALUE").only(Where.CSV_ONLY),
          Column.text("text", "TEXT").only(Where.CSV_ONLY),
          Column.text("quality", "QUALITY"),
          Column.number("lower", "LOWER").only(Where.CSV_ONLY),
          Column.number("upper", "UPPER").only(Where.CSV_ONLY));

  private MetricRows() {}

  /** The metrics of a run, table first, each with its column. */
  public static List<ObjectNode> of(JsonNode details) {
    List<ObjectNode> rows = new ArrayList<>();
    details.path("metrics").forEach(metric -> rows.add(metric.deepCopy()));
    for (JsonNode column : details.path("columns")) {
      for (JsonNode metric : column.path("metrics")) {
        ObjectNode row = metric.deepCopy();
        row.set("column", column.path("column"));
        row.set("dataType", column.path("dataType"));
        rows.add(row);
      }
    }
    return rows;
  }

  /** The value of one metric of a column; a missing node where it has none. */
  static JsonNode find(JsonNode column, String metric) {
    for (JsonNode each : column.path("metrics")) {
      if (each.path("metric").asText().equals(metric)) {
        return each;
      }
    }
    return MissingNode.getInstance();
  }

  /** A metric for people: instants as time, text where there is no number. */
  static String shown(JsonNode metric) {
    JsonNode value = metric.path("value");
    if (!value.isNumber()) {
      return Formats.text(metric.path("text"));
    }
    boolean instant =
        Metric.ofWireName(metric.path("metric").asText())
            .filter(known -> known.unit() == Metric.Unit.INSTANT)
            .isPresent();
    return instant ? Formats.instant(Instant.ofEpochMilli(value.asLong())) : Formats.number(value);
  }
}
