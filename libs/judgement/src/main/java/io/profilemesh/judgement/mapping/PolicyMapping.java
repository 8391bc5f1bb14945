package io.profilemesh.judgement.mapping;

import io.profilemesh.core.drift.Direction;
import io.profilemesh.core.drift.StrategyKind;
import io.profilemesh.core.drift.Thresholds;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.schema.CalendarWindow;
import io.profilemesh.schema.DriftPolicy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a policy into the core's own. */
public final class PolicyMapping {

  private PolicyMapping() {}

  /**
   * The policy.
   *
   * @param policy one that obeys the rules of its record
   * @throws IllegalArgumentException when it breaks a rule of the core; the message says which
   */
  public static io.profilemesh.core.drift.DriftPolicy read(DriftPolicy policy) {
    return io.profilemesh.core.drift.DriftPolicy.of(policy.getPolicyId(), policy.getRank())
        .enabled(policy.getEnabled())
        .datasets(policy.getDatasetPattern())
        .columns(policy.getColumnPattern())
        .metrics(new HashSet<>(policy.getMetrics()))
        .types(types(policy))
        .ignore(policy.getIgnore())
        .direction(direction(policy.getDirection()))
        .strategy(strategy(policy.getStrategy()))
        .window(policy.getWindow())
        .within(policy.getWindowDays() == null ? null : Duration.ofDays(policy.getWindowDays()))
        .minimumHistory(policy.getMinimumHistory())
        .thresholds(thresholds(policy))
        .absoluteFloor(policy.getAbsoluteFloor())
        .falseAlarmsPerMonth(policy.getFalseAlarmsPerMonth())
        .acceptSchemaAfterRuns(policy.getAcceptSchemaAfterRuns())
        .maximumDataAge(
            policy.getMaximumDataAgeMinutes() == null
                ? null
                : Duration.ofMinutes(policy.getMaximumDataAgeMinutes()))
        .mutedUntil(policy.getMutedUntil())
        .calendars(policy.getCalendars().stream().map(PolicyMapping::calendar).toList())
        .runbookUrl(policy.getRunbookUrl())
        .build();
  }

  private static Set<ColumnType> types(DriftPolicy policy) {
    Set<ColumnType> types = new HashSet<>();
    for (io.profilemesh.schema.ColumnType type : policy.getColumnTypes()) {
      types.add(
          type == io.profilemesh.schema.ColumnType.UNKNOWN
              ? ColumnType.OTHER
              : ColumnType.valueOf(type.name()));
    }
    return types;
  }

  private static Direction direction(io.profilemesh.schema.Direction direction) {
    return switch (direction) {
      case UNKNOWN, BOTH -> Direction.BOTH;
      case UP -> Direction.UP;
      case DOWN -> Direction.DOWN;
    };
  }

  private static @Nullable StrategyKind strategy(
      io.profilemesh.schema.@Nullable BaselineStrategy strategy) {
    if (strategy == null || strategy == io.profilemesh.schema.BaselineStrategy.UNKNOWN) {
      return null;
    }
    return StrategyKind.valueOf(strategy.name());
  }

  /** A threshold that is left out is the built-in one. */
  private static @Nullable Thresholds thresholds(DriftPolicy policy) {
    Double low = policy.getLowThreshold();
    Double medium = policy.getMediumThreshold();
    Double high = policy.getHighThreshold();
    if (low == null && medium == null && high == null) {
      return null;
    }
    return new Thresholds(
        low == null ? Thresholds.DEFAULT.low() : low,
        medium == null ? Thresholds.DEFAULT.medium() : medium,
        high == null ? Thresholds.DEFAULT.high() : high);
  }

  private static io.profilemesh.core.drift.CalendarWindow calendar(CalendarWindow window) {
    return new io.profilemesh.core.drift.CalendarWindow(
        window.getName(), window.getStart(), window.getEnd(), window.getMute());
  }
}
