package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.MetricGroup;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What people said, or did not say yet, of earlier changes.
 *
 * @param schema changes of the schema up to the baseline that nobody has accepted, by column
 * @param levels changes of numbers that were expected
 */
public record KnownChanges(Map<ColumnName, FormerColumn.Standing> schema, List<NewLevel> levels) {

  /** None. */
  public static final KnownChanges NONE = new KnownChanges(Map.of(), List.of());

  /**
   * An expected change.
   *
   * @param column null: the table
   * @param since the first run with the new level
   */
  public record NewLevel(@Nullable ColumnName column, MetricGroup group, Instant since) {}

  public KnownChanges {
    schema = Map.copyOf(schema);
    levels = List.copyOf(levels);
  }

  /** Expected changes of any of some groups, in the order of time. */
  List<Instant> levels(@Nullable ColumnName column, MetricGroup... groups) {
    if (levels.isEmpty()) {
      return List.of();
    }
    return levels.stream()
        .filter(level -> Objects.equals(level.column(), column))
        .filter(level -> Arrays.asList(groups).contains(level.group()))
        .map(NewLevel::since)
        .distinct()
        .sorted()
        .toList();
  }
}
