package io.profilemesh.query.history;

import java.sql.Connection;
import java.sql.SQLException;

/** Something to ask the tables. */
@FunctionalInterface
public interface Question<T> {

  T ask(Connection connection) throws SQLException;
}
