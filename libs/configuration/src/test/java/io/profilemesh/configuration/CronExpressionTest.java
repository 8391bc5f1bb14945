package io.profilemesh.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @ValueSource(
      strings = {"0 2 * * *", "*/15 * * * *", "0,30 8-18 * * MON-FRI", "5 4 1 JAN 0", "0 0 * * 7"})
  void shouldAcceptFiveFields(String text) {
    assertThat(CronExpression.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "*/0 * * * *",
        "5-1 * * * *",
        "a * * * *",
        "1,,2 * * * *",
        "1-2-3 * * * *",
        "0 0 31 2 *"
      })
  void shouldRefuseAnythingElse(String text) {
    assertThatThrownBy(() -> CronExpression.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0 2 * * *; 2026-11-20T02:00:00Z; 2026-11-21T02:00:00Z",
        "0 2 * * *; 2026-11-20T01:59:59.999Z; 2026-11-20T02:00:00Z",
        "*/20 * * * *; 2026-11-20T10:20:00Z; 2026-11-20T10:40:00Z",
        "10/20 * * * *; 2026-11-20T10:31:00Z; 2026-11-20T10:50:00Z",
        "0 0 29 2 *; 2026-01-01T00:00:00Z; 2028-02-29T00:00:00Z",
        "0 0 29 2 1; 2026-02-01T00:00:00Z; 2026-02-02T00:00:00Z",
        "0 0 13 * 5; 2026-12-11T00:00:00Z; 2026-12-13T00:00:00Z",
        "0 0 * * 7; 2026-11-20T00:00:00Z; 2026-11-22T00:00:00Z",
        "30 8 * * MON-FRI; 2026-11-20T09:00:00Z; 2026-11-23T08:30:00Z"
      })
  void shouldFireNext(String text, Instant after, Instant expected) {
    assertThat(CronExpression.parse(text).next(after, ZoneOffset.UTC)).hasValue(expected);
  }

  @Test
  void shouldReadTheExpressionInItsZone() {
    assertThat(
            CronExpression.parse("0 2 * * *")
                .next(Instant.parse("2026-07-01T00:00:00Z"), ZoneId.of("Asia/Kolkata")))
        .hasValue(Instant.parse("2026-07-01T20:30:00Z"));
  }

  @Test
  void shouldFireAtTheGapWhenTheClocksSkipItsTime() {
    assertThat(firings("30 2 * * *", "2026-03-28T12:00", 3))
        .containsExactly(
            "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00", "2026-03-31T02:30+02:00");
    assertThat(firings("0,15,30 2 * * *", "2026-03-28T12:00", 2))
        .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00");
  }

  @Test
  void shouldFireOnceWhenTheClocksShowItsTimeTwice() {
    assertThat(firings("30 2 * * *", "2026-10-24T12:00", 2))
        .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
    assertThat(firings("0 2-3 * * *", "2026-10-24T12:00", 3))
        .containsExactly(
            "2026-10-25T02:00+02:00", "2026-10-25T03:00+01:00", "2026-10-26T02:00+01:00");
  }

  @Test
  void shouldGoByElapsedTimeWhenItFiresEveryHour() {
    assertThat(firings("*/30 * * * *", "2026-03-29T01:00", 3))
        .containsExactly(
            "2026-03-29T01:30+01:00", "2026-03-29T03:00+02:00", "2026-03-29T03:30+02:00");
    assertThat(firings("*/30 * * * *", "2026-10-25T01:30", 5))
        .containsExactly(
            "2026-10-25T02:00+02:00",
            "2026-10-25T02:30+02:00",
            "2026-10-25T02:00+01:00",
            "2026-10-25T02:30+01:00",
            "2026-10-25T03:00+01:00");
  }

  /** Against the plainest definition there is, on days without a change of clocks. */
  @Test
  void shouldAgreeWithLookingAtEveryMinute() {
    Random random = new Random(42);
    for (int i = 0; i < 300; i++) {
      int minute = random.nextInt(60);
      int hour = random.nextInt(24);
      int weekday = random.nextInt(7);
      Instant after = Instant.parse("2026-05-01T00:00:00Z").plusSeconds(random.nextInt(2_000_000));
      CronExpression cron = CronExpression.parse(minute + " " + hour + " * * " + weekday);

      ZonedDateTime expected = after.atZone(BERLIN).withSecond(0).withNano(0).plusMinutes(1);
      while (expected.getMinute() != minute
          || expected.getHour() != hour
          || expected.getDayOfWeek().getValue() % 7 != weekday) {
        expected = expected.plusMinutes(1);
      }

      assertThat(cron.next(after, BERLIN)).hasValue(expected.toInstant());
    }
  }

  private static List<String> firings(String text, String after, int count) {
    CronExpression cron = CronExpression.parse(text);
    List<String> firings = new ArrayList<>();
    Instant instant = LocalDateTime.parse(after).atZone(BERLIN).toInstant();
    for (int i = 0; i < count; i++) {
      Optional<Instant> next = cron.next(instant, BERLIN);
      instant = next.orElseThrow();
      firings.add(OffsetDateTime.ofInstant(instant, BERLIN).toString());
    }
    return firings;
  }
}
