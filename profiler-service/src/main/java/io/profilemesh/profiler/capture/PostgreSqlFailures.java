package io.profilemesh.profiler.capture;

import io.profilemesh.schema.ReasonCode;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says what an error of PostgreSQL means for capture, by its SQLState. */
final class PostgreSqlFailures {

  private PostgreSqlFailures() {}

  static CaptureFailure of(Throwable failure, String source, String user) {
    String state = stateOf(failure);
    if (state == null) {
      return new CaptureFailure(
          ReasonCode.CAPTURE_FAILED,
          "The reader of the source's log ended ("
              + rootOf(failure).getClass().getSimpleName()
              + ") and is started again.");
    }
    if (state.startsWith("28")) {
      return failure(
          ReasonCode.CAPTURE_NOT_PERMITTED,
          "The source refuses the user '"
              + user
              + "': check its password, and that pg_hba.conf admits it",
          state);
    }
    return switch (state) {
      case "42501" ->
          failure(
              ReasonCode.CAPTURE_NOT_PERMITTED,
              "The user '"
                  + user
                  + "' may not do what capture needs: docs/change-capture.md has"
                  + " the statements that grant it",
              state);
      case "53400" ->
          failure(
              ReasonCode.CAPTURE_NO_SLOT,
              "The source has no replication slot left: drop one that nobody uses, or raise"
                  + " max_replication_slots and restart the database",
              state);
      case "53300" ->
          failure(
              ReasonCode.CAPTURE_NO_SLOT,
              "The source takes no more connections of this kind: raise max_wal_senders or"
                  + " max_connections",
              state);
      case "55P03" ->
          failure(
              ReasonCode.CAPTURE_NOT_PREPARED,
              "A long transaction or a lock in the source is in the way of its slot or publication:"
                  + " end it, or wait; it is tried again",
              state);
      case "3D000" ->
          failure(
              ReasonCode.SOURCE_UNREACHABLE,
              "The source has no database of the configured name: correct sources."
                  + source
                  + ".database",
              state);
      default ->
          state.startsWith("08") || state.startsWith("57P")
              ? failure(
                  ReasonCode.SOURCE_UNREACHABLE,
                  "The source cannot be reached: check host and port, and that the database is up",
                  state)
              : failure(
                  ReasonCode.CAPTURE_FAILED,
                  "The reader of the source's log ended and is started again; the database's log"
                      + " says why",
                  state);
    };
  }

  private static CaptureFailure failure(ReasonCode code, String sentence, String state) {
    return new CaptureFailure(code, sentence + " (SQLState " + state + ").");
  }

  private static @Nullable String stateOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return null;
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }
}
