package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Something that was not judged, and why.
 *
 * @param column null: the whole run
 * @param metric null: everything of the column
 * @param message one sentence
 */
public record NotEvaluated(
    @Nullable ColumnName column, @Nullable Metric metric, Code code, String message) {

  /** Why something was not judged; docs/drift.md explains each. */
  public enum Code {
    FIRST_RUN,
    NO_EARLIER_RUN,
    UNKNOWN_BASELINE_RUN,
    TOO_LITTLE_HISTORY,
    NEW_COLUMN,
    NOT_PROFILED,
    NOT_IN_BASELINE,
    NO_VALUES,
    TYPE_CHANGED,
    ESTIMATE_WITHOUT_BOUNDS
  }

  static NotEvaluated ofRun(Code code, String message) {
    return new NotEvaluated(null, null, code, message);
  }

  static NotEvaluated ofColumn(ColumnName column, Code code, String message) {
    return new NotEvaluated(column, null, code, message);
  }
}
