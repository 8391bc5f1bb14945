package io.profilemesh.query.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Turns records of one topic into rows. Writing records one by one, all at once, or twice leaves
 * the same rows.
 *
 * @param <T> type of the records
 */
public interface RowWriter<T> {

  /**
   * Writes within the caller's transaction.
   *
   * @param records records in the order of their topic
   * @return number of rows written
   * @throws SQLException when the database refuses a record or cannot be used
   * @throws RefusedRecordException when a record contradicts one stored before
   */
  int write(Connection connection, List<RecordRow<T>> records) throws SQLException;
}
