package io.profilemesh.profiler.source;

import io.profilemesh.configuration.Wildcards;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.profiler.dialect.SourceColumn;
import io.profilemesh.profiler.dialect.TableDescription;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which columns of a table are profiled.
 *
 * @param include patterns; empty: all
 * @param exclude patterns that win over {@code include}
 */
public record ColumnSelection(List<String> include, List<String> exclude) {

  public ColumnSelection {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** The selected columns in the order of the table. */
  public Set<ColumnName> of(TableDescription table) {
    Set<ColumnName> selected = new LinkedHashSet<>();
    for (SourceColumn column : table.columns()) {
      String name = column.name().value();
      if ((include.isEmpty() || matchesAny(include, name)) && !matchesAny(exclude, name)) {
        selected.add(column.name());
      }
    }
    return selected;
  }

  /** The first name asked for, wildcards aside, that the table does not have. */
  public Optional<String> unknownIn(TableDescription table) {
    return include.stream()
        .filter(pattern -> !Wildcards.hasWildcard(pattern))
        .filter(name -> table.column(new ColumnName(name)).isEmpty())
        .findFirst();
  }

  private static boolean matchesAny(List<String> patterns, String name) {
    return patterns.stream().anyMatch(p -> p.equals(name) || Wildcards.matches(p, name));
  }
}
