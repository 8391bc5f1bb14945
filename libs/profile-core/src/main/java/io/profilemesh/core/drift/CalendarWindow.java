package io.profilemesh.core.drift;

import java.time.Instant;

/**
 * A special period, such as a holiday.
 *
 * @param start first instant, inclusive
 * @param end exclusive, after the start
 * @param mute true: no findings for runs of the period; false: they are judged, but no baseline is
 *     learned from them
 */
public record CalendarWindow(String name, Instant start, Instant end, boolean mute) {

  public CalendarWindow {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("a period ends after it starts");
    }
  }

  /** Whether an instant lies in the period. */
  public boolean covers(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }
}
