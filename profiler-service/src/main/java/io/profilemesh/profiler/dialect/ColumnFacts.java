package io.profilemesh.profiler.dialect;

import io.profilemesh.core.profile.ColumnName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a source declares of a column beyond its definition.
 *
 * @param defaultValue SQL of its default, literals and all, or null
 * @param primaryKey whether it belongs to the primary key
 * @param indexed whether it is a key column of an index
 * @param constraints unique, check and foreign key constraints that it belongs to
 */
public record ColumnFacts(
    ColumnName name,
    @Nullable String defaultValue,
    boolean primaryKey,
    boolean indexed,
    List<Constraint> constraints) {

  public ColumnFacts {
    constraints = List.copyOf(constraints);
  }

  /**
   * A constraint.
   *
   * @param sql as the source writes it, literals and all
   * @param valuesOf columns of which it may hold values; empty: it holds none
   */
  public record Constraint(String sql, Set<ColumnName> valuesOf) {
    public Constraint {
      valuesOf = Set.copyOf(valuesOf);
    }
  }
}
