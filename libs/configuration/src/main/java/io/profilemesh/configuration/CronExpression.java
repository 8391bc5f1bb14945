package io.profilemesh.configuration;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.BitSet;
import java.util.Optional;

/**
 * A cron expression of five fields: minute, hour, day of month, month, day of week.
 *
 * <p>When clocks change, as with the cron of most systems: a time that the clocks skip fires at the
 * moment they skip it, a time that they show twice fires the first time, and an expression for
 * every hour goes by elapsed time. Where both day fields are restricted, either may match.
 */
public final class CronExpression {

  /** The longest wait there is: for a 29 February over a century's turn, on any day of the week. */
  private static final int MOST_DAYS = 41 * 366;

  private static final int HOURS = 24;

  private final String text;
  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet days;
  private final BitSet months;
  private final BitSet weekdays;
  private final boolean eitherDay;

  private CronExpression(String text, String[] fields) {
    this.text = text;
    this.minutes = CronField.MINUTE.parse(fields[0]);
    this.hours = CronField.HOUR.parse(fields[1]);
    this.days = CronField.DAY.parse(fields[2]);
    this.months = CronField.MONTH.parse(fields[3]);
    this.weekdays = CronField.WEEKDAY.parse(fields[4]);
    this.eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException with a sentence that names the wrong field
   */
  public static CronExpression parse(String text) {
    String[] fields = text.trim().split("\\s+");
    if (fields.length != 5) {
      throw new IllegalArgumentException(
          "it must have five fields: minute, hour, day of month, month, day of week, such as"
              + " '0 2 * * *'");
    }
    CronExpression expression = new CronExpression(String.join(" ", fields), fields);
    if (expression.next(Instant.EPOCH, ZoneOffset.UTC).isEmpty()) {
      throw new IllegalArgumentException("it never fires: no month has that day");
    }
    return expression;
  }

  /** The first instant after another at which it fires; empty when there is none. */
  public Optional<Instant> next(Instant after, ZoneId zone) {
    return hours.cardinality() == HOURS ? nextByElapsedTime(after, zone) : nextByWall(after, zone);
  }

  /**
   * Every wall-clock time once, in order: what the clocks skip or repeat is mapped to one instant.
   */
  private Optional<Instant> nextByWall(Instant after, ZoneId zone) {
    LocalDate first = after.atZone(zone).toLocalDate().minusDays(1);
    for (int i = 0; i <= MOST_DAYS; i++) {
      LocalDate date = first.plusDays(i);
      if (!isDay(date)) {
        continue;
      }
      for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
        for (int minute = minutes.nextSetBit(0);
            minute >= 0;
            minute = minutes.nextSetBit(minute + 1)) {
          Instant instant = instantOf(date.atTime(hour, minute), zone);
          if (instant.isAfter(after)) {
            return Optional.of(instant);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Instant instantOf(LocalDateTime wall, ZoneId zone) {
    ZoneOffsetTransition transition = zone.getRules().getTransition(wall);
    return transition != null && transition.isGap()
        ? transition.getInstant()
        : wall.atZone(zone).toInstant();
  }

  private Optional<Instant> nextByElapsedTime(Instant after, ZoneId zone) {
    ZonedDateTime time = after.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    for (int i = 0; i <= MOST_DAYS; i++) {
      LocalDate date = time.toLocalDate();
      if (isDay(date)) {
        for (; time.toLocalDate().equals(date); time = time.plusMinutes(1)) {
          if (minutes.get(time.getMinute())) {
            return Optional.of(time.toInstant());
          }
        }
      } else {
        time = date.plusDays(1).atTime(LocalTime.MIDNIGHT).atZone(zone);
      }
    }
    return Optional.empty();
  }

  private boolean isDay(LocalDate date) {
    boolean day = days.get(date.getDayOfMonth());
    boolean weekday = weekdays.get(date.getDayOfWeek().getValue() % 7);
    return months.get(date.getMonthValue()) && (eitherDay ? day || weekday : day && weekday);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronExpression cron && cron.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The expression, fields separated by single blanks. */
  @Override
  public String toString() {
    return text;
  }
}
