package io.profilemesh.core.drift;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;

/**
 * The phase of each run in the season that suits how often a dataset is profiled: the hour of the
 * day for runs some hours apart, the day of the week for daily ones, the month of the year for
 * monthly ones. Times are UTC.
 */
final class RunPhases {

  private static final Duration DAILY = Duration.ofHours(16);
  private static final Duration WEEKLY = Duration.ofDays(4);
  private static final Duration MONTHLY = Duration.ofDays(20);

  private RunPhases() {}

  /** Phases in the order of the instants; all 0 where no season suits. */
  static int[] of(List<Instant> instants) {
    long[] gaps = new long[Math.max(0, instants.size() - 1)];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = Duration.between(instants.get(i), instants.get(i + 1)).abs().toMillis();
    }
    Arrays.sort(gaps);
    Duration usual = Duration.ofMillis(gaps.length == 0 ? 0 : gaps[gaps.length / 2]);
    return instants.stream().mapToInt(at -> phase(at.atZone(ZoneOffset.UTC), usual)).toArray();
  }

  private static int phase(ZonedDateTime at, Duration gap) {
    if (gap.compareTo(DAILY) < 0) {
      return at.getHour();
    }
    if (gap.compareTo(WEEKLY) < 0) {
      return at.getDayOfWeek().getValue();
    }
    return gap.compareTo(MONTHLY) < 0 ? 0 : at.getMonthValue();
  }
}
