package io.profilemesh.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.configuration.SliceCalendar.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceCalendarTest {

  private static final Instant NOW = Instant.parse("2024-03-01T10:30:00Z");

  @Test
  void shouldBeginPeriodsWherePeopleExpectThem() {
    assertThat(startOf(Duration.ofHours(1))).isEqualTo("2024-03-01T10:00:00Z");
    assertThat(startOf(Duration.ofHours(6))).isEqualTo("2024-03-01T06:00:00Z");
    assertThat(startOf(Period.ofDays(1))).isEqualTo("2024-03-01T00:00:00Z");
    assertThat(startOf(Period.ofWeeks(1))).as("a Monday").isEqualTo("2024-02-26T00:00:00Z");
    assertThat(startOf(Period.ofMonths(1))).isEqualTo("2024-03-01T00:00:00Z");
    assertThat(startOf(Period.ofMonths(3))).isEqualTo("2024-01-01T00:00:00Z");
    assertThat(startOf(Period.ofYears(1))).isEqualTo("2024-01-01T00:00:00Z");
  }

  @Test
  void shouldGiveClosedPeriodsOnly() {
    List<Span> months = calendar(Period.ofMonths(1)).closedBefore(NOW, 2);

    assertThat(months)
        .containsExactly(
            new Span(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-02-01T00:00:00Z")),
            new Span(Instant.parse("2024-02-01T00:00:00Z"), Instant.parse("2024-03-01T00:00:00Z")));
    Instant midnight = Instant.parse("2024-03-01T00:00:00Z");
    assertThat(calendar(Period.ofDays(1)).closedBefore(midnight, 1).get(0).end())
        .as("the day that has just ended is closed")
        .isEqualTo(midnight);
  }

  @Test
  void shouldSplitRangesThatBeginAndEndWithPeriods() {
    SliceCalendar days = calendar(Period.ofDays(1));
    Instant start = Instant.parse("2024-02-28T00:00:00Z");

    assertThat(days.exactly(start, NOW.minus(Duration.ofMinutes(630)), 10))
        .hasValueSatisfying(spans -> assertThat(spans).hasSize(2));
    assertThat(days.exactly(start, NOW, 10)).isEmpty();
    assertThat(days.exactly(start.plusSeconds(1), NOW, 10)).isEmpty();
    assertThat(days.exactly(start, Instant.parse("2024-03-10T00:00:00Z"), 10)).isEmpty();
  }

  @Test
  void shouldCountBackBeyondTheEpoch() {
    Instant before = Instant.parse("1969-12-31T23:59:59Z");

    assertThat(calendar(Period.ofMonths(1)).containing(before).start())
        .isEqualTo(Instant.parse("1969-12-01T00:00:00Z"));
    assertThat(calendar(Duration.ofMinutes(7)).containing(before).end()).isAfter(before);
  }

  @Test
  void shouldRefuseLengthsWithoutACalendar() {
    assertThat(SliceCalendar.of(Period.of(0, 1, 1))).isEmpty();
    assertThat(SliceCalendar.of(Duration.ofMillis(10))).isEmpty();
    assertThat(SliceCalendar.of(Period.ZERO)).isEmpty();
  }

  private static String startOf(TemporalAmount length) {
    return calendar(length).containing(NOW).start().toString();
  }

  private static SliceCalendar calendar(TemporalAmount length) {
    return SliceCalendar.of(length).orElseThrow();
  }
}
