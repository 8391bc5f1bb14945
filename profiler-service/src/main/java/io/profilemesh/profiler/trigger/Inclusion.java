package io.profilemesh.profiler.trigger;

import io.profilemesh.configuration.SourceName;
import io.profilemesh.configuration.TablePattern;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.profiler.dialect.TableRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables that any of many patterns names: full names are looked up, the others are tried. */
final class Inclusion {

  private final Map<Name, TablePattern> names = new HashMap<>();
  private final List<TablePattern> patterns = new ArrayList<>();

  Inclusion(List<TablePattern> include) {
    for (TablePattern pattern : include) {
      if (pattern instanceof TablePattern.Exact exact && exact.schema() != null) {
        names.put(new Name(exact.schema(), exact.table()), pattern);
      } else {
        patterns.add(pattern);
      }
    }
  }

  boolean matches(String schema, String table) {
    return names.containsKey(new Name(schema, table)) || isPatterned(schema, table);
  }

  /** Whether something else than its full name names the table. */
  boolean isPatterned(String schema, String table) {
    return patterns.stream().anyMatch(each -> each.matches(schema, table));
  }

  /** Tables asked for by their full names that are none of these. */
  List<DatasetId> missing(SourceName source, List<TableRef> tables) {
    Set<Name> absent = new HashSet<>(names.keySet());
    tables.forEach(table -> absent.remove(new Name(table.schema(), table.table())));
    return absent.stream()
        .map(name -> DatasetId.of(source.value(), name.schema(), name.table()))
        .sorted()
        .toList();
  }

  private record Name(String schema, String table) {}
}
