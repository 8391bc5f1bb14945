package io.profilemesh.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Ranges that are accumulated apart and combined give what one accumulator of all rows gives. */
class CombineTest {

  private static final Set<Metric> ROUNDED =
      EnumSet.of(Metric.MEAN, Metric.STANDARD_DEVIATION, Metric.SKEWNESS, Metric.SUM);

  @Property(tries = 300)
  void shouldEqualTheWholeWhenIntegersAreCombined(
      @ForAll("longs") List<Long> values, @ForAll @Size(max = 4) List<Integer> cuts) {
    assertSame(
        Accumulators.profile(
            Accumulators.accumulate(
                values, new IntegerAccumulator(Accumulators.USUAL), IntegerAccumulator::acceptLong),
            ColumnType.INTEGER),
        Accumulators.profile(
            Accumulators.combined(
                values,
                cuts,
                Accumulators.USUAL,
                IntegerAccumulator::new,
                IntegerAccumulator::acceptLong),
            ColumnType.INTEGER));
  }

  @Property(tries = 300)
  void shouldEqualTheWholeWhenDoublesAreCombined(
      @ForAll("doubles") List<Double> values, @ForAll @Size(max = 4) List<Integer> cuts) {
    assertSame(
        Accumulators.profile(
            Accumulators.accumulate(
                values, new FloatAccumulator(Accumulators.USUAL), FloatAccumulator::acceptDouble),
            ColumnType.FLOAT),
        Accumulators.profile(
            Accumulators.combined(
                values,
                cuts,
                Accumulators.USUAL,
                FloatAccumulator::new,
                FloatAccumulator::acceptDouble),
            ColumnType.FLOAT));
  }

  @Property(tries = 200)
  void shouldEqualTheWholeWhenDecimalsAreCombined(
      @ForAll("decimals") List<BigDecimal> values, @ForAll @Size(max = 4) List<Integer> cuts) {
    assertSame(
        Accumulators.profile(
            Accumulators.accumulate(
                values,
                new DecimalAccumulator(Accumulators.USUAL),
                DecimalAccumulator::acceptDecimal),
            ColumnType.DECIMAL),
        Accumulators.profile(
            Accumulators.combined(
                values,
                cuts,
                Accumulators.USUAL,
                DecimalAccumulator::new,
                DecimalAccumulator::acceptDecimal),
            ColumnType.DECIMAL));
  }

  @Property(tries = 300)
  void shouldEqualTheWholeWhenTextsAreCombined(
      @ForAll("texts") List<String> values, @ForAll @Size(max = 4) List<Integer> cuts) {
    assertSame(
        Accumulators.profile(
            Accumulators.accumulate(
                values, new TextAccumulator(Accumulators.USUAL), Accumulators::acceptText),
            ColumnType.TEXT),
        Accumulators.profile(
            Accumulators.combined(
                values, cuts, Accumulators.USUAL, TextAccumulator::new, Accumulators::acceptText),
            ColumnType.TEXT));
  }

  @Property(tries = 200)
  void shouldEqualTheWholeWhenTimestampsAreCombined(
      @ForAll("longs") List<Long> values, @ForAll @Size(max = 4) List<Integer> cuts) {
    assertSame(
        Accumulators.profile(
            Accumulators.accumulate(
                values, timestamps(Accumulators.USUAL), TemporalAccumulator::acceptLong),
            ColumnType.TIMESTAMP),
        Accumulators.profile(
            Accumulators.combined(
                values,
                cuts,
                Accumulators.USUAL,
                CombineTest::timestamps,
                TemporalAccumulator::acceptLong),
            ColumnType.TIMESTAMP));
  }

  @Property(tries = 200)
  void shouldStayWithinBoundsWhenSketchesAreCombined(
      @ForAll @Size(min = 17, max = 4000) List<Integer> drawn,
      @ForAll @Size(max = 4) List<Integer> cuts) {
    List<Long> values = drawn.stream().map(Integer::longValue).toList();
    ColumnProfile combined =
        Accumulators.profile(
            Accumulators.combined(
                values,
                cuts,
                Accumulators.SMALL,
                IntegerAccumulator::new,
                IntegerAccumulator::acceptLong),
            ColumnType.INTEGER);

    long distinct = values.stream().distinct().count();
    MetricValue stated = combined.metric(Metric.DISTINCT_COUNT).orElseThrow();
    if (stated.quality() == Quality.EXACT) {
      assertThat(stated.number()).isEqualTo(distinct);
    } else {
      // Five standard errors: thousands of trials must not fail by chance.
      assertThat(stated.number()).isCloseTo(distinct, within(1 + 5 * 0.01625 * distinct));
    }
    assertFrequent(values, combined.frequentValues());
    assertQuantiles(values, combined.quantiles());
  }

  private static void assertFrequent(List<Long> values, FrequentValues frequent) {
    for (FrequentValues.FrequentValue value : frequent.values()) {
      long truth = values.stream().filter(v -> Long.toString(v).equals(value.value())).count();
      assertThat(value.count()).isLessThanOrEqualTo(truth);
      assertThat(value.count() + value.countError()).isGreaterThanOrEqualTo(truth);
    }
  }

  private static void assertQuantiles(List<Long> values, Quantiles quantiles) {
    int n = values.size();
    for (int i = 0; i < quantiles.ranks().size(); i++) {
      double value = quantiles.values().get(i);
      double below = values.stream().filter(v -> v < value).count() / (double) n;
      double upTo = values.stream().filter(v -> v <= value).count() / (double) n;
      double rank = quantiles.ranks().get(i);
      double doubled = 2 * quantiles.rankError() + 1.0 / n;
      assertThat(below - doubled).isLessThanOrEqualTo(rank);
      assertThat(upTo + doubled).isGreaterThanOrEqualTo(rank);
    }
  }

  private static void assertSame(ColumnProfile whole, ColumnProfile combined) {
    assertThat(combined.metrics().keySet()).isEqualTo(whole.metrics().keySet());
    whole.metrics().forEach((metric, value) -> assertMetric(metric, value, combined, whole));
    assertThat(combined.histogram()).isEqualTo(whole.histogram());
    assertThat(combined.quantiles()).isEqualTo(whole.quantiles());
    assertThat(combined.frequentValues()).isEqualTo(whole.frequentValues());
    assertThat(combined.semanticType()).isEqualTo(whole.semanticType());
  }

  private static void assertMetric(
      Metric metric, MetricValue value, ColumnProfile combined, ColumnProfile whole) {
    MetricValue other = combined.metric(metric).orElseThrow();
    if (ROUNDED.contains(metric) && value.number() != null) {
      double scale = Math.abs(value.number());
      if (metric != Metric.SKEWNESS) {
        scale +=
            whole.number(Metric.STANDARD_DEVIATION).orElse(0) * (metric == Metric.SUM ? 50 : 1);
      }
      assertThat(other.number())
          .as(metric.name())
          .isCloseTo(value.number(), within(1e-6 * (scale + 1)));
    } else {
      assertThat(other).as(metric.name()).isEqualTo(value);
    }
  }

  private static TemporalAccumulator timestamps(AccumulatorSettings settings) {
    return new TemporalAccumulator(TemporalAccumulator.Kind.TIMESTAMP, settings);
  }

  @Provide
  Arbitrary<List<Long>> longs() {
    return Arbitraries.oneOf(
            Arbitraries.longs().between(-20, 20),
            Arbitraries.longs().between(-(1L << 60), 1L << 60))
        .injectNull(0.1)
        .list()
        .ofMaxSize(200);
  }

  @Provide
  Arbitrary<List<Double>> doubles() {
    return Arbitraries.oneOf(
            Arbitraries.doubles().between(-1000, 1000),
            Arbitraries.of(0.0, -0.0, 1.5, Double.NaN, Double.POSITIVE_INFINITY),
            Arbitraries.of(Double.NEGATIVE_INFINITY, 1e-300, 1e12))
        .injectNull(0.1)
        .list()
        .ofMaxSize(200);
  }

  @Provide
  Arbitrary<List<BigDecimal>> decimals() {
    return Arbitraries.bigDecimals()
        .between(new BigDecimal("-1000000000000"), new BigDecimal("1000000000000"))
        .ofScale(6)
        .injectNull(0.1)
        .list()
        .ofMaxSize(100);
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(30),
            Arbitraries.of("", " ", "US", "DE", "a@b.example", "\u3000", "x".repeat(2000)))
        .filter(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c < 0xE000))
        .injectNull(0.1)
        .list()
        .ofMaxSize(100);
  }
}
