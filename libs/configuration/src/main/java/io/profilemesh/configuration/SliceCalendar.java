package io.profilemesh.configuration;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The periods of a slice: one after another without a gap, in UTC. Days begin at midnight, weeks on
 * Monday, months and years on their first day; longer ones, and periods below a day, are counted
 * from the beginning of 1970.
 */
public final class SliceCalendar {

  private static final Duration DAY = Duration.ofDays(1);

  /** 5 January 1970 was a Monday. */
  private static final long FIRST_MONDAY = 4;

  private final int months;
  private final long millis;
  private final long anchor;

  private SliceCalendar(int months, long millis, long anchor) {
    this.months = months;
    this.millis = millis;
    this.anchor = anchor;
  }

  /** The calendar of periods of that length; empty when months and days are mixed. */
  public static Optional<SliceCalendar> of(TemporalAmount length) {
    if (length instanceof Duration duration) {
      return ofDuration(duration);
    }
    if (!(length instanceof Period period)) {
      return Optional.empty();
    }
    if (period.toTotalMonths() == 0) {
      return ofDuration(Duration.ofDays(period.getDays()));
    }
    boolean plain = period.getDays() == 0 && period.toTotalMonths() > 0;
    return plain && period.toTotalMonths() <= 12_000
        ? Optional.of(new SliceCalendar((int) period.toTotalMonths(), 0, 0))
        : Optional.empty();
  }

  private static Optional<SliceCalendar> ofDuration(Duration length) {
    if (length.compareTo(Duration.ofSeconds(1)) < 0 || length.toDays() > 366_000) {
      return Optional.empty();
    }
    boolean weeks = length.toMillis() % DAY.multipliedBy(7).toMillis() == 0;
    long anchor = weeks ? DAY.multipliedBy(FIRST_MONDAY).toMillis() : 0;
    return Optional.of(new SliceCalendar(0, length.toMillis(), anchor));
  }

  /**
   * One period.
   *
   * @param start inclusive
   * @param end exclusive
   */
  public record Span(Instant start, Instant end) {}

  /** The period that an instant lies in. */
  public Span containing(Instant instant) {
    if (months > 0) {
      LocalDate day = LocalDate.ofInstant(instant, ZoneOffset.UTC);
      long month = (day.getYear() - 1970L) * 12 + day.getMonthValue() - 1;
      long first = Math.floorDiv(month, months) * months;
      return new Span(startOfMonth(first), startOfMonth(first + months));
    }
    long start = Math.floorDiv(instant.toEpochMilli() - anchor, millis) * millis + anchor;
    return new Span(Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + millis));
  }

  /** The newest closed periods, oldest first. */
  public List<Span> closedBefore(Instant now, int count) {
    Deque<Span> spans = new ArrayDeque<>();
    Instant end = containing(now).start();
    while (spans.size() < count) {
      Span span = containing(end.minusMillis(1));
      spans.addFirst(span);
      end = span.start();
    }
    return List.copyOf(spans);
  }

  /**
   * The periods that together are exactly the range, oldest first; empty when its ends are not ends
   * of periods, or there are more than the limit.
   */
  public Optional<List<Span>> exactly(Instant start, Instant end, int limit) {
    List<Span> spans = new ArrayList<>();
    Instant at = start;
    while (at.isBefore(end) && spans.size() <= limit) {
      Span span = containing(at);
      if (!span.start().equals(at) || span.end().isAfter(end)) {
        return Optional.empty();
      }
      spans.add(span);
      at = span.end();
    }
    return spans.isEmpty() || spans.size() > limit ? Optional.empty() : Optional.of(spans);
  }

  private static Instant startOfMonth(long month) {
    return LocalDate.of(1970, 1, 1).plusMonths(month).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
