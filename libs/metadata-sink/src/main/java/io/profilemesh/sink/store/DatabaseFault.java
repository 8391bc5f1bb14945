package io.profilemesh.sink.store;

import java.sql.SQLException;
import java.util.Set;

/** What an error of the database means for the records at hand, told by its SQLSTATE. */
public enum DatabaseFault {
  /** A record holds what the database cannot keep: it will be refused again. */
  DATA,
  /** Two transactions met: the next try goes through. */
  CONFLICT,
  /** The database cannot be worked with now; no record is to blame. */
  UNAVAILABLE;

  /** Classes of data exceptions, violated constraints and exceeded limits such as key lengths. */
  private static final Set<String> DATA_CLASSES = Set.of("22", "23", "54");

  private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "55P03");

  public static DatabaseFault of(SQLException e) {
    String state = String.valueOf(root(e).getSQLState());
    if (CONFLICTS.contains(state)) {
      return CONFLICT;
    }
    return state.length() == 5 && DATA_CLASSES.contains(state.substring(0, 2)) ? DATA : UNAVAILABLE;
  }

  /** The error itself rather than the batch's that it ended. */
  static SQLException root(SQLException e) {
    SQLException next = e.getNextException();
    return next == null ? e : next;
  }
}
