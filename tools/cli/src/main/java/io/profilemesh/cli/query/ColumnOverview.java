package io.profilemesh.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Formats;
import java.util.List;

/** One line per column of a run: what a person looks at first. */
public final class ColumnOverview {

  /** The columns of the overview. */
  public static final List<Column> COLUMNS =
      List.of(
          Column.text("column", "COLUMN"),
          Column.text("dataType", "TYPE"),
          Column.text("semanticType", "LOOKS LIKE").shown(ColumnOverview::semantic),
          metric("NULL %", "null_percent"),
          metric("DISTINCT", "distinct_count"),
          metric("MIN", "min", "earliest", "min_length"),
          metric("MEAN", "mean", "average_length"),
          metric("MAX", "max", "latest", "max_length"));

  private ColumnOverview() {}

  /** The first of some metrics that the column has. */
  private static Column metric(String heading, String... metrics) {
    return Column.number(metrics[0], heading)
        .from(column -> column)
        .shown(column -> shown(column, metrics));
  }

  private static String shown(JsonNode column, String[] metrics) {
    for (String metric : metrics) {
      JsonNode found = MetricRows.find(column, metric);
      if (!found.isMissingNode()) {
        String text = MetricRows.shown(found);
        return metric.endsWith("_length") && !text.isEmpty() ? text + " chars" : text;
      }
    }
    return "";
  }

  private static String semantic(JsonNode type) {
    String text = Formats.text(type);
    return text.equals("none") || text.equals("unknown") ? "" : text;
  }
}
