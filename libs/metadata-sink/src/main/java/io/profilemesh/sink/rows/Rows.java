package io.profilemesh.sink.rows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes many rows with one statement. */
final class Rows {

  private Rows() {}

  /** Binds one row's values. */
  @FunctionalInterface
  interface Binder<T> {
    void bind(Row row, T value) throws SQLException;
  }

  /** Sends every value as a row of the statement, in order. */
  static <T> void write(
      Connection connection, String sql, Iterable<? extends T> values, Binder<T> binder)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Row row = new Row(connection, statement);
      boolean any = false;
      for (T value : values) {
        binder.bind(row, value);
        row.end();
        any = true;
      }
      if (any) {
        statement.executeBatch();
      }
    }
  }

  /** A parameter list such as {@code (?, ?, ?)}. */
  static String parameters(int count) {
    return "(" + "?, ".repeat(count - 1) + "?)";
  }
}
