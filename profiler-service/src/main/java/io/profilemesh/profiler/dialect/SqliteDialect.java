package io.profilemesh.profiler.dialect;

import io.profilemesh.schema.ReasonCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * SQLite 3. A transaction of one connection sees one snapshot, which no other can share. Columns
 * have a declared type that their values need not obey: each row says which of its cells do not.
 */
public final class SqliteDialect implements JdbcDialect {

  private static final Capabilities CAPABILITIES = new Capabilities(false, true, false, true);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

  // Primary result codes.
  private static final int PERM = 3;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int NO_MEMORY = 7;
  private static final int INTERRUPT = 9;
  private static final int IO_ERROR = 10;
  private static final int CANNOT_OPEN = 14;
  private static final int SCHEMA = 17;
  private static final int AUTH = 23;
  private static final int PRIMARY_CODE = 0xFF;

  private final Catalog catalog = new SqliteCatalog(this);
  private final ChangeTokens changeTokens = new SqliteChangeTokens();

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Catalog catalog() {
    return catalog;
  }

  @Override
  public Optional<ChangeTokens> changeTokens() {
    return Optional.of(changeTokens);
  }

  @Override
  public String quote(String identifier) {
    return Identifiers.doubleQuoted(identifier);
  }

  @Override
  public String from(TableRef table) {
    return "main." + quote(table.table());
  }

  @Override
  public int fetchSize() {
    return 0;
  }

  /** The driver's own transaction is deferred: the first SELECT takes the snapshot. */
  @Override
  public void begin(
      Connection connection,
      String applicationName,
      Duration lockTimeout,
      Duration statementTimeout)
      throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "PRAGMA busy_timeout = " + Math.min(Integer.MAX_VALUE, lockTimeout.toMillis()));
    }
  }

  @Override
  public void end(Connection connection) throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }

  @Override
  public String expression(SourceColumn column) {
    String quoted = quote(column.name().value());
    return switch ((JdbcEncoding) column.encoding()) {
      case TEXT -> "CAST(" + quoted + " AS TEXT)";
      case DATE_AS_DAYS, TIME_AS_MICROS, TIMESTAMP_AS_MICROS, INSTANT_AS_MICROS ->
          throw new IllegalArgumentException("dates are read as text");
      case LONG,
          DOUBLE,
          DECIMAL,
          BOOLEAN,
          PADDED_TEXT,
          JSON,
          OTHER_AS_TEXT,
          ARRAY_AS_TEXT,
          UUID_AS_TEXT,
          BYTES,
          DATE_AS_TEXT,
          TIME_AS_TEXT,
          TIMESTAMP_AS_TEXT ->
          quoted;
    };
  }

  @Override
  public Optional<String> misfit(SourceColumn column) {
    String quoted = quote(column.name().value());
    String type = "typeof(" + quoted + ")";
    return switch ((JdbcEncoding) column.encoding()) {
      case LONG -> Optional.of(type + " NOT IN ('integer', 'null')");
      case BOOLEAN ->
          Optional.of("(" + type + " NOT IN ('integer', 'null') OR " + quoted + " NOT IN (0, 1))");
      case DOUBLE -> Optional.of(type + " NOT IN ('real', 'integer', 'null')");
      // Infinity is no decimal.
      case DECIMAL ->
          Optional.of(
              "(" + type + " NOT IN ('real', 'integer', 'null') OR abs(" + quoted + ") > 1.7e308)");
      case UUID_AS_TEXT, DATE_AS_TEXT, TIME_AS_TEXT, TIMESTAMP_AS_TEXT ->
          Optional.of(type + " NOT IN ('text', 'null')");
      case TEXT,
          PADDED_TEXT,
          JSON,
          OTHER_AS_TEXT,
          ARRAY_AS_TEXT,
          BYTES,
          DATE_AS_DAYS,
          TIME_AS_MICROS,
          TIMESTAMP_AS_MICROS,
          INSTANT_AS_MICROS ->
          Optional.empty();
    };
  }

  @Override
  public String within(SourceColumn column, Instant start, Instant end) {
    String moment = "strftime('%Y-%m-%d %H:%M:%f', " + quote(column.name().value()) + ")";
    return moment + " >= '" + text(start) + "' AND " + moment + " < '" + text(end) + "'";
  }

  @Override
  public String distinctExpression(SourceColumn column) {
    String quoted = quote(column.name().value());
    return switch ((JdbcEncoding) column.encoding()) {
      case UUID_AS_TEXT -> "lower(" + quoted + ")";
      // One moment is written with a blank or a T.
      case TIMESTAMP_AS_TEXT -> "replace(rtrim(" + quoted + ", 'Z'), 'T', ' ')";
      default -> expression(column) + " COLLATE BINARY";
    };
  }

  @Override
  public ReasonCode classify(SQLException failure) {
    return switch (failure.getErrorCode() & PRIMARY_CODE) {
      case PERM, AUTH -> ReasonCode.PERMISSION_DENIED;
      case INTERRUPT -> ReasonCode.STATEMENT_TIMEOUT;
      case BUSY, LOCKED -> ReasonCode.LOCK_TIMEOUT;
      case NO_MEMORY, IO_ERROR, CANNOT_OPEN -> ReasonCode.SOURCE_UNREACHABLE;
      case SCHEMA -> ReasonCode.TABLE_VANISHED;
      default ->
          isConnectionFailure(failure)
              ? ReasonCode.SOURCE_UNREACHABLE
              : ReasonCode.SOURCE_QUERY_FAILED;
    };
  }

  /** The pool's own failures have an SQLState, the engine's have none. */
  private static boolean isConnectionFailure(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && state.startsWith("08");
  }

  @Override
  public String describe(SQLException failure) {
    int code = failure.getErrorCode() & PRIMARY_CODE;
    String suffix = code == 0 ? "." : " (SQLite result code " + code + ").";
    return FailureSentences.of(classify(failure)) + suffix;
  }

  private static String text(Instant instant) {
    return SECONDS.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }
}
