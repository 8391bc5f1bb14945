package io.profilemesh.judgement.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.FrequentValues.FrequentValue;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricNumbers;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.judgement.memory.ColumnHistories.Kept;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known without reading the bytes is what reading them says. */
class KeptHistoryTest {

  private static final int RUNS = 150;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void shouldKnowWhatReadingTheBytesSays(long seed) {
    // given: a column of some kind, one way through memory alone, another through bytes
    Random random = new Random(seed);
    int categories = random.nextInt(40);
    ColumnHistory known = ColumnHistory.EMPTY;
    ColumnHistory read = ColumnHistory.EMPTY;
    for (int run = 0; run < RUNS; run++) {
      ColumnPoint point = point(run, categories, random);
      int oldest = random.nextInt(20) == 0 ? run - random.nextInt(50) : run - 59;
      int corrected = random.nextInt(10) == 0 ? run - random.nextInt(12) : -1;

      // when
      Kept kept = ColumnHistories.keep(next(known, point, oldest, corrected));
      byte[] bytes = ColumnHistories.encode(next(read, point, oldest, corrected));
      known = kept.history();
      read = ColumnHistories.decode(bytes);

      // then
      assertThat(kept.bytes()).isEqualTo(bytes);
      assertThat(known).isEqualTo(read);
    }
  }

  @Test
  void shouldLeaveMostOfALongHistoryAlone() {
    // given
    Random random = new Random(3);
    ColumnHistory history = ColumnHistory.EMPTY;
    for (int run = 0; run < RUNS; run++) {
      history = ColumnHistories.keep(next(history, plain(run, random), run - 59, -1)).history();
    }

    // when
    ColumnHistory after =
        ColumnHistories.keep(next(history, plain(RUNS, random), RUNS - 59, -1)).history();

    // then: but the oldest, which left, and the one that lost digits
    List<ColumnPoint> before = history.points();
    long same = after.points().stream().filter(one -> isAmong(before, one)).count();
    assertThat(same).isEqualTo(58);
  }

  private static boolean isAmong(List<ColumnPoint> points, ColumnPoint wanted) {
    return points.stream().anyMatch(point -> point == wanted);
  }

  private static ColumnHistory next(
      ColumnHistory history, ColumnPoint point, int oldest, int corrected) {
    return history.retaining(sequence -> sequence >= oldest && sequence != corrected).with(point);
  }

  private static ColumnPoint plain(int run, Random random) {
    MetricNumbers metrics =
        MetricNumbers.builder()
            .put(Metric.NULL_COUNT, random.nextInt(100))
            .put(Metric.MEAN, random.nextGaussian())
            .build();
    return new ColumnPoint(run, definition(0), metrics, null, null);
  }

  private static ColumnPoint point(int run, int categories, Random random) {
    int scale = random.nextInt(30) == 0 ? 1_000 : 1;
    int kind = random.nextInt(25) == 0 ? 1 : 0;
    boolean profiled = random.nextInt(15) > 0;
    return new ColumnPoint(
        run,
        definition(kind),
        profiled ? metrics(random) : null,
        profiled && random.nextInt(10) > 0 ? quantiles(scale, random) : null,
        profiled && categories > 0 ? frequent(categories, random) : null);
  }

  private static ColumnDefinition definition(int kind) {
    return new ColumnDefinition(
        new ColumnName("price"), 3, "numeric(" + kind + ")", ColumnType.DECIMAL, true, null);
  }

  private static MetricNumbers metrics(Random random) {
    double distinct = random.nextInt(1_000_000);
    MetricNumbers.Builder metrics =
        MetricNumbers.builder()
            .put(Metric.NULL_COUNT, random.nextInt(1_000))
            .put(Metric.MEAN, 1e6 + random.nextGaussian())
            .put(Metric.SKEWNESS, random.nextGaussian())
            .put(Metric.MIN, random.nextInt(100) / 100.0);
    return random.nextBoolean()
        ? metrics.put(Metric.DISTINCT_COUNT, distinct).build()
        : metrics
            .put(
                Metric.DISTINCT_COUNT,
                distinct,
                random.nextBoolean() ? Quality.APPROXIMATE : Quality.ESTIMATE,
                distinct * 0.97,
                distinct * (1 + 0.03 * random.nextDouble()))
            .build();
  }

  private static Quantiles quantiles(int scale, Random random) {
    double centre = 1e4 * random.nextGaussian();
    return new Quantiles(
        Quantiles.RANKS,
        IntStream.range(0, Quantiles.RANKS.size())
            .mapToObj(i -> centre + scale * (i + 0.9 * random.nextDouble()))
            .toList(),
        0.0133);
  }

  /** Complete or not, often with equal counts, whose order nothing but the list says. */
  private static FrequentValues frequent(int categories, Random random) {
    List<FrequentValue> values = new ArrayList<>();
    long total = 0;
    for (int i = 0; i < categories; i++) {
      long count = random.nextInt(3) == 0 ? 100 : 1 + random.nextInt(10_000);
      if (random.nextInt(8) > 0) {
        values.add(
            new FrequentValue(text(i), i % 3 == 0 ? null : "hash of category " + i, count, 0));
        total += count;
      }
    }
    values.sort(Comparator.comparingLong(FrequentValue::count).reversed());
    return new FrequentValues(
        values, random.nextBoolean() ? total : total + random.nextInt(1_000), Quality.EXACT);
  }

  private static @Nullable String text(int category) {
    return category % 3 == 0 ? (category % 2 == 0 ? "c" : "long ".repeat(9)) + category : null;
  }
}
