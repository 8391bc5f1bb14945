package io.profilemesh.query.history;

import java.sql.SQLException;

/** The database took too long, or could not be asked. */
public final class NoAnswerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final String CANCELLED = "57014";

  private final boolean tooSlow;

  /** The error of the database that ended the question. */
  public NoAnswerException(SQLException cause) {
    super("SQLSTATE " + cause.getSQLState(), cause);
    this.tooSlow = CANCELLED.equals(cause.getSQLState());
  }

  /** Whether the question was stopped for taking too long. */
  public boolean tooSlow() {
    return tooSlow;
  }
}
