package io.profilemesh.query.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.FrequentValues.FrequentValue;
import io.profilemesh.core.profile.Histogram;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.profile.TableProfile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns stored runs back into profiles of the core: what the drift service reads from the record
 * comes back the same, to the last digit.
 */
public final class StoredProfiles {

  private static final String COLUMNS =
      "SELECT c.run_id, c.column_name, c.ordinal, c.data_type, c.column_type, c.nullable,"
          + " c.value_policy, c.histogram, c.quantiles, c.frequent_values, "
          + Metrics.COLUMNS
          + " FROM profilemesh_column_profiles c WHERE c.run_id = ANY (?) AND c.dataset_name = ?"
          + " AND c.profiled_at BETWEEN ? AND ?"
          + " ORDER BY c.run_id, c.ordinal, c.column_name";

  private StoredProfiles() {}

  /** Profiles of runs of one dataset, in the order of the runs. */
  public static List<TableProfile> read(Connection connection, List<StoredRun> runs)
      throws SQLException {
    if (runs.isEmpty()) {
      return List.of();
    }
    Map<UUID, Parts> parts = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      bind(connection, statement, runs);
      try (ResultSet rows = statement.executeQuery()) {
        Fields row = new Fields(rows);
        while (row.next()) {
          UUID run = UUID.fromString(row.text("run_id"));
          parts.computeIfAbsent(run, id -> new Parts()).add(row);
        }
      }
    }
    return runs.stream()
        .map(run -> parts.getOrDefault(run.runId(), new Parts()).profile(run))
        .toList();
  }

  private static void bind(Connection connection, PreparedStatement statement, List<StoredRun> runs)
      throws SQLException {
    Object[] ids = runs.stream().map(StoredRun::runId).toArray();
    statement.setArray(1, connection.createArrayOf("uuid", ids));
    statement.setString(2, runs.get(0).datasetId());
    List<Instant> instants = runs.stream().map(StoredRun::profiledAt).sorted().toList();
    Where.bind(statement, 3, instants.get(0));
    Where.bind(statement, 4, instants.get(instants.size() - 1));
  }

  /** The rows of one run. */
  private static final class Parts {
    private Map<Metric, MetricValue> metrics = Map.of();
    private final List<ColumnDefinition> definitions = new ArrayList<>();
    private final List<ColumnProfile> profiles = new ArrayList<>();

    void add(Fields row) throws SQLException {
      String name = row.text("column_name");
      if (name.isEmpty()) {
        metrics = metrics(row);
        return;
      }
      ColumnDefinition definition =
          new ColumnDefinition(
              new ColumnName(name),
              row.number("ordinal"),
              row.text("data_type"),
              type(row.text("column_type")),
              row.flagOrNull("nullable"),
              null);
      definitions.add(definition);
      if (row.textOrNull("value_policy") != null) {
        profiles.add(
            new ColumnProfile(
                definition,
                metrics(row),
                null,
                definition.type().isTemporal() ? histogram(row.jsonOrNull("histogram")) : null,
                quantiles(row.jsonOrNull("quantiles")),
                frequentValues(row.jsonOrNull("frequent_values")),
                List.of(),
                false));
      }
    }

    TableProfile profile(StoredRun run) {
      return new TableProfile(
          run.run(),
          run.dataset(),
          run.at(),
          run.rowCount(),
          quality(run.rowCountQuality()),
          definitions,
          metrics,
          profiles);
    }
  }

  private static Map<Metric, MetricValue> metrics(Fields row) throws SQLException {
    Map<Metric, MetricValue> metrics = new EnumMap<>(Metric.class);
    for (MetricReading one : Metrics.read(row, null)) {
      Double value = one.value();
      if (value != null) {
        Metric.ofWireName(one.metric())
            .ifPresent(
                metric ->
                    metrics.put(
                        metric,
                        new MetricValue(
                            value, null, quality(one.quality()), one.lower(), one.upper())));
      }
    }
    return metrics;
  }

  private static @Nullable Histogram histogram(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    List<Long> counts = new ArrayList<>();
    node.path("counts").forEach(count -> counts.add(count.asLong()));
    return new Histogram(
        numbers(node.path("edges")), counts, quality(node.path("quality").asText()));
  }

  private static @Nullable Quantiles quantiles(@Nullable JsonNode node) {
    return node == null
        ? null
        : new Quantiles(
            numbers(node.path("ranks")),
            numbers(node.path("values")),
            node.path("rankError").asDouble());
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>(array.size());
    array.forEach(number -> numbers.add(number.asDouble()));
    return numbers;
  }

  private static @Nullable FrequentValues frequentValues(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    List<FrequentValue> values = new ArrayList<>();
    for (JsonNode value : node.path("values")) {
      values.add(
          new FrequentValue(
              text(value.path("value")),
              text(value.path("hash")),
              value.path("count").asLong(),
              value.path("countError").asLong()));
    }
    return new FrequentValues(
        values, node.path("total").asLong(), quality(node.path("quality").asText()));
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }

  private static ColumnType type(String word) {
    return word.equals("unknown") || word.isEmpty()
        ? ColumnType.OTHER
        : ColumnType.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static Quality quality(String word) {
    return word.equals("unknown") || word.isEmpty()
        ? Quality.ESTIMATE
        : Quality.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
