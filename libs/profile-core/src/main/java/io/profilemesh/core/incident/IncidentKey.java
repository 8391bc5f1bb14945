package io.profilemesh.core.incident;

import io.profilemesh.core.drift.DriftKind;
import io.profilemesh.core.drift.Finding;
import io.profilemesh.core.drift.Judgement;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.Metric;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an incident is about within its dataset: at most one is open for each.
 *
 * @param column null: the table
 * @param group wire name of the group of metrics that are one fact, such as {@code completeness}
 */
public record IncidentKey(@Nullable ColumnName column, String group) {

  /** A scheduled run that did not come; the only key that no finding has. */
  public static final IncidentKey MISSING_RUN = new IncidentKey(null, "missing_run");

  private static final String SCHEMA = wireName(DriftKind.SCHEMA);

  public IncidentKey {
    if (group.isEmpty()) {
      throw new IllegalArgumentException("an incident has a group");
    }
  }

  /** The key under which a finding is kept. */
  public static IncidentKey of(Finding finding) {
    String group =
        Metric.ofWireName(finding.metric())
            .map(metric -> wireName(metric.group()))
            .orElse(wireName(finding.kind()));
    return new IncidentKey(finding.column(), group);
  }

  /** The key under which a finding on a judged number would be kept. */
  public static IncidentKey of(Judgement judgement) {
    return new IncidentKey(judgement.column(), wireName(judgement.group()));
  }

  /** Whether it is about the columns of the table and their types. */
  public boolean isSchema() {
    return group.equals(SCHEMA);
  }

  private static String wireName(Enum<?> group) {
    return group.name().toLowerCase(Locale.ROOT);
  }
}
