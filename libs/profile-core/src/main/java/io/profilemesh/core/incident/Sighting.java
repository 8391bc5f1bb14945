package io.profilemesh.core.incident;

import io.profilemesh.core.drift.Change;
import io.profilemesh.core.drift.DriftKind;
import io.profilemesh.core.drift.Finding;
import io.profilemesh.core.drift.FormerColumn;
import io.profilemesh.core.drift.Severity;
import org.jspecify.annotations.Nullable;

/**
 * A finding as incidents see it.
 *
 * @param size largest effect of the group on the common scale; 0 where there is none
 * @param baseline number it was measured from; null where it is no number
 * @param current number of this run; null where it is no number
 * @param change what a change of text amounts to, to tell a repeated one; null for numbers
 * @param muted whether nobody is to be told
 * @param former the column before a change of the schema; null for anything else
 */
public record Sighting(
    String eventId,
    DriftKind kind,
    IncidentKey key,
    String metric,
    String detector,
    Severity severity,
    double size,
    @Nullable Double baseline,
    @Nullable Double current,
    @Nullable String change,
    String message,
    boolean muted,
    @Nullable FormerColumn former) {

  /** One that speaks of no schema. */
  public Sighting(
      String eventId,
      DriftKind kind,
      IncidentKey key,
      String metric,
      String detector,
      Severity severity,
      double size,
      @Nullable Double baseline,
      @Nullable Double current,
      @Nullable String change,
      String message,
      boolean muted) {
    this(
        eventId, kind, key, metric, detector, severity, size, baseline, current, change, message,
        muted, null);
  }

  /** What a change of text amounts to. */
  static String change(Finding finding, Change.OfText text) {
    return finding.metric() + "=" + text.current();
  }

  /** A finding under the id of its event. */
  public static Sighting of(String eventId, Finding finding, boolean muted) {
    Change change = finding.change();
    Change.OfNumber number = change instanceof Change.OfNumber moved ? moved : null;
    return new Sighting(
        eventId,
        finding.kind(),
        IncidentKey.of(finding),
        finding.metric(),
        finding.detector(),
        finding.severity(),
        finding.reach(),
        number == null ? null : number.baseline(),
        number == null ? null : number.current(),
        change instanceof Change.OfText text ? change(finding, text) : null,
        finding.message(),
        muted,
        finding.former());
  }
}
