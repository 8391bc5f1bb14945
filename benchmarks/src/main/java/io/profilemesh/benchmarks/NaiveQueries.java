package io.profilemesh.benchmarks;

import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.profiler.dialect.SourceColumn;
import io.profilemesh.profiler.dialect.TableDescription;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** One exact SQL query per column, one after the other: the obvious way, and an oracle. */
final class NaiveQueries {

  /**
   * What a query says of a column.
   *
   * @param mean null where there is none
   * @param deviation null where there is none
   */
  record Exact(long count, long nulls, long distinct, Double mean, Double deviation) {}

  private NaiveQueries() {}

  static Map<String, Exact> run(Connection connection, TableDescription table) throws SQLException {
    Map<String, Exact> found = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement()) {
      for (SourceColumn column : table.columns()) {
        String name = column.name().value();
        try (ResultSet row =
            statement.executeQuery(query(name, column.definition().type(), ScanTable.ORDERS))) {
          row.next();
          found.put(
              name,
              new Exact(
                  row.getLong("n"),
                  row.getLong("nulls"),
                  row.getLong("distinct_n"),
                  row.getObject("mean", Double.class),
                  row.getObject("deviation", Double.class)));
        }
      }
    }
    return found;
  }

  private static String query(String column, ColumnType type, String table) {
    String more;
    if (type.isNumeric()) {
      more =
          ", min(%1$s), max(%1$s), sum(%1$s), avg(%1$s)::float8 AS mean,"
              + " stddev(%1$s)::float8 AS deviation, count(*) FILTER (WHERE %1$s = 0),"
              + " count(*) FILTER (WHERE %1$s < 0)";
    } else if (type == ColumnType.TEXT) {
      more =
          ", min(%1$s), max(%1$s), min(length(%1$s)), max(length(%1$s)),"
              + " avg(length(%1$s))::float8 AS mean, NULL::float8 AS deviation,"
              + " count(*) FILTER (WHERE %1$s = '')";
    } else if (type.isTemporal()) {
      more = ", min(%1$s), max(%1$s), NULL::float8 AS mean, NULL::float8 AS deviation";
    } else {
      more = ", NULL::float8 AS mean, NULL::float8 AS deviation";
    }
    return ("SELECT count(%1$s) AS n, count(*) - count(%1$s) AS nulls,"
            + " count(DISTINCT %1$s) AS distinct_n"
            + more
            + " FROM "
            + table)
        .formatted(column);
  }
}
