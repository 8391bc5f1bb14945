package io.profilemesh.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules of what a source says of a table; {@link ProfileRules} has those of the profile. */
final class FactsRules {

  private static final int LONGEST_TEXT = 10_000;
  private static final int MOST_PROPERTIES = 100;
  private static final int MOST_CONSTRAINTS = 1_000;

  private FactsRules() {}

  static @Nullable String problem(TableProfile profile) {
    TableFacts facts = profile.getFacts();
    if (facts == null) {
      return null;
    }
    if (profile.getPartIndex() > 0) {
      return "a part other than the first carries facts of the table.";
    }
    String problem = texts(facts);
    problem = Parts.first(problem, numbers(facts));
    problem = Parts.first(problem, properties(facts.getProperties()));
    return Parts.first(problem, columns(facts));
  }

  private static @Nullable String texts(TableFacts facts) {
    return fits(facts.getComment())
            && fits(facts.getStorageFormat())
            && fits(facts.getLocation())
            && fits(facts.getPartitioning())
            && fits(facts.getOwner())
            && fits(facts.getCreator())
        ? null
        : "a fact of the table is too long.";
  }

  private static @Nullable String numbers(TableFacts facts) {
    Double ratio = facts.getCompressionRatio();
    if (ratio != null && !(Double.isFinite(ratio) && ratio > 0)) {
      return "facts.compressionRatio is not above 0.";
    }
    return Shapes.isInstantOrNull(facts.getLastAccessedAt())
        ? null
        : "facts.lastAccessedAt lies outside 1970 to 2100.";
  }

  private static @Nullable String properties(Map<String, String> properties) {
    return properties.size() <= MOST_PROPERTIES
            && properties.entrySet().stream()
                .allMatch(entry -> Shapes.isName(entry.getKey()) && fits(entry.getValue()))
        ? null
        : "facts.properties are too many, too long or without a name.";
  }

  private static @Nullable String columns(TableFacts facts) {
    List<ColumnFacts> columns = facts.getColumns() == null ? List.of() : facts.getColumns();
    Set<String> names = new HashSet<>(columns.size() * 2);
    for (ColumnFacts column : columns) {
      if (!Shapes.isName(column.getName()) || !names.add(column.getName())) {
        return "a column of the facts lacks a printable name or appears twice.";
      }
      if (!fits(column.getDefaultValue())
          || column.getConstraints().size() > MOST_CONSTRAINTS
          || !column.getConstraints().stream().allMatch(FactsRules::fits)) {
        return "a fact of a column is too long, or a column has too many constraints.";
      }
    }
    return null;
  }

  private static boolean fits(@Nullable String text) {
    return text == null || text.length() <= LONGEST_TEXT;
  }
}
