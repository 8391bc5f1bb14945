package io.profilemesh.sink.rows;

import io.profilemesh.schema.ColumnDefinition;
import io.profilemesh.schema.ColumnProfile;
import io.profilemesh.schema.MetricValue;
import io.profilemesh.schema.Quality;
import io.profilemesh.schema.SemanticType;
import io.profilemesh.sink.rows.CompleteProfile.Measured;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Adds what was measured: a row per column with its metrics in arrays. */
final class ColumnInsert {

  private static final String INSERT =
      """
      INSERT INTO profilemesh_column_profiles (run_id, dataset_name, column_name, profiled_at,
        ordinal, data_type, column_type, nullable, description, semantic_type,
        semantic_confidence, value_policy, metric_names, metric_values, metric_texts,
        metric_qualities, metric_lowers, metric_uppers, histogram, quantiles, frequent_values)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb)
      """;

  private ColumnInsert() {}

  /** Adds the rows of complete profiles whose runs have none yet; gives their number. */
  static int write(Connection connection, Iterable<CompleteProfile> profiles) throws SQLException {
    List<Line> lines = new ArrayList<>();
    for (CompleteProfile profile : profiles) {
      for (Measured measured : profile.measured()) {
        lines.add(new Line(profile, measured));
      }
    }
    Rows.write(connection, INSERT, lines, ColumnInsert::bind);
    return lines.size();
  }

  private static void bind(Row row, Line line) throws SQLException {
    ColumnDefinition column = line.measured.column();
    ColumnProfile profile = line.measured.profile();
    SemanticType meaning = profile == null ? null : profile.getSemanticType();
    List<MetricValue> metrics = line.measured.metrics();
    row.run(line.profile.head().getRunId())
        .text(line.profile.head().getDatasetId())
        .text(column == null ? "" : column.getName())
        .instant(line.profile.head().getScanStartedAt())
        .number((Integer) (column == null ? 0 : column.getOrdinal()))
        .text(column == null ? null : column.getDataType())
        .word(column == null ? null : column.getColumnType())
        .flag(column == null ? null : column.getNullable())
        .text(column == null ? null : column.getDescription())
        .text(meaning == null ? null : meaning.getName())
        .number(meaning == null ? null : (Double) meaning.getConfidence())
        .word(profile == null ? null : profile.getValuePolicy())
        .texts(metrics.stream().map(MetricValue::getName).toList())
        .numbers(numbers(metrics, MetricValue::getNumber))
        .texts(texts(metrics))
        .texts(qualities(metrics))
        .numbers(unlessAbsent(metrics, MetricValue::getLower))
        .numbers(unlessAbsent(metrics, MetricValue::getUpper))
        .json(profile == null ? null : Json.histogram(profile.getHistogram()))
        .json(profile == null ? null : Json.quantiles(profile.getQuantiles()))
        .json(profile == null ? null : Json.frequentValues(profile.getFrequentValues()));
  }

  private static @Nullable Double[] numbers(
      List<MetricValue> metrics, Function<MetricValue, @Nullable Double> value) {
    @Nullable Double[] numbers = new @Nullable Double[metrics.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = value.apply(metrics.get(i));
    }
    return numbers;
  }

  /** An array that would hold nothing but nulls is left out. */
  private static @Nullable Double @Nullable [] unlessAbsent(
      List<MetricValue> metrics, Function<MetricValue, @Nullable Double> value) {
    return metrics.stream().allMatch(metric -> value.apply(metric) == null)
        ? null
        : numbers(metrics, value);
  }

  private static @Nullable List<@Nullable String> texts(List<MetricValue> metrics) {
    if (metrics.stream().allMatch(metric -> metric.getText() == null)) {
      return null;
    }
    List<@Nullable String> texts = new ArrayList<>(metrics.size());
    metrics.forEach(metric -> texts.add(metric.getText()));
    return texts;
  }

  private static @Nullable List<String> qualities(List<MetricValue> metrics) {
    return metrics.stream().allMatch(metric -> metric.getQuality() == Quality.EXACT)
        ? null
        : metrics.stream().map(metric -> Words.of(metric.getQuality())).toList();
  }

  private record Line(CompleteProfile profile, Measured measured) {}
}
