package io.profilemesh.query.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The tables as one person or program may see them. A question either reads a {@link Listing},
 * which says whose its rows are, or narrows its own conditions.
 *
 * @param connection connection that may only read
 * @param scope what may be seen
 */
public record Sight(Connection connection, Scope scope) {

  /** The conditions, and that the rows may be seen. */
  public Where narrowed(Where where, Belonging belonging) {
    Where narrowed = where.copy();
    scope.narrow(narrowed, belonging);
    return narrowed;
  }

  public PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }
}
