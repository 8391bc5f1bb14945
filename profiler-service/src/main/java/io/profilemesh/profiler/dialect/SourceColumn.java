package io.profilemesh.profiler.dialect;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;

/**
 * A column and how its values travel.
 *
 * @param definition the column as published
 * @param encoding the dialect's name of the wire form its values are read in
 */
public record SourceColumn(ColumnDefinition definition, Encoding encoding) {

  /** Form in which a dialect delivers the values of a column; each dialect has its own. */
  public interface Encoding {
    /** Name for messages and tests. */
    String name();
  }

  public ColumnName name() {
    return definition.name();
  }
}
