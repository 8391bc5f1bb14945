package io.profilemesh.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.statistics.OrderStatistics;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Beside the same forecasts made the slow way, each from its own sorted window. */
class PastForecastsTest {

  private static final int SERIES = 400;

  private final Random random = new Random(29);

  @Test
  void shouldSayWhatSortedWindowsSay() {
    for (int i = 0; i < SERIES; i++) {
      // given
      double[] series = series();
      int[] phases = phases(series.length);

      // when
      PastForecasts past = new PastForecasts(series, phases);

      // then
      for (int at = PastForecasts.FIRST; at <= series.length; at++) {
        assertThat(at(at, past.last())).isEqualTo(median(series, at - 3, at));
        assertThat(at(at, past.recent())).isEqualTo(median(series, at - 7, at));
        assertThat(at(at, past.all())).isEqualTo(median(series, 0, at));
        assertThat(at(at, past.trend())).isEqualTo(trend(series, at));
        assertThat(at(at, past.recentOfPhase())).isEqualTo(ofPhase(series, phases, at, 3));
        assertThat(at(at, past.allOfPhase())).isEqualTo(ofPhase(series, phases, at, 1_000));
      }
    }
  }

  /** An object, so that "none" is equal to itself. */
  private static Double at(int place, double[] forecasts) {
    return forecasts[place];
  }

  private double[] series() {
    double[] series = new double[7 + random.nextInt(60)];
    int kind = random.nextInt(4);
    for (int i = 0; i < series.length; i++) {
      series[i] =
          switch (kind) {
            case 0 -> random.nextGaussian();
            case 1 -> random.nextInt(3);
            case 2 -> 5 * i + random.nextInt(4);
            default -> random.nextInt(20) == 0 ? 1e12 : 0.1 * random.nextInt(50);
          };
    }
    return series;
  }

  private int[] phases(int count) {
    int season = 1 + random.nextInt(12);
    int[] phases = new int[count + 1];
    Arrays.setAll(phases, i -> i % season);
    return phases;
  }

  private static Double trend(double[] series, int at) {
    int count = Math.min(14, at - 1);
    if (count < 3) {
      return Double.NaN;
    }
    double[] steps = new double[count];
    for (int i = 0; i < count; i++) {
      steps[i] = series[at - 1 - i] - series[at - 2 - i];
    }
    double step = OrderStatistics.median(steps);
    return OrderStatistics.median(
        new double[] {series[at - 1] + step, series[at - 2] + 2 * step, series[at - 3] + 3 * step});
  }

  private static Double ofPhase(double[] series, int[] phases, int at, int most) {
    double[] of = new double[at];
    int count = 0;
    for (int i = at - 1; i >= 0 && count < most; i--) {
      if (phases[i] == phases[at]) {
        of[count++] = series[i];
      }
    }
    return count < 2 ? Double.NaN : OrderStatistics.median(Arrays.copyOf(of, count));
  }

  private static Double median(double[] series, int from, int to) {
    return OrderStatistics.median(Arrays.copyOfRange(series, Math.max(0, from), to));
  }
}
