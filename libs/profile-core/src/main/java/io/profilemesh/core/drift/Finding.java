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
 * @param detector what found it: {@code relative_change} or {@code schema}
 * @param parameters thresholds applied, and further metrics of the same group that moved
 * @param message one English sentence with the numbers
 */
public record Finding(
    DriftKind kind,
    @Nullable ColumnName column,
    String metric,
    String detector,
    Map<String, String> parameters,
    Change change,
    Severity severity,
    String message) {

  public Finding {
    parameters = Map.copyOf(parameters);
  }
}
