package io.profilemesh.core.profile;

import org.jspecify.annotations.Nullable;

/**
 * A column as its source declares it.
 *
 * @param ordinal position, from 1
 * @param dataType the type as the source names it
 * @param type class of the type
 * @param nullable whether nulls are allowed; null when unknown
 * @param description the source's comment, or null
 */
public record ColumnDefinition(
    ColumnName name,
    int ordinal,
    String dataType,
    ColumnType type,
    @Nullable Boolean nullable,
    @Nullable String description) {

  public ColumnDefinition {
    if (ordinal < 1) {
      throw new IllegalArgumentException("a column's ordinal starts at 1");
    }
  }
}
