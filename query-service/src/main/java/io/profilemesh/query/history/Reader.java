package io.profilemesh.query.history;

import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;

/** Asks the tables on connections that may only read and must answer in time. */
@ApplicationScoped
public class Reader {

  private final javax.sql.DataSource database;
  private final Viewer viewer;
  private final Footprint footprint;

  @Inject
  Reader(@DataSource("reading") javax.sql.DataSource database, Viewer viewer, Footprint footprint) {
    this.footprint = footprint;
    this.database = database;
    this.viewer = viewer;
  }

  /**
   * The answer to whoever makes the current request: what they may not see is not there.
   *
   * @throws NoAnswerException when the database takes too long or cannot be asked
   */
  public <T> T answer(Question<T> question) {
    Scope scope = viewer.scope();
    try (Connection connection = database.getConnection()) {
      return question.ask(new Sight(TablesRead.told(connection, footprint::read), scope));
    } catch (SQLException e) {
      throw new NoAnswerException(e);
    }
  }

  /**
   * The answer to somebody who may see a part of the tables.
   *
   * @throws NoAnswerException when the database takes too long or cannot be asked
   */
  public <T> T answer(Question<T> question, Scope scope) {
    try (Connection connection = database.getConnection()) {
      return question.ask(new Sight(connection, scope));
    } catch (SQLException e) {
      throw new NoAnswerException(e);
    }
  }
}
