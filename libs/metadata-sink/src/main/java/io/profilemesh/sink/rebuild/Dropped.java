package io.profilemesh.sink.rebuild;

import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.metadata.retention.Retention;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What retention has dropped of the tables in use: the topics still have it, and yet it is not made
 * again. Rows of that time which came later are not made either, and not compared.
 *
 * @param before instants by table before which rows were dropped
 */
record Dropped(Map<MonthlyTable, Instant> before) {

  Dropped {
    before = new TreeMap<>(before);
  }

  /** As the tables of the connection's schema remember it. */
  static Dropped read(Connection connection) throws SQLException {
    Map<MonthlyTable, Instant> derived = new TreeMap<>(Retention.dropped(connection));
    derived.keySet().removeIf(table -> !DerivedTables.ALL.contains(table.table()));
    return new Dropped(derived);
  }

  boolean isEmpty() {
    return before.isEmpty();
  }

  /** Drops the same of the tables of the connection's schema, in its transaction. */
  void from(Connection connection) throws SQLException {
    for (Map.Entry<MonthlyTable, Instant> entry : before.entrySet()) {
      Retention.dropBefore(connection, entry.getKey(), entry.getValue());
    }
  }

  /** Which rows of a table, {@code t}, are to be compared. */
  String condition(String table) {
    return MonthlyTable.named(table)
        .filter(before::containsKey)
        .map(one -> "t.\"%s\" >= '%s'".formatted(one.timeColumn(), before.get(one)))
        .orElse("true");
  }

  /** For people. */
  @Override
  public String toString() {
    return before.entrySet().stream()
        .map(entry -> entry.getKey().word() + " from before " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
