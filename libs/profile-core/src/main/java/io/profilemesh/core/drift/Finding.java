package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One deviation with its evidence.
 *
 * @param kind family
 * @param column null: the table
 * @param metric wire name of the metric that moved, or what of the schema changed
 * @param detector what found it: {@code relative_change}, {@code distribution_test}, {@code
 *     learned_bounds} or {@code schema}
 * @param parameters thresholds applied, and further metrics of the same group that moved
 * @param message one English sentence with the numbers
 * @param reach largest effect among the metrics of the group that moved, this one's at least
 * @param former the column before a change of the schema; null for anything else
 */
public record Finding(
    DriftKind kind,
    @Nullable ColumnName column,
    String metric,
    String detector,
    Map<String, String> parameters,
    Change change,
    Severity severity,
    String message,
    double reach,
    @Nullable FormerColumn former) {

  public Finding {
    parameters = Map.copyOf(parameters);
  }

  /** One whose own effect is the largest of its group. */
  public Finding(
      DriftKind kind,
      @Nullable ColumnName column,
      String metric,
      String detector,
      Map<String, String> parameters,
      Change change,
      Severity severity,
      String message) {
    this(
        kind,
        column,
        metric,
        detector,
        parameters,
        change,
        severity,
        message,
        change instanceof Change.OfNumber number ? number.effect() : 0,
        null);
  }

  /** The same with what the column was before. */
  Finding after(FormerColumn column) {
    return new Finding(
        kind, this.column, metric, detector, parameters, change, severity, message, reach, column);
  }

  /** The same where another metric of the group moved further. */
  Finding reaching(double effect) {
    return new Finding(
        kind,
        column,
        metric,
        detector,
        parameters,
        change,
        severity,
        message,
        Math.max(reach, effect),
        former);
  }

  /** Whether bounds learned from history found it, which know what people expected. */
  public boolean isLearned() {
    return detector.equals(LearnedJudge.NAME);
  }
}
