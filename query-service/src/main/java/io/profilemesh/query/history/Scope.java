package io.profilemesh.query.history;

import io.profilemesh.metadata.access.Grant;
import io.profilemesh.metadata.access.NamePattern;
import java.util.ArrayList;
import java.util.List;

/**
 * What of the tables somebody may see: everything, or the schemas of sources that grants speak of.
 *
 * @param grants grants that count, whatever their role; empty: nothing
 */
public record Scope(List<Grant> grants) {

  private static final String NOTHING = "false";

  public Scope {
    grants = List.copyOf(grants);
  }

  /** Everything there is. */
  public static Scope everything() {
    return new Scope(List.of(Grant.everywhere(io.profilemesh.metadata.access.Role.READER)));
  }

  /** Whether there is nothing that may not be seen. */
  public boolean isEverything() {
    return grants.stream().anyMatch(Grant::isEverywhere);
  }

  /** Whether a schema of a source may be seen. */
  public boolean covers(String source, String schema) {
    return grants.stream().anyMatch(grant -> grant.covers(source, schema));
  }

  /** Lets only rows through that may be seen. */
  void narrow(Where where, Belonging belonging) {
    if (isEverything() || belonging.isShared()) {
      return;
    }
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (Grant grant : grants) {
      if (belonging.schema() != null) {
        conditions.add(
            "("
                + condition(belonging.source(), grant.source(), values)
                + " AND "
                + condition(belonging.schema(), grant.schema(), values)
                + ")");
      } else if (grant.schema().isAny()) {
        conditions.add(condition(belonging.source(), grant.source(), values));
      }
    }
    where.and(
        conditions.isEmpty() ? NOTHING : "(" + String.join(" OR ", conditions) + ")",
        values.toArray());
  }

  private static String condition(String column, NamePattern pattern, List<Object> values) {
    if (pattern.isAny()) {
      return "true";
    }
    values.add(pattern.isLiteral() ? pattern.text() : pattern.like());
    return column + (pattern.isLiteral() ? " = ?" : " LIKE ?");
  }
}
