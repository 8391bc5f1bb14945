package io.profilemesh.profiler.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What tables a database has and what they look like. Stateless; safe for use by many threads. */
public interface Catalog {

  /**
   * Every table, view, materialised view and foreign table that users made, ordered by schema and
   * name, whether or not this session may read it: what it may not read fails on scanning, and says
   * so. A partition is listed only through its partitioned table.
   *
   * @param connection open; its transaction is neither begun nor ended here beyond what its
   *     auto-commit mode does
   */
  List<TableRef> tables(Connection connection) throws SQLException;

  /** The table of exactly that name, or empty when there is none (or it is not visible). */
  Optional<TableDescription> describe(Connection connection, String schema, String table)
      throws SQLException;

  /**
   * What else the source says of a table that it has just described; no more than the description
   * where its engine has nothing to add.
   */
  default TableFacts facts(Connection connection, TableDescription table) throws SQLException {
    return TableFacts.of(table).build();
  }
}
