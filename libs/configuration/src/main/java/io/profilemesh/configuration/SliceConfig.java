package io.profilemesh.configuration;

import java.time.Period;
import java.time.temporal.TemporalAmount;

/**
 * A time slice of a table.
 *
 * @param name the part of the dataset id behind the at sign
 * @param column timestamp column that decides the period
 * @param period length of a slice: a {@link Period} of months or of days, or a {@link
 *     java.time.Duration}
 */
public record SliceConfig(String name, String column, TemporalAmount period) {

  public SliceConfig {
    if (SliceCalendar.of(period).isEmpty()) {
      throw new IllegalArgumentException("a period is of months or of days, hours and the like");
    }
  }

  /** The periods of the slice. */
  public SliceCalendar calendar() {
    return SliceCalendar.of(period).orElseThrow();
  }
}
