package io.profilemesh.query.history;

import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;

/** Asks the tables on connections that may only read and must answer in time. */
@ApplicationScoped
public class Reader {

  private static final String CANCELLED = "57014";

  private final javax.sql.DataSource database;

  @Inject
  Reader(@DataSource("reading") javax.sql.DataSource database) {
    this.database = database;
  }

  /**
   * The answer.
   *
   * @throws NoAnswerException when the database takes too long or cannot be asked
   */
  public <T> T answer(Question<T> question) {
    try (Connection connection = database.getConnection()) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw new NoAnswerException(CANCELLED.equals(e.getSQLState()), e);
    }
  }
}
