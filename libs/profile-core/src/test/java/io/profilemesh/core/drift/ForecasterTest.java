package io.profilemesh.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ForecasterTest {

  private static Forecast next(int count, IntToDoubleFunction number) {
    return next(count, number, StrategyKind.AUTO);
  }

  private static Forecast next(int count, IntToDoubleFunction number, StrategyKind strategy) {
    double[] series = new double[count];
    Arrays.setAll(series, number);
    int[] phases = new int[count + 1];
    Arrays.setAll(phases, day -> day % 7);
    return new Forecaster(series, phases).next(strategy).orElseThrow();
  }

  @Test
  void shouldNeverBeWrongWhenNothingMoves() {
    // when
    Forecast forecast = next(10, day -> 4);

    // then
    assertThat(forecast.constant()).isTrue();
    assertThat(forecast.expected()).isEqualTo(4);
    assertThat(forecast.scale()).isZero();
  }

  @Test
  void shouldTakeThePhaseWhenNumbersFollowTheWeek() {
    // given: day 42 is the seventh of a phase
    Random random = new Random(5);
    IntToDoubleFunction weekly = day -> 100 + 20 * (day % 7) + random.nextGaussian();

    // when
    Forecast forecast = next(42, weekly);

    // then
    assertThat(forecast.method()).startsWith("phase");
    assertThat(forecast.expected()).isCloseTo(100, within(2.0));
    assertThat(forecast.scale()).isBetween(0.8, 2.0);
  }

  @Test
  void shouldCarryATrendOn() {
    // given
    Random random = new Random(6);

    // when
    Forecast forecast = next(40, day -> 5.0 * day + 0.1 * random.nextGaussian());

    // then
    assertThat(forecast.method()).isEqualTo("trend");
    assertThat(forecast.expected()).isCloseTo(200, within(1.0));
  }

  @Test
  void shouldKeepToTheStrategy() {
    // given
    IntToDoubleFunction weekly = day -> 100 + 20 * (day % 7) + day * 0.01;

    // when / then
    assertThat(next(42, weekly, StrategyKind.WINDOW).method()).doesNotStartWith("phase");
    assertThat(next(42, weekly, StrategyKind.SEASONAL).method()).startsWith("phase");
    assertThat(next(10, day -> day % 3, StrategyKind.SEASONAL))
        .isEqualTo(next(10, day -> day % 3, StrategyKind.WINDOW));
  }

  @Test
  void shouldGiveNoForecastWhenThereIsTooLittle() {
    assertThat(new Forecaster(new double[0], new int[1]).next(StrategyKind.AUTO)).isEmpty();
    assertThat(new Forecaster(new double[] {1, 2, 3, 4}, new int[5]).next(StrategyKind.AUTO))
        .isEmpty();
  }
}
