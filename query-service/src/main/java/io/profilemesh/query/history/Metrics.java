package io.profilemesh.query.history;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the arrays of a stored column apart into metrics. */
final class Metrics {

  /** The arrays, as SQL; the table is called c. */
  static final String COLUMNS =
      "c.metric_names, c.metric_values, c.metric_texts, c.metric_qualities, c.metric_lowers,"
          + " c.metric_uppers";

  private Metrics() {}

  /** The metrics of the current row, or only that of one name. */
  static List<MetricReading> read(Fields row, @Nullable String only) throws SQLException {
    List<String> names = row.texts("metric_names");
    List<@Nullable Double> values = row.realsOrNull("metric_values");
    List<@Nullable String> texts = row.textsOrNull("metric_texts");
    List<@Nullable String> qualities = row.textsOrNull("metric_qualities");
    List<@Nullable Double> lowers = row.realsOrNull("metric_lowers");
    List<@Nullable Double> uppers = row.realsOrNull("metric_uppers");
    List<MetricReading> metrics = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      if (only == null || only.equals(names.get(i))) {
        String quality = at(qualities, i);
        metrics.add(
            new MetricReading(
                names.get(i),
                at(values, i),
                at(texts, i),
                quality == null ? "exact" : quality,
                at(lowers, i),
                at(uppers, i)));
      }
    }
    return metrics;
  }

  private static <T> @Nullable T at(@Nullable List<@Nullable T> values, int index) {
    return values == null ? null : values.get(index);
  }
}
