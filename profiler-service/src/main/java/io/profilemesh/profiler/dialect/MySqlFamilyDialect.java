package io.profilemesh.profiler.dialect;

import io.profilemesh.schema.ReasonCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What MySQL and MariaDB have in common. A transaction with a consistent snapshot sees one state of
 * tables that InnoDB keeps; no other connection can share it.
 */
abstract class MySqlFamilyDialect implements JdbcDialect {

  private static final Capabilities CAPABILITIES = new Capabilities(false, true, false, true);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
  private static final long LARGEST_SEED = 0xFFFF_FFFFL;

  private final Catalog catalog;

  MySqlFamilyDialect(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Statement that keeps the catalogue from answering from a cache; may be empty. */
  abstract String freshStatistics();

  @Override
  public Optional<ChangeTokens> changeTokens() {
    return Optional.of(new MySqlChangeTokens(freshStatistics()));
  }

  /** Further variables of SET that limit the time of statements. */
  abstract String statementLimit(Duration time);

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  /** Between two rows the drivers take a statement for one that has ended, and cancel nothing. */
  @Override
  public boolean readsResultsToTheEnd() {
    return true;
  }

  @Override
  public Catalog catalog() {
    return catalog;
  }

  @Override
  public String quote(String identifier) {
    return Identifiers.quoted(identifier, '`');
  }

  @Override
  public String from(TableRef table) {
    return quote(table.schema()) + "." + quote(table.table());
  }

  /** The time zone makes timestamps with a zone come in UTC. */
  @Override
  public void begin(
      Connection connection,
      String applicationName,
      Duration lockTimeout,
      Duration statementTimeout)
      throws SQLException {
    long lockSeconds = Math.max(1, lockTimeout.plusMillis(999).toSeconds());
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET SESSION time_zone = '+00:00', SESSION lock_wait_timeout = "
              + lockSeconds
              + statementLimit(statementTimeout));
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
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
      case LONG, BOOLEAN -> isBits(column) || isYear(column) ? quoted + " + 0" : quoted;
      case DECIMAL -> isBits(column) ? "CAST(" + quoted + " AS UNSIGNED)" : quoted;
      case DATE_AS_DAYS -> "DATEDIFF(" + quoted + ", '1970-01-01')";
      case TIME_AS_MICROS -> "TIME_TO_SEC(" + quoted + ") * 1000000 + MICROSECOND(" + quoted + ")";
      case TIMESTAMP_AS_MICROS, INSTANT_AS_MICROS ->
          "TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', " + quoted + ")";
      case OTHER_AS_TEXT ->
          MySqlTypes.isShape(column.definition().dataType())
              ? "ST_AsText(" + quoted + ")"
              : asText(quoted);
      // Text of what was no such date, time or number.
      case TEXT -> isText(column) ? quoted : asText(quoted);
      case DOUBLE,
          PADDED_TEXT,
          JSON,
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
    return switch ((JdbcEncoding) column.encoding()) {
      case BOOLEAN -> Optional.of("coalesce(" + quoted + " NOT IN (0, 1), false)");
      // A date such as 0000-00-00 or 2024-02-00 is none.
      case DATE_AS_DAYS, TIMESTAMP_AS_MICROS, INSTANT_AS_MICROS ->
          Optional.of("(" + quoted + " IS NOT NULL AND " + expression(column) + " IS NULL)");
      // A time here may be a duration of days, or negative.
      case TIME_AS_MICROS ->
          Optional.of(
              "coalesce(" + quoted + " NOT BETWEEN '00:00:00' AND '23:59:59.999999', false)");
      case LONG,
          DOUBLE,
          DECIMAL,
          TEXT,
          PADDED_TEXT,
          JSON,
          OTHER_AS_TEXT,
          ARRAY_AS_TEXT,
          UUID_AS_TEXT,
          BYTES,
          DATE_AS_TEXT,
          TIME_AS_TEXT,
          TIMESTAMP_AS_TEXT ->
          Optional.empty();
    };
  }

  @Override
  public String within(SourceColumn column, Instant start, Instant end) {
    String quoted = quote(column.name().value());
    return quoted + " >= " + literal(start) + " AND " + quoted + " < " + literal(end);
  }

  private static String literal(Instant instant) {
    return "TIMESTAMP '" + MICROS.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)) + "'";
  }

  /** The generator begins anew with each statement, and rows come in the order of the key. */
  @Override
  public Optional<SampleClause> sampleRows(double fraction, long seed) {
    return Optional.of(
        new SampleClause(
            "", "RAND(" + Long.remainderUnsigned(seed, LARGEST_SEED) + ") < " + fraction));
  }

  /** Texts that a collation takes for equal are not: compared as bytes. */
  @Override
  public String distinctExpression(SourceColumn column) {
    String quoted = quote(column.name().value());
    return column.encoding() == JdbcEncoding.TEXT && isText(column)
        ? "CAST(" + quoted + " AS BINARY)"
        : expression(column);
  }

  @Override
  public OptionalLong bytes(Connection connection, TableRef table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT data_length + index_length FROM information_schema.tables"
                + " WHERE table_schema = ? AND table_name = ?")) {
      statement.setString(1, table.schema());
      statement.setString(2, table.table());
      try (ResultSet row = statement.executeQuery()) {
        long bytes = row.next() ? row.getLong(1) : 0;
        return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
      }
    }
  }

  @Override
  public ReasonCode classify(SQLException failure) {
    return switch (codeOf(failure)) {
      // Unknown table, column, database.
      case 1146, 1054, 1049, 1051 -> ReasonCode.TABLE_VANISHED;
      // Access denied to server, database, table, column, routine; view of somebody without rights.
      case 1044, 1045, 1142, 1143, 1227, 1370, 1449, 1698 -> ReasonCode.PERMISSION_DENIED;
      // Lock wait, interrupted, the time of a statement.
      case 1205, 1317, 1969, 3024 -> ReasonCode.SOURCE_TIMEOUT;
      // Too many connections, shutdown, deadlock, limits of the user, killed, disk and memory full.
      case 1040, 1053, 1203, 1213, 1226, 1927, 1021, 1037, 1041 -> ReasonCode.SOURCE_UNREACHABLE;
      default -> byState(failure);
    };
  }

  private static ReasonCode byState(SQLException failure) {
    String state = stateOf(failure);
    if (state == null) {
      return ReasonCode.SOURCE_QUERY_FAILED;
    }
    if (state.startsWith("08")) {
      return ReasonCode.SOURCE_UNREACHABLE;
    }
    if (state.startsWith("28")) {
      return ReasonCode.PERMISSION_DENIED;
    }
    return state.equals("70100") ? ReasonCode.SOURCE_TIMEOUT : ReasonCode.SOURCE_QUERY_FAILED;
  }

  @Override
  public String describe(SQLException failure) {
    int code = codeOf(failure);
    String suffix = code == 0 ? "." : " (error " + code + ").";
    return FailureSentences.of(classify(failure)) + suffix;
  }

  private static String asText(String quoted) {
    return "CAST(" + quoted + " AS CHAR)";
  }

  private static boolean isBits(SourceColumn column) {
    return column.definition().dataType().startsWith("bit");
  }

  /** Drivers take a year for a date. */
  private static boolean isYear(SourceColumn column) {
    return column.definition().dataType().startsWith("year");
  }

  private static boolean isText(SourceColumn column) {
    String type = column.definition().dataType();
    return MySqlTypes.encodingOf(type.replaceAll("\\W.*", ""), type) == JdbcEncoding.TEXT;
  }

  /** Drivers wrap the server's failure in their own. */
  private static int codeOf(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getErrorCode() > 0) {
        return sql.getErrorCode();
      }
    }
    return 0;
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
