package io.profilemesh.profiler.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An engine whose rows are read through JDBC, cell by cell. What differs between such engines is
 * here; reading, cancelling, limits and accumulating are the same for all. Columns of its catalogue
 * are encoded as {@link JdbcEncoding}.
 */
public interface JdbcDialect extends Dialect {

  /**
   * Begins the transaction that the rows are read in: it writes nothing, and sees one snapshot
   * where the engine can.
   *
   * @param applicationName what the session is to be called where the engine shows it
   */
  void begin(
      Connection connection,
      String applicationName,
      Duration lockTimeout,
      Duration statementTimeout)
      throws SQLException;

  /** Ends the transaction and leaves the session as it was before. */
  void end(Connection connection) throws SQLException;

  /** What lets the driver stream rows instead of gathering them. */
  int fetchSize();

  /**
   * Whether the driver reads a result to its end before it closes it: then only the end of the
   * connection ends a long query.
   */
  default boolean readsResultsToTheEnd() {
    return false;
  }

  /** The table in a FROM clause, quoted. */
  String from(TableRef table);

  /** The column in a SELECT list, so that the encoding's getter reads it. */
  default String expression(SourceColumn column) {
    return quote(column.name().value());
  }

  /**
   * A condition that is true where the column holds a value that its encoding cannot hold; empty
   * where the engine keeps its types.
   */
  default Optional<String> misfit(SourceColumn column) {
    return Optional.empty();
  }

  /**
   * A condition that is true of the rows of a period.
   *
   * @param column of a date or timestamp class; without a zone it is read as UTC
   * @param start inclusive
   * @param end exclusive
   */
  String within(SourceColumn column, Instant start, Instant end);

  /**
   * How the engine chooses each row by chance, the same rows for the same seed; empty where it
   * cannot: then the rows are chosen as they arrive.
   */
  default Optional<SampleClause> sampleRows(double fraction, long seed) {
    return Optional.empty();
  }

  /** How the engine chooses whole blocks by chance; empty where it cannot, which is refused. */
  default Optional<SampleClause> sampleBlocks(double fraction, long seed) {
    return Optional.empty();
  }

  /** An expression equal for equal values, to count distinct ones in the source. */
  default String distinctExpression(SourceColumn column) {
    return quote(column.name().value());
  }

  /** Size of the table in the source, empty where it is not known. */
  default OptionalLong bytes(Connection connection, TableRef table) throws SQLException {
    return OptionalLong.empty();
  }

  /** What the transaction sees, in the engine's own notation; {@code none} where it has no name. */
  default String snapshot(Connection connection) throws SQLException {
    return NO_SNAPSHOT;
  }

  /** The snapshot of an engine that has none that connections could share. */
  String NO_SNAPSHOT = "none";

  /**
   * SQL that chooses rows by chance.
   *
   * @param afterTable what follows the table in FROM; may be empty
   * @param condition of WHERE; may be empty
   */
  record SampleClause(String afterTable, String condition) {}
}
