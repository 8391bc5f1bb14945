package io.profilemesh.profiler.dialect;

import io.profilemesh.schema.ReasonCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * DuckDB, the engine in the process. A transaction sees one snapshot, which no other connection can
 * share. Its own choice of rows by chance depends on its threads: the reader chooses instead.
 */
public class DuckDbDialect implements JdbcDialect {

  private static final Capabilities CAPABILITIES = new Capabilities(false, true, false, true);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
  private static final String LAST = "9223372036854775807";
  private static final String FIRST = "(-9223372036854775807 - 1)";

  private final Catalog catalog = new DuckDbCatalog();
  private final ChangeTokens changeTokens = new DuckDbChangeTokens();

  @Override
  public String name() {
    return "duckdb";
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
    return quote(table.schema()) + "." + quote(table.table());
  }

  @Override
  public int fetchSize() {
    return 0;
  }

  @Override
  public void begin(
      Connection connection,
      String applicationName,
      Duration lockTimeout,
      Duration statementTimeout)
      throws SQLException {
    connection.setAutoCommit(false);
  }

  @Override
  public void end(Connection connection) throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }

  @Override
  public String expression(SourceColumn column) {
    return asNumber(typed(column), (JdbcEncoding) column.encoding());
  }

  /** The column as a value of the type that its encoding reads. */
  String typed(SourceColumn column) {
    return quote(column.name().value());
  }

  /**
   * Dates and times as whole numbers, the extreme ones for infinity; what has no getter as text.
   */
  private static String asNumber(String value, JdbcEncoding encoding) {
    return switch (encoding) {
      case DATE_AS_DAYS ->
          unlessInfinite(value, "DATE", "date_diff('day', DATE '1970-01-01', " + value + ")");
      case TIMESTAMP_AS_MICROS -> unlessInfinite(value, "TIMESTAMP", "epoch_us(" + value + ")");
      case INSTANT_AS_MICROS -> unlessInfinite(value, "TIMESTAMPTZ", "epoch_us(" + value + ")");
      case TIME_AS_MICROS -> "epoch_us(" + value + ")";
      case TEXT, UUID_AS_TEXT, OTHER_AS_TEXT, ARRAY_AS_TEXT, JSON ->
          "CAST(" + value + " AS VARCHAR)";
      case LONG,
          DOUBLE,
          DECIMAL,
          BOOLEAN,
          PADDED_TEXT,
          BYTES,
          DATE_AS_TEXT,
          TIME_AS_TEXT,
          TIMESTAMP_AS_TEXT ->
          value;
    };
  }

  private static String unlessInfinite(String value, String type, String number) {
    return "CASE WHEN isfinite("
        + value
        + ") THEN "
        + number
        + " WHEN "
        + value
        + " > "
        + type
        + " '1970-01-01' THEN "
        + LAST
        + " WHEN "
        + value
        + " IS NOT NULL THEN "
        + FIRST
        + " END";
  }

  @Override
  public String within(SourceColumn column, Instant start, Instant end) {
    String value = typed(column);
    boolean zoned = column.encoding() == JdbcEncoding.INSTANT_AS_MICROS;
    return value + " >= " + literal(start, zoned) + " AND " + value + " < " + literal(end, zoned);
  }

  private static String literal(Instant instant, boolean zoned) {
    String text = MICROS.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    return zoned ? "TIMESTAMPTZ '" + text + "+00'" : "TIMESTAMP '" + text + "'";
  }

  @Override
  public String distinctExpression(SourceColumn column) {
    return typed(column);
  }

  /** The driver gives neither states nor codes; what can be known otherwise is found by looking. */
  @Override
  public ReasonCode classify(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && state.startsWith("08")
        ? ReasonCode.SOURCE_UNREACHABLE
        : ReasonCode.SOURCE_QUERY_FAILED;
  }

  @Override
  public String describe(SQLException failure) {
    return classify(failure) == ReasonCode.SOURCE_UNREACHABLE
        ? "The file cannot be opened: it must exist, be readable, and no other process may be"
            + " writing to it."
        : FailureSentences.of(classify(failure)) + '.';
  }
}
