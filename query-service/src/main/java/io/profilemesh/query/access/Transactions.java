package io.profilemesh.query.access;

import io.profilemesh.query.history.NoAnswerException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Changes that happen wholly or not at all. */
public final class Transactions {

  private Transactions() {}

  /** Something to do in a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Does something in a transaction of its own.
   *
   * @throws NoAnswerException when the database cannot do it; nothing is changed
   */
  public static <T> T in(DataSource database, Work<T> work) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new NoAnswerException(e);
    }
  }
}
