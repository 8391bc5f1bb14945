package io.profilemesh.profiler.dialect;

import io.profilemesh.schema.ReasonCode;

/** What failures of a source mean, for people; without full stop, data values or engine's text. */
final class FailureSentences {

  private FailureSentences() {}

  static String of(ReasonCode code) {
    return switch (code) {
      case TABLE_VANISHED ->
          "The table, or a column of it, is gone or was renamed since it was looked up";
      case PERMISSION_DENIED ->
          "The source refuses this user: grant it the right to read the table";
      case LOCK_TIMEOUT ->
          "Somebody locks the table at the source: profile it when the lock is gone, or raise the"
              + " source's lock-timeout";
      case STATEMENT_TIMEOUT ->
          "A statement ran longer than the source's statement-timeout, or was cancelled there:"
              + " raise it, or sample";
      case SOURCE_TIMEOUT -> "The source ended the session at a time limit of its own";
      case SOURCE_UNREACHABLE -> "The source cannot be reached or takes no more work at the moment";
      default -> "The source refused the query; its log says why";
    };
  }
}
