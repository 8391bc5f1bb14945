package io.profilemesh.profiler.dialect;

import io.profilemesh.schema.ReasonCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** What warehouses have in common: no session to prepare, failures told by SQLState. */
abstract class WarehouseDialect implements PushdownDialect {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private static final int ROWS_AT_ONCE = 10_000;

  private final Catalog catalog;

  WarehouseDialect(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Catalog catalog() {
    return catalog;
  }

  @Override
  public int fetchSize() {
    return ROWS_AT_ONCE;
  }

  @Override
  public String quote(String identifier) {
    return Identifiers.doubleQuoted(identifier);
  }

  @Override
  public String from(TableRef table) {
    return quote(table.schema()) + "." + quote(table.table());
  }

  /** A statement is its own transaction. */
  @Override
  public void begin(
      Connection connection,
      String applicationName,
      Duration lockTimeout,
      Duration statementTimeout)
      throws SQLException {
    connection.setAutoCommit(true);
  }

  @Override
  public void end(Connection connection) throws SQLException {
    connection.clearWarnings();
  }

  @Override
  public String isNan(String expression) {
    return expression + " = " + special("NaN");
  }

  @Override
  public String isInfinite(String expression) {
    return expression + " IN (" + special("Infinity") + ", " + special("-Infinity") + ")";
  }

  private String special(String value) {
    return asDouble("'" + value + "'");
  }

  @Override
  public boolean isComparable(SourceColumn column) {
    return switch ((JdbcEncoding) column.encoding()) {
      case JSON, ARRAY_AS_TEXT, OTHER_AS_TEXT -> false;
      case LONG,
          DOUBLE,
          DECIMAL,
          BOOLEAN,
          TEXT,
          PADDED_TEXT,
          UUID_AS_TEXT,
          BYTES,
          DATE_AS_DAYS,
          TIME_AS_MICROS,
          TIMESTAMP_AS_MICROS,
          INSTANT_AS_MICROS,
          DATE_AS_TEXT,
          TIME_AS_TEXT,
          TIMESTAMP_AS_TEXT ->
          true;
    };
  }

  static String moment(Instant instant) {
    return MICROS.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }

  @Override
  public ReasonCode classify(SQLException failure) {
    String state = stateOf(failure);
    if (state == null) {
      return ReasonCode.SOURCE_QUERY_FAILED;
    }
    return switch (state) {
      case "42S02", "42P01", "42703", "3F000", "02000" -> ReasonCode.TABLE_VANISHED;
      case "42501", "28000", "28P01" -> ReasonCode.PERMISSION_DENIED;
      case "57014", "55P03", "HYT00", "HYT01" -> ReasonCode.SOURCE_TIMEOUT;
      default ->
          state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")
              ? ReasonCode.SOURCE_UNREACHABLE
              : ReasonCode.SOURCE_QUERY_FAILED;
    };
  }

  @Override
  public String describe(SQLException failure) {
    String state = stateOf(failure);
    return FailureSentences.of(classify(failure))
        + (state == null ? "." : " (SQLState " + state + ").");
  }

  private static @Nullable String stateOf(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return null;
  }
}
