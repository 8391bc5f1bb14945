package io.profilemesh.sink.rows;

import io.profilemesh.schema.ColumnDefinition;
import io.profilemesh.schema.ColumnProfile;
import io.profilemesh.schema.MetricValue;
import io.profilemesh.schema.TableProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A profile with all of its parts.
 *
 * @param parts every part, by index
 */
record CompleteProfile(List<TableProfile> parts) {

  CompleteProfile {
    parts = parts.stream().sorted(Comparator.comparingInt(TableProfile::getPartIndex)).toList();
  }

  /** The part that carries what concerns the table. */
  TableProfile head() {
    return parts.get(0);
  }

  RunKey key() {
    return new RunKey(head().getRunId(), head().getDatasetId());
  }

  int columnCount() {
    return head().getColumns().isEmpty() ? profiled().size() : head().getColumns().size();
  }

  /** A metric of the table; null where it was not measured. */
  @Nullable Double tableMetric(String name) {
    for (MetricValue metric : head().getTableMetrics()) {
      if (metric.getName().equals(name)) {
        return metric.getNumber();
      }
    }
    return null;
  }

  /** One entry for the table, then one for each of its columns, profiled or not, by name. */
  List<Measured> measured() {
    Map<String, ColumnProfile> profiled = profiled();
    List<Measured> measured = new ArrayList<>(profiled.size() + 1);
    measured.add(new Measured(null, null, head().getTableMetrics()));
    for (ColumnDefinition column : head().getColumns()) {
      ColumnProfile profile = profiled.remove(column.getName());
      measured.add(
          new Measured(column, profile, profile == null ? List.of() : profile.getMetrics()));
    }
    profiled
        .values()
        .forEach(
            profile ->
                measured.add(new Measured(profile.getColumn(), profile, profile.getMetrics())));
    return measured;
  }

  private Map<String, ColumnProfile> profiled() {
    Map<String, ColumnProfile> profiled = new LinkedHashMap<>();
    for (TableProfile part : parts) {
      for (ColumnProfile column : part.getColumnProfiles()) {
        profiled.putIfAbsent(column.getColumn().getName(), column);
      }
    }
    return profiled;
  }

  /**
   * What was measured on the table or one of its columns.
   *
   * @param column the column; null: the table
   * @param profile its profile; null: it was not profiled
   * @param metrics its metrics
   */
  record Measured(
      @Nullable ColumnDefinition column,
      @Nullable ColumnProfile profile,
      List<MetricValue> metrics) {}
}
