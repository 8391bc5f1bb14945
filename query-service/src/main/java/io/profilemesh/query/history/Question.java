package io.profilemesh.query.history;

import java.sql.SQLException;

/** Something to ask the tables. */
@FunctionalInterface
public interface Question<T> {

  T ask(Sight sight) throws SQLException;
}
