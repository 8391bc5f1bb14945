package io.profilemesh.profiler.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/**
 * What an engine says of its tables' last changes, from metadata alone: no row of a table is read.
 * Stateless; safe for use by many threads.
 */
public interface ChangeTokens {

  /**
   * How long after a commit the engine may not show it yet. A token equal to one that was read less
   * than this before says nothing.
   */
  Duration quietMargin();

  /**
   * Looks at tables, all of them with few statements however many they are. A table that is not
   * there is missing from the answer.
   *
   * @param connection open, in auto-commit mode
   */
  Map<TableRef, TableLook> look(Connection connection, Collection<TableRef> tables)
      throws SQLException;
}
