package io.profilemesh.profiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.configuration.CronExpression;
import io.profilemesh.configuration.MissedPolicy;
import io.profilemesh.configuration.ScheduleConfig;
import io.profilemesh.profiler.schedule.Firings.Pause;
import io.profilemesh.profiler.schedule.Firings.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class FiringsTest {

  private static final Duration LATE = Duration.ofMinutes(5);
  private static final Instant MONDAY = Instant.parse("2026-11-23T02:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-24T02:00:00Z");
  private static final Instant WEDNESDAY = Instant.parse("2026-11-25T02:00:00Z");

  private MissedPolicy missed = MissedPolicy.SKIP;
  private Pause pause = Pause.NEVER;

  @Test
  void shouldWaitUntilItIsTime() {
    Step step = step(MONDAY, TUESDAY.minusMillis(1));

    assertThat(step.isNothing(MONDAY)).isTrue();
  }

  @Test
  void shouldFireOnTime() {
    assertThat(step(MONDAY, TUESDAY)).isEqualTo(new Step(TUESDAY, TUESDAY, 0));
    assertThat(step(MONDAY, TUESDAY.plus(LATE))).isEqualTo(new Step(TUESDAY, TUESDAY, 0));
  }

  @Test
  void shouldGiveUpWhatADowntimeMissedWhenSkipping() {
    assertThat(step(MONDAY, TUESDAY.plus(LATE).plusMillis(1)))
        .isEqualTo(new Step(null, TUESDAY, 1));
    assertThat(step(MONDAY, WEDNESDAY.plus(Duration.ofHours(3))))
        .isEqualTo(new Step(null, WEDNESDAY, 2));
  }

  @Test
  void shouldMakeUpOnceForAllThatADowntimeMissed() {
    missed = MissedPolicy.ONCE;

    assertThat(step(MONDAY, WEDNESDAY.plus(Duration.ofHours(3))))
        .isEqualTo(new Step(WEDNESDAY, WEDNESDAY, 1));
  }

  @Test
  void shouldFireTheOneThatIsOnTimeWhenOthersWereMissed() {
    assertThat(step(MONDAY, WEDNESDAY)).isEqualTo(new Step(WEDNESDAY, WEDNESDAY, 1));
  }

  @Test
  void shouldLetFiringsPassWhilePaused() {
    pause = new Pause(true, MONDAY);

    assertThat(step(MONDAY, TUESDAY)).isEqualTo(new Step(null, TUESDAY, 1));
    assertThat(step(MONDAY, TUESDAY.minusMillis(1)).isNothing(MONDAY)).isTrue();
  }

  @Test
  void shouldNotMakeUpForWhatAPauseLetPass() {
    missed = MissedPolicy.ONCE;
    pause = new Pause(false, TUESDAY.plus(Duration.ofHours(1)));

    assertThat(step(MONDAY, TUESDAY.plus(Duration.ofHours(2))))
        .isEqualTo(new Step(null, TUESDAY, 1));
    assertThat(step(MONDAY, WEDNESDAY)).isEqualTo(new Step(WEDNESDAY, WEDNESDAY, 1));
  }

  @Test
  void shouldFireOnceOnTheDayWithTwoHoursOfTheSameName() {
    ScheduleConfig berlin =
        new ScheduleConfig(
            "p", CronExpression.parse("30 2 * * *"), ZoneId.of("Europe/Berlin"), MissedPolicy.SKIP);
    Instant first = Instant.parse("2026-10-25T00:30:00Z");

    Step fired = Firings.step(berlin, first.minusSeconds(60), Pause.NEVER, first, LATE);
    Step again = Firings.step(berlin, first, Pause.NEVER, first.plusSeconds(3600), LATE);

    assertThat(fired.fireFor()).isEqualTo(first);
    assertThat(again.isNothing(first)).isTrue();
  }

  private Step step(Instant consideredUntil, Instant now) {
    ScheduleConfig daily =
        new ScheduleConfig("p", CronExpression.parse("0 2 * * *"), ZoneId.of("UTC"), missed);
    return Firings.step(daily, consideredUntil, pause, now, LATE);
  }
}
