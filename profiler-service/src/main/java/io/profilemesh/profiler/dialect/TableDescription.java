package io.profilemesh.profiler.dialect;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A table as the catalogue describes it.
 *
 * @param columns all columns in order
 * @param estimatedRows rows the source expects, null when it does not know
 * @param comment the source's comment, or null
 */
public record TableDescription(
    TableRef table,
    List<SourceColumn> columns,
    @Nullable Long estimatedRows,
    @Nullable String comment) {

  public TableDescription {
    columns = List.copyOf(columns);
  }

  /** The columns as published, in order. */
  public List<ColumnDefinition> definitions() {
    return columns.stream().map(SourceColumn::definition).toList();
  }

  /** The column of that name, or empty. */
  public Optional<SourceColumn> column(ColumnName name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** Rows the source expects, empty when it does not know. */
  public OptionalLong rowEstimate() {
    return estimatedRows == null ? OptionalLong.empty() : OptionalLong.of(estimatedRows);
  }
}
