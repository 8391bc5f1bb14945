package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The schema that a run is compared with: that of the run before, with every change undone that
 * nobody has accepted yet.
 *
 * @param columns in their order, those that go on under another name by the name they have now
 * @param renames columns that had another name in the accepted schema
 * @param since of columns with a change that stands, the run that first showed it
 */
record AcceptedSchema(
    List<ColumnDefinition> columns, List<Rename> renames, Map<ColumnName, Instant> since) {

  AcceptedSchema {
    columns = List.copyOf(columns);
    renames = List.copyOf(renames);
    since = Map.copyOf(since);
  }

  /**
   * The accepted schema.
   *
   * @param before columns of the run before, by the names they have in the run under test
   * @param renames columns that changed their name between the two runs
   * @param standing changes that stand, by the column's name when it changed
   * @param now columns of the run under test
   */
  static AcceptedSchema of(
      List<ColumnDefinition> before,
      List<Rename> renames,
      Map<ColumnName, FormerColumn.Standing> standing,
      List<ColumnDefinition> now) {
    return standing.isEmpty()
        ? new AcceptedSchema(before, renames, Map.of())
        : new Restoration(before, renames, now).of(standing);
  }

  /** The column as it was, for whoever is to keep that in mind; null when it is as it was. */
  FormerColumn former(ColumnName name) {
    double confidence = 0;
    ColumnName accepted = name;
    for (Rename rename : renames) {
      if (rename.to().equals(name)) {
        confidence = rename.confidence();
        accepted = rename.from();
      }
    }
    for (int place = 0; place < columns.size(); place++) {
      if (columns.get(place).name().equals(name)) {
        return new FormerColumn(named(columns.get(place), accepted), place, confidence);
      }
    }
    return new FormerColumn(null, 0, 0);
  }

  private static ColumnDefinition named(ColumnDefinition column, ColumnName name) {
    return column.name().equals(name)
        ? column
        : new ColumnDefinition(
            name,
            column.ordinal(),
            column.dataType(),
            column.type(),
            column.nullable(),
            column.description());
  }

  /** Changes being undone: what changed is taken out, then put back where it was. */
  private static final class Restoration {
    private final List<ColumnDefinition> columns;
    private final Map<ColumnName, Rename> renames = new LinkedHashMap<>();
    private final Map<ColumnName, ColumnName> later = new HashMap<>();
    private final Set<ColumnName> now = new HashSet<>();
    private final Map<ColumnName, Instant> since = new HashMap<>();
    private final List<Restored> restored = new ArrayList<>();

    private record Restored(ColumnDefinition definition, int place) {}

    Restoration(List<ColumnDefinition> before, List<Rename> renames, List<ColumnDefinition> now) {
      this.columns = new ArrayList<>(before);
      for (Rename rename : renames) {
        this.renames.put(rename.to(), rename);
        later.put(rename.from(), rename.to());
      }
      now.forEach(column -> this.now.add(column.name()));
    }

    AcceptedSchema of(Map<ColumnName, FormerColumn.Standing> standing) {
      Map<String, ColumnName> ordered = new TreeMap<>();
      standing.keySet().forEach(name -> ordered.put(name.value(), name));
      for (ColumnName name : ordered.values()) {
        FormerColumn.Standing change = standing.get(name);
        if (change != null) {
          undo(later.getOrDefault(name, name), change);
        }
      }
      restored.sort(Comparator.comparingInt(Restored::place));
      for (Restored one : restored) {
        remove(one.definition().name());
        columns.add(Math.min(one.place(), columns.size()), one.definition());
      }
      return new AcceptedSchema(columns, List.copyOf(renames.values()), since);
    }

    private void undo(ColumnName name, FormerColumn.Standing change) {
      Rename fresh = renames.remove(name);
      remove(name);
      ColumnDefinition former = change.former().definition();
      since.put(name, change.since());
      if (former == null) {
        return;
      }
      boolean goesOn = now.contains(name);
      ColumnName known = goesOn ? name : former.name();
      since.put(known, change.since());
      if (goesOn && !former.name().equals(name)) {
        renames.put(name, new Rename(former.name(), name, confidence(change.former(), fresh)));
      }
      restored.add(new Restored(named(former, known), change.former().place()));
    }

    private static double confidence(FormerColumn former, @Nullable Rename fresh) {
      return former.confidence() > 0 || fresh == null ? former.confidence() : fresh.confidence();
    }

    private void remove(ColumnName name) {
      columns.removeIf(column -> column.name().equals(name));
    }
  }
}
