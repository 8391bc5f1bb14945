package io.profilemesh.query.history;

import java.sql.SQLException;

/** The database took too long, or could not be asked. */
public final class NoAnswerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean tooSlow;

  NoAnswerException(boolean tooSlow, SQLException cause) {
    super("SQLSTATE " + cause.getSQLState(), cause);
    this.tooSlow = tooSlow;
  }

  /** Whether the question was stopped for taking too long. */
  public boolean tooSlow() {
    return tooSlow;
  }
}
