package io.profilemesh.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LevelsTest {

  private static final Instant START = Instant.parse("2026-03-02T06:00:00Z");

  private static Instant day(int day) {
    return START.plus(Duration.ofDays(day));
  }

  private static double[] present(List<Instant> since, double... values) {
    Instant[] at = new Instant[values.length];
    Arrays.setAll(at, LevelsTest::day);
    return Levels.present(values, at, since);
  }

  @Test
  void shouldMoveThePastToALevelThatStayed() {
    assertThat(present(List.of(day(3)), 2, 3, 2, 20, 21)).containsExactly(20.5, 21.5, 20.5, 20, 21);
  }

  @Test
  void shouldLeaveThePastWhenTheNumberCameBack() {
    assertThat(present(List.of(day(3)), 2, 3, 2, 20, 2, 3)).containsExactly(2, 3, 2, 20, 2, 3);
  }

  @Test
  void shouldWaitForASecondRun() {
    assertThat(present(List.of(day(3)), 2, 3, 2, 20)).containsExactly(2, 3, 2, 20);
  }

  @Test
  void shouldMoveStepByStepWhenTheLevelChangedTwice() {
    assertThat(present(List.of(day(2), day(4)), 1, 1, 5, 5, 9, 9))
        .containsExactly(9, 9, 9, 9, 9, 9);
  }

  @Test
  void shouldNotMindChangesOutsideOfTheSeries() {
    assertThat(present(List.of(day(-1), day(9)), 1, 2, 3)).containsExactly(1, 2, 3);
  }
}
