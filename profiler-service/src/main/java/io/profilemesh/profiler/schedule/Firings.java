package io.profilemesh.profiler.schedule;

import io.profilemesh.configuration.MissedPolicy;
import io.profilemesh.configuration.ScheduleConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a schedule does at an instant. A pure function of what is known. */
final class Firings {

  /** A schedule of every minute fires half a million times in a year's downtime. */
  private static final int MOST_COUNTED = 1_000_000;

  private Firings() {}

  /**
   * What is to be done.
   *
   * @param fireFor instant of the schedule that fires now, or null
   * @param consideredUntil instant up to which everything is settled then
   * @param missed firings given up
   */
  record Step(@Nullable Instant fireFor, Instant consideredUntil, long missed) {

    boolean isNothing(Instant before) {
      return fireFor == null && missed == 0 && consideredUntil.equals(before);
    }
  }

  /**
   * Decides.
   *
   * @param consideredUntil instant up to which everything is settled
   * @param pause what somebody said of the pipeline
   * @param lateAfter delay from which a firing counts as missed
   */
  static Step step(
      ScheduleConfig schedule,
      Instant consideredUntil,
      Pause pause,
      Instant now,
      Duration lateAfter) {
    if (pause.paused()) {
      Due passed = due(schedule, consideredUntil, now);
      return new Step(null, passed.lastOr(consideredUntil), passed.count());
    }
    Due paused = due(schedule, consideredUntil, pause.since());
    Instant start = paused.lastOr(consideredUntil);
    Due due = due(schedule, start, now);
    Instant last = due.last();
    if (last == null) {
      return new Step(null, start, paused.count());
    }
    boolean late = Duration.between(last, now).compareTo(lateAfter) > 0;
    boolean fires = !late || schedule.missed() == MissedPolicy.ONCE;
    return new Step(fires ? last : null, last, paused.count() + due.count() - (fires ? 1 : 0));
  }

  /** Firings after one instant and up to another. */
  private static Due due(ScheduleConfig schedule, Instant after, Instant until) {
    Instant last = null;
    long count = 0;
    Optional<Instant> next = schedule.next(after);
    while (next.isPresent() && !next.get().isAfter(until) && count < MOST_COUNTED) {
      last = next.get();
      count++;
      next = schedule.next(last);
    }
    return new Due(last, count);
  }

  /**
   * Whether a pipeline is paused.
   *
   * @param since when somebody said so, or that it be resumed; firings up to then are not made
   */
  record Pause(boolean paused, Instant since) {

    /** Nobody said anything. */
    static final Pause NEVER = new Pause(false, Instant.EPOCH);
  }

  private record Due(@Nullable Instant last, long count) {
    Instant lastOr(Instant other) {
      return last == null ? other : last;
    }
  }
}
