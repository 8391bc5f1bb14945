package io.profilemesh.core.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one metric of one column: the first policy that covers it, with the built-in
 * answer wherever that policy is silent.
 *
 * @param policyId id of the policy that decided
 * @param window runs to learn from
 * @param within no older run is learned from; null: any
 * @param minimumHistory runs needed before bounds are learned, at most the window
 * @param absoluteFloor smaller absolute changes never count; in the metric's unit
 * @param falseAlarmsPerMonth false alarms that are bearable, per table and 30 runs
 * @param acceptSchemaAfterRuns runs with a changed schema after which it is the accepted one; null:
 *     only a person accepts it
 * @param maximumDataAge age from which data is too old; null: as history says
 */
public record EffectivePolicy(
    String policyId,
    boolean ignore,
    Direction direction,
    StrategyKind strategy,
    int window,
    @Nullable Duration within,
    int minimumHistory,
    Thresholds thresholds,
    double absoluteFloor,
    double falseAlarmsPerMonth,
    @Nullable Integer acceptSchemaAfterRuns,
    @Nullable Duration maximumDataAge,
    @Nullable Instant mutedUntil,
    List<CalendarWindow> calendars,
    @Nullable String runbookUrl) {

  public EffectivePolicy {
    calendars = List.copyOf(calendars);
  }

  /**
   * The same for a run whose table is judged by a strategy: what the policy leaves to the service
   * follows the table.
   */
  EffectivePolicy under(StrategyKind ofTable) {
    boolean follows =
        strategy == StrategyKind.AUTO
            && (ofTable == StrategyKind.WINDOW || ofTable == StrategyKind.SEASONAL);
    return follows ? with(ofTable, thresholds, absoluteFloor) : this;
  }

  /** Whether bounds must be learned: then one earlier run is nothing to compare with. */
  boolean insistsOnHistory() {
    return strategy == StrategyKind.WINDOW || strategy == StrategyKind.SEASONAL;
  }

  /** The same with other thresholds. */
  EffectivePolicy with(Thresholds others) {
    return with(strategy, others, absoluteFloor);
  }

  /** The same with another floor. */
  EffectivePolicy withFloor(double floor) {
    return with(strategy, thresholds, floor);
  }

  private EffectivePolicy with(StrategyKind otherStrategy, Thresholds others, double floor) {
    return new EffectivePolicy(
        policyId,
        ignore,
        direction,
        otherStrategy,
        window,
        within,
        minimumHistory,
        others,
        floor,
        falseAlarmsPerMonth,
        acceptSchemaAfterRuns,
        maximumDataAge,
        mutedUntil,
        calendars,
        runbookUrl);
  }

  /** Whether a run of that instant makes no findings: ignored, muted, or in a muting period. */
  public boolean silences(Instant at) {
    return ignore
        || (mutedUntil != null && at.isBefore(mutedUntil))
        || calendars.stream().anyMatch(window -> window.mute() && window.covers(at));
  }

  /** Whether nothing is to be learned from a run of that instant. */
  public boolean isSpecial(Instant at) {
    return calendars.stream().anyMatch(window -> window.covers(at));
  }
}
