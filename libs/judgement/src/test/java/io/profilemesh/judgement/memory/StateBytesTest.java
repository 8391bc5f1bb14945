package io.profilemesh.judgement.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.profilemesh.core.drift.Category;
import io.profilemesh.core.drift.RunPoint;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.FrequentValues.FrequentValue;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.judgement.memory.CompactNumber.Digits;
import io.profilemesh.judgement.memory.DatasetState.JudgedRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StateBytesTest {

  private static final ColumnDefinition PRICE =
      new ColumnDefinition(
          new ColumnName("unit_price"), 3, "numeric(12,2)", ColumnType.DECIMAL, false, null);

  @Test
  void shouldStayBelowFourKilobytesWhenSixtyRunsAreAsBadAsTheyGet() {
    // given: every metric there, every number random, every count large
    Random random = new Random(4);
    ColumnHistory history = ColumnHistory.EMPTY;
    for (int run = 0; run < DatasetState.MOST_RUNS; run++) {
      history =
          history.with(
              new ColumnPoint(
                  1_000_000 + run, PRICE, numbers(random), quantiles(random), categories(random)));
    }

    // when
    byte[] bytes = ColumnHistories.encode(history);

    // then
    System.out.println("bytes of a numeric column at 60 runs, worst case: " + bytes.length);
    assertThat(bytes.length).isLessThanOrEqualTo(4_096);
    assertThat(ColumnHistories.decode(bytes).points().size()).isEqualTo(60);
  }

  @Test
  void shouldBeSmallWhenColumnsAreOrdinary() {
    // given
    Profiles profiles = Profiles.orders().withRowCount(3_000_000);
    int total = 0;

    // when
    List<ColumnProfile> columns = profiles.build().columnProfiles();
    for (ColumnProfile column : columns) {
      ColumnHistory history = ColumnHistory.EMPTY;
      for (int run = 0; run < DatasetState.MOST_RUNS; run++) {
        history =
            history.with(
                new ColumnPoint(
                    run,
                    column.column(),
                    column.metrics(),
                    column.quantiles(),
                    column.frequentValues()));
      }
      total += ColumnHistories.encode(history).length;
    }

    // then
    System.out.println("bytes of a column at 60 runs, orders: " + total / columns.size());
    assertThat(total / columns.size()).isLessThan(2_048);
  }

  @Test
  void shouldForgetTheOldestRunsWhenAColumnIsTooOdd() {
    // given: another long type in every run
    ColumnHistory history = ColumnHistory.EMPTY;
    for (int run = 0; run < DatasetState.MOST_RUNS; run++) {
      ColumnDefinition definition =
          new ColumnDefinition(
              new ColumnName("odd"),
              1,
              "enum_" + run + "x".repeat(200),
              ColumnType.OTHER,
              null,
              null);
      history = history.with(new ColumnPoint(run, definition, Map.of(), null, null));
    }

    // when
    byte[] bytes = ColumnHistories.encode(history);

    // then
    assertThat(bytes.length).isLessThanOrEqualTo(ColumnHistories.MOST_BYTES);
    List<ColumnPoint> kept = ColumnHistories.decode(bytes).points();
    assertThat(kept).hasSizeGreaterThan(10);
    assertThat(kept.get(kept.size() - 1).sequence()).isEqualTo(59);
  }

  @Test
  void shouldReadBackExactlyWhatIsRecent() {
    // given
    Map<Metric, MetricValue> metrics = new EnumMap<>(Metric.class);
    metrics.put(Metric.NULL_COUNT, MetricValue.exact(17));
    metrics.put(Metric.MEAN, MetricValue.exact(Math.PI));
    metrics.put(Metric.MIN, MetricValue.exact(-0.01));
    metrics.put(Metric.MAX, MetricValue.exact(1e300));
    metrics.put(Metric.EARLIEST, MetricValue.exact(-62_135_596_800_000.0));
    metrics.put(Metric.DISTINCT_COUNT, MetricValue.approximate(1000, 950, 1050));
    metrics.put(Metric.AVERAGE_LENGTH, new MetricValue(4.5, null, Quality.ESTIMATE, null, null));
    ColumnHistory history =
        ColumnHistory.EMPTY
            .with(new ColumnPoint(7, PRICE, metrics, null, null))
            .with(new ColumnPoint(8, PRICE, null, null, null));

    // when
    ColumnHistory read = ColumnHistories.decode(ColumnHistories.encode(history));

    // then
    assertThat(read).isEqualTo(history);
  }

  @Test
  void shouldKeepSevenDigitsWhenAPointIsOld() {
    // given
    ColumnHistory history = ColumnHistory.EMPTY;
    for (int run = 0; run < 20; run++) {
      history =
          history.with(
              new ColumnPoint(
                  run, PRICE, Map.of(Metric.MEAN, MetricValue.exact(Math.PI + run)), null, null));
    }

    // when
    ColumnHistory read = ColumnHistories.decode(ColumnHistories.encode(history));

    // then
    assertThat(mean(read, 19)).isEqualTo(Math.PI + 19);
    assertThat(mean(read, 0)).isCloseTo(Math.PI, withinPercentage(1e-5));
  }

  @Test
  void shouldKeepMillisecondsOfDatesWhenAPointIsOld() {
    // given: microseconds, which no short decimal holds
    double latest = Instant.parse("2026-03-02T06:00:00Z").toEpochMilli() + 0.123;
    ColumnDefinition day =
        new ColumnDefinition(
            new ColumnName("placed_at"),
            3,
            "timestamptz",
            ColumnType.TIMESTAMP_WITH_ZONE,
            true,
            null);
    ColumnHistory history = ColumnHistory.EMPTY;
    for (int run = 0; run < DatasetState.MOST_RUNS; run++) {
      Map<Metric, MetricValue> metrics =
          Map.of(
              Metric.EARLIEST, MetricValue.exact(latest - 86_400_000.0 + run * 3_600_000.0),
              Metric.LATEST, MetricValue.exact(latest + run * 3_600_000.0));
      history = history.with(new ColumnPoint(run, day, metrics, null, null));
    }

    // when: rewritten twice, as the service does at every run
    byte[] bytes = ColumnHistories.encode(history);
    ColumnHistory read =
        ColumnHistories.decode(ColumnHistories.encode(ColumnHistories.decode(bytes)));

    // then
    for (ColumnPoint point : read.points()) {
      double wanted = latest + point.sequence() * 3_600_000.0;
      assertThat(number(point, Metric.LATEST)).isCloseTo(wanted, within(0.5));
      assertThat(number(point, Metric.EARLIEST)).isCloseTo(wanted - 86_400_000.0, within(0.5));
    }
    assertThat(number(read.points().get(59), Metric.LATEST)).isEqualTo(latest + 59 * 3_600_000.0);
    assertThat(bytes.length).isLessThan(1_500);
  }

  private static double number(ColumnPoint point, Metric metric) {
    Map<Metric, MetricValue> metrics = Objects.requireNonNull(point.metrics());
    return Objects.requireNonNull(metrics.get(metric)).number();
  }

  @Test
  void shouldReadBackDistributionsThroughManyRewrites() {
    // given: rewritten at every run, as the service does
    Random random = new Random(7);
    List<Quantiles> wanted = new ArrayList<>();
    ColumnHistory history = ColumnHistory.EMPTY;
    for (int run = 0; run < DatasetState.MOST_RUNS; run++) {
      wanted.add(quantiles(random));
      history =
          ColumnHistories.decode(
              ColumnHistories.encode(
                  history.with(
                      new ColumnPoint(run, PRICE, Map.of(), wanted.get(run), categories(random)))));
    }

    // when
    ColumnPoint first = history.at(0).orElseThrow();
    ColumnPoint last = history.at(59).orElseThrow();

    // then: an inter-quartile range of about 13 has steps of 1/32
    for (int i = 0; i < 9; i++) {
      assertThat(first.quantiles().values().get(i))
          .isCloseTo(wanted.get(0).values().get(i), within(0.1));
    }
    assertThat(last.quantiles().rankError()).isEqualTo(0.0133);
    FrequentValues frequent = last.frequentValues();
    assertThat(frequent.values().get(0).value()).isEqualTo("paid");
    assertThat((double) frequent.values().get(0).count() / frequent.total())
        .isCloseTo(0.7, within(0.01));
    assertThat(frequent.values().stream().mapToLong(FrequentValue::count).sum())
        .isEqualTo(frequent.total());
  }

  @Test
  void shouldKeepAListIncompleteWhenItsRareValuesAreDropped() {
    // given
    FrequentValues frequent =
        new FrequentValues(
            List.of(
                new FrequentValue("x".repeat(100), null, 999, 0),
                new FrequentValue(null, "0123456789abcdef", 1, 0)),
            1000,
            Quality.EXACT);
    ColumnHistory history =
        ColumnHistory.EMPTY.with(new ColumnPoint(1, PRICE, Map.of(), null, frequent));

    // when
    FrequentValues read =
        ColumnHistories.decode(ColumnHistories.encode(history)).points().get(0).frequentValues();

    // then
    assertThat(read.values()).hasSize(1);
    assertThat(Category.key(read.values().get(0)))
        .isEqualTo(Category.key(frequent.values().get(0)));
    assertThat(read.values().get(0).count()).isLessThan(read.total());
  }

  @Test
  void shouldReadBackDatasets() {
    // given
    RunId run = RunId.derivedFrom("a");
    DatasetState state =
        DatasetState.EMPTY.with(
            new RunEntry(
                5,
                new RunPoint(run, Instant.parse("2026-03-02T06:00:00.123Z")),
                3_000_000,
                Quality.ESTIMATE,
                -1,
                7.5e6),
            new JudgedRun(run, 2, Long.MIN_VALUE),
            false,
            null);

    // when / then
    assertThat(DatasetStates.decode(DatasetStates.encode(state))).isEqualTo(state);
    assertThat(state.nextSequence()).isEqualTo(6);
  }

  @Test
  void shouldRememberOnlySoManyRuns() {
    // given
    DatasetState state = DatasetState.EMPTY;
    for (int run = 0; run < 1_200; run++) {
      RunId id = RunId.derivedFrom("run-" + run);
      state =
          state.with(
              new RunEntry(
                  run, new RunPoint(id, Instant.ofEpochSecond(run)), 10, Quality.EXACT, 0, 6e7),
              new JudgedRun(id, 1, run),
              false,
              null);
    }

    // when
    byte[] bytes = DatasetStates.encode(state);

    // then
    System.out.println("bytes of a dataset after 1,000 runs: " + bytes.length);
    assertThat(state.history()).hasSize(60);
    assertThat(state.judged()).hasSize(1_000);
    assertThat(state.judged(RunId.derivedFrom("run-1199"))).isPresent();
    assertThat(state.judged(RunId.derivedFrom("run-199"))).isEmpty();
    assertThat(bytes.length).isLessThan(30_000);
  }

  @Test
  void shouldRefuseWhenANewerVersionWroteTheState() {
    assertThatThrownBy(() -> DatasetStates.decode(new byte[] {9, 0, 0}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("layout 9");
  }

  @Test
  void shouldReadBackNumbersOfAnySize() {
    // given
    Random random = new Random(11);
    List<Double> numbers = new ArrayList<>(List.of(0.0, 1.5, -1e-300, 1e300, 0.1, 123456.789));
    for (int i = 0; i < 10_000; i++) {
      numbers.add(Double.longBitsToDouble(random.nextLong()));
    }
    numbers.removeIf(number -> !Double.isFinite(number));

    // when / then
    for (double number : numbers) {
      BinaryWriter out = new BinaryWriter();
      CompactNumber.write(out, number, Digits.ALL);
      assertThat(CompactNumber.read(new BinaryReader(out.toBytes()))).isEqualTo(number);
    }
  }

  private static double mean(ColumnHistory history, int sequence) {
    return history.at(sequence).orElseThrow().metrics().get(Metric.MEAN).number();
  }

  private static Quantiles quantiles(Random random) {
    double centre = 100 + random.nextGaussian();
    List<Double> values =
        Stream.of(-2.3, -1.6, -1.3, -0.67, 0.0, 0.67, 1.3, 1.6, 2.3)
            .map(z -> centre + 10 * z)
            .toList();
    return new Quantiles(Quantiles.RANKS, values, 0.0133);
  }

  private static FrequentValues categories(Random random) {
    int paid = 7000 + random.nextInt(50);
    return new FrequentValues(
        List.of(
            new FrequentValue("paid", null, paid, 0),
            new FrequentValue("open", null, 9500 - paid, 0),
            new FrequentValue(null, "0123456789abcdef", 500, 0)),
        10_000,
        Quality.EXACT);
  }

  private static Map<Metric, MetricValue> numbers(Random random) {
    Map<Metric, MetricValue> metrics = new EnumMap<>(Metric.class);
    for (Metric metric :
        List.of(
            Metric.NULL_COUNT,
            Metric.ZERO_COUNT,
            Metric.NEGATIVE_COUNT,
            Metric.NAN_COUNT,
            Metric.INFINITE_COUNT)) {
      metrics.put(metric, MetricValue.exact(random.nextInt(1_000_000_000)));
    }
    double distinct = random.nextInt(1_000_000_000);
    metrics.put(
        Metric.DISTINCT_COUNT, MetricValue.approximate(distinct, distinct * 0.97, distinct * 1.03));
    for (Metric metric :
        List.of(Metric.MIN, Metric.MAX, Metric.MEAN, Metric.STANDARD_DEVIATION, Metric.SKEWNESS)) {
      metrics.put(metric, MetricValue.exact(random.nextGaussian() * 1e5));
    }
    return metrics;
  }
}
