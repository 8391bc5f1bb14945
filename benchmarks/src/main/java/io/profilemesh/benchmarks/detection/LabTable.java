package io.profilemesh.benchmarks.detection;

import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.statistics.OrderStatistics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A table by periods.
 *
 * @param clock its timestamp column; empty when it has none
 * @param every length of a period
 * @param runs oldest first
 */
record LabTable(String name, String clock, Duration every, List<Run> runs) {

  /** A period with its rows. */
  record Run(Instant at, Frame frame) {}

  /** How many months of the table the runs are. */
  double months() {
    return (double) every.toHours() * runs.size() / (24.0 * 365.25 / 12);
  }

  /** Rows that a run usually has. */
  double usualRows() {
    return OrderStatistics.median(runs.stream().mapToDouble(run -> run.frame().rows()).toArray());
  }

  /**
   * Reads a query of DuckDB: first the period of each row, ascending, then the columns. Whole
   * numbers, floating-point numbers, timestamps and texts are taken.
   */
  static LabTable read(String name, String clock, Duration every, String query)
      throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount() - 1;
      List<Run> runs = new ArrayList<>();
      Map<String, String> texts = new HashMap<>();
      Reader reader = null;
      Instant period = Instant.MIN;
      while (rows.next()) {
        Instant at = rows.getTimestamp(1).toInstant();
        if (reader == null || !at.equals(period)) {
          if (reader != null) {
            runs.add(new Run(period, reader.frame()));
          }
          reader = new Reader(rows, columns, texts);
          period = at;
        }
        reader.take(rows);
      }
      if (reader != null) {
        runs.add(new Run(period, reader.frame()));
      }
      return new LabTable(name, clock, every, runs);
    }
  }

  /** Gathers the rows of one period. */
  private static final class Reader {
    private final List<String> names = new ArrayList<>();
    private final List<ColumnType> types = new ArrayList<>();
    private final List<String> dataTypes = new ArrayList<>();
    private final List<double[]> numbers = new ArrayList<>();
    private final List<String[]> strings = new ArrayList<>();
    private final Map<String, String> texts;
    private int rows;

    Reader(ResultSet result, int columns, Map<String, String> texts) throws SQLException {
      this.texts = texts;
      for (int i = 0; i < columns; i++) {
        String dataType = result.getMetaData().getColumnTypeName(i + 2).toLowerCase(Locale.ROOT);
        names.add(result.getMetaData().getColumnName(i + 2));
        dataTypes.add(dataType);
        types.add(type(dataType));
        numbers.add(new double[64]);
        strings.add(new String[64]);
      }
    }

    private static ColumnType type(String dataType) {
      return switch (dataType) {
        case "bigint", "integer", "smallint", "tinyint" -> ColumnType.INTEGER;
        case "double", "float" -> ColumnType.FLOAT;
        case "timestamp" -> ColumnType.TIMESTAMP;
        default -> ColumnType.TEXT;
      };
    }

    void take(ResultSet result) throws SQLException {
      for (int i = 0; i < names.size(); i++) {
        if (types.get(i) == ColumnType.TEXT) {
          if (rows == strings.get(i).length) {
            strings.set(i, Arrays.copyOf(strings.get(i), 2 * rows));
          }
          String text = result.getString(i + 2);
          strings.get(i)[rows] = text == null ? null : texts.computeIfAbsent(text, same -> same);
        } else {
          if (rows == numbers.get(i).length) {
            numbers.set(i, Arrays.copyOf(numbers.get(i), 2 * rows));
          }
          numbers.get(i)[rows] = number(result, i);
        }
      }
      rows++;
    }

    private double number(ResultSet result, int index) throws SQLException {
      if (types.get(index) == ColumnType.TIMESTAMP) {
        Timestamp at = result.getTimestamp(index + 2);
        return at == null ? Double.NaN : 1000.0 * at.getTime();
      }
      double value = result.getDouble(index + 2);
      return result.wasNull() ? Double.NaN : value;
    }

    Frame frame() {
      List<Values> columns = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        columns.add(
            types.get(i) == ColumnType.TEXT
                ? Values.of(names.get(i), Arrays.copyOf(strings.get(i), rows))
                : Values.of(
                    names.get(i),
                    types.get(i),
                    dataTypes.get(i),
                    Arrays.copyOf(numbers.get(i), rows)));
      }
      return new Frame(columns);
    }
  }
}
