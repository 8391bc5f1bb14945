package io.profilemesh.sink.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Turns records of one topic into rows. Writing records one by one, all at once, or twice leaves
 * the same rows.
 *
 * @param <T> type of the records
 */
public interface RowWriter<T> {

  /**
   * Makes the places that rows of some records will need, such as partitions; called before the
   * transaction that writes them, outside of any.
   *
   * @throws SQLException when the database cannot be used
   */
  default void prepare(Connection connection, List<RecordRow<T>> records) throws SQLException {}

  /**
   * Writes within the caller's transaction.
   *
   * @param records records in the order of their topic
   * @return number of rows written
   * @throws SQLException when the database refuses a record or cannot be used
   * @throws RefusedRecordException when a record contradicts one stored before
   */
  int write(Connection connection, List<RecordRow<T>> records) throws SQLException;

  /**
   * What stands for a record that was removed from a compacted topic, to be written like any other;
   * empty where such a record is none.
   *
   * @param key key of the record
   */
  default Optional<T> removed(String key) {
    return Optional.empty();
  }
}
