package io.profilemesh.metadata.months;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the months of tables where they are missing. Whoever else does so at the same time waits
 * and finds them made.
 */
public final class Months {

  private static final String ADD =
      "SELECT profilemesh_add_month(m.journal, m.month) FROM unnest(?::text[],"
          + " ?::text[]::timestamptz[]) AS m (journal, month)";

  private Months() {}

  /**
   * Makes the months of some instants in each of some tables. Results, sketches and events take
   * rows of a month that could not be made now, too, and keep them aside for later.
   */
  public static void add(
      Connection connection, Collection<MonthlyTable> tables, Collection<Instant> instants)
      throws SQLException {
    Set<YearMonth> months = new TreeSet<>();
    instants.forEach(instant -> months.add(YearMonth.from(instant.atOffset(ZoneOffset.UTC))));
    List<String> names = new ArrayList<>();
    List<String> begins = new ArrayList<>();
    for (MonthlyTable table : tables) {
      for (YearMonth month : months) {
        names.add(table.table());
        begins.add(month.atDay(1) + " 00:00:00+00");
      }
    }
    if (names.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      statement.setArray(1, connection.createArrayOf("text", names.toArray()));
      statement.setArray(2, connection.createArrayOf("text", begins.toArray()));
      statement.execute();
    }
  }
}
