package io.profilemesh.query.ingest;

import java.sql.SQLException;

/** Asked before each batch whether it may be written. */
@FunctionalInterface
interface WriteGate {

  /**
   * Returns when rows may be written.
   *
   * @throws SchemaBehindException when not yet
   */
  void pass() throws SQLException;
}
