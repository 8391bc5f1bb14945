package io.profilemesh.core.drift;

import io.profilemesh.core.statistics.OrderStatistics;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A series whose level changed as people expected: what was before is moved to the new level, so
 * that the change itself is neither a trend nor an error of any forecast, and what the numbers do
 * around their level stays known. A number that came back at once has no new level.
 */
final class Levels {

  private static final int BEFORE = 7;
  private static final int AFTER = 5;
  private static final int FEWEST_AFTER = 2;

  private Levels() {}

  /**
   * The series at its present level.
   *
   * @param values oldest first
   * @param at place in time of each
   * @param since first runs of new levels, in the order of time
   */
  static double[] present(double[] values, Instant[] at, List<Instant> since) {
    double[] moved = values;
    for (int i = 0; i < since.size(); i++) {
      int first = place(at, since.get(i));
      int next = i + 1 < since.size() ? place(at, since.get(i + 1)) : at.length;
      int after = Math.min(next, first + AFTER);
      if (first > 0 && after - first >= FEWEST_AFTER) {
        moved = moved(moved, first, after);
      }
    }
    return moved;
  }

  private static int place(Instant[] at, Instant start) {
    int place = 0;
    while (place < at.length && at[place].isBefore(start)) {
      place++;
    }
    return place;
  }

  private static double[] moved(double[] values, int first, int end) {
    double before = median(values, Math.max(0, first - BEFORE), first);
    double after = median(values, first, end);
    boolean stayed = Math.abs(after - values[first]) < Math.abs(after - before);
    if (!stayed) {
      return values;
    }
    double[] moved = values.clone();
    for (int i = 0; i < first; i++) {
      moved[i] += after - before;
    }
    return moved;
  }

  private static double median(double[] values, int from, int to) {
    return OrderStatistics.median(Arrays.copyOfRange(values, from, to));
  }
}
