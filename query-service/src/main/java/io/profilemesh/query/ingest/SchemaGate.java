package io.profilemesh.query.ingest;

import io.profilemesh.metadata.SchemaSupport;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Lets sinks write once the tables are of a version they can write; looks again as long as they are
 * not. Thread-safe.
 */
final class SchemaGate {

  private final DataSource database;
  private volatile boolean open;

  SchemaGate(DataSource database) {
    this.database = database;
  }

  /**
   * Returns when rows may be written.
   *
   * @throws SchemaBehindException when somebody has to migrate first
   * @throws SQLException when the database cannot be asked
   */
  void pass() throws SQLException {
    if (open) {
      return;
    }
    try (Connection connection = database.getConnection()) {
      SchemaSupport.Check check = SchemaSupport.check(connection);
      if (check.problem() != null) {
        throw new SchemaBehindException(check.problem());
      }
      open = true;
    }
  }
}
