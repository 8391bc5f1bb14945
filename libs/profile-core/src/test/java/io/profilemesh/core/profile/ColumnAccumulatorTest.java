package io.profilemesh.core.profile;

import static io.profilemesh.core.profile.Accumulators.USUAL;
import static io.profilemesh.core.profile.Accumulators.profile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnAccumulatorTest {

  @Test
  void shouldStateNoValueWhenThereAreNoRows() {
    // given
    IntegerAccumulator empty = new IntegerAccumulator(USUAL);

    // when
    ColumnProfile profile = profile(empty, ColumnType.INTEGER);

    // then
    assertThat(profile.number(Metric.COUNT)).hasValue(0);
    assertThat(profile.metrics()).doesNotContainKeys(Metric.NULL_PERCENT, Metric.MIN, Metric.MEAN);
    assertThat(profile.histogram()).isNull();
    assertThat(profile.quantiles()).isNull();
  }

  @Test
  void shouldStateNoValueWhenAllAreNull() {
    // given
    TextAccumulator nulls = new TextAccumulator(USUAL);

    // when
    nulls.acceptNull();
    nulls.acceptNull();

    // then
    ColumnProfile profile = profile(nulls, ColumnType.TEXT);
    assertThat(profile.number(Metric.NULL_PERCENT)).hasValue(100);
    assertThat(profile.number(Metric.DISTINCT_COUNT)).hasValue(0);
    assertThat(profile.metrics()).doesNotContainKeys(Metric.MIN_LENGTH, Metric.DISTINCT_PERCENT);
  }

  @Test
  void shouldHaveNoSpreadWhenThereIsOneRow() {
    // given
    FloatAccumulator one = new FloatAccumulator(USUAL);

    // when
    one.acceptDouble(0.1);

    // then
    ColumnProfile profile = profile(one, ColumnType.FLOAT);
    assertThat(profile.number(Metric.MEAN)).hasValue(0.1);
    assertThat(profile.metrics()).doesNotContainKeys(Metric.STANDARD_DEVIATION, Metric.SKEWNESS);
    assertThat(profile.histogram())
        .isEqualTo(new Histogram(List.of(0.1, 0.1), List.of(1L), Quality.EXACT));
    assertThat(profile.quantiles().values()).containsOnly(0.1);
    assertThat(profile.quantiles().rankError()).isZero();
  }

  @Test
  void shouldHaveNoSpreadWhenAllValuesAreEqual() {
    // given
    FloatAccumulator constant = new FloatAccumulator(USUAL);

    // when
    DoubleStream.generate(() -> 0.1).limit(5000).forEach(constant::acceptDouble);

    // then
    ColumnProfile profile = profile(constant, ColumnType.FLOAT);
    assertThat(profile.number(Metric.STANDARD_DEVIATION)).hasValue(0);
    assertThat(profile.metrics()).doesNotContainKey(Metric.SKEWNESS);
  }

  @Test
  void shouldCountNotANumberAndInfinitiesApart() {
    // given
    FloatAccumulator mixed = new FloatAccumulator(USUAL);

    // when
    DoubleStream.of(
            1, 2, 3, Double.NaN, -Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
        .forEach(mixed::acceptDouble);

    // then
    ColumnProfile profile = profile(mixed, ColumnType.FLOAT);
    assertThat(profile.number(Metric.COUNT)).hasValue(7);
    assertThat(profile.number(Metric.NAN_COUNT)).hasValue(2);
    assertThat(profile.number(Metric.INFINITE_COUNT)).hasValue(2);
    assertThat(profile.number(Metric.DISTINCT_COUNT)).hasValue(6);
    assertThat(profile.number(Metric.MEAN)).hasValue(2);
    assertThat(profile.number(Metric.MAX)).hasValue(3);
    assertThat(profile.histogram().counts().stream().mapToLong(n -> n).sum()).isEqualTo(3);
  }

  @Test
  void shouldTreatBothZerosAsOne() {
    // given
    FloatAccumulator zeros = new FloatAccumulator(USUAL);

    // when
    zeros.acceptDouble(0.0);
    zeros.acceptDouble(-0.0);

    // then
    ColumnProfile profile = profile(zeros, ColumnType.FLOAT);
    assertThat(profile.number(Metric.DISTINCT_COUNT)).hasValue(1);
    assertThat(profile.number(Metric.ZERO_COUNT)).hasValue(2);
    assertThat(profile.number(Metric.NEGATIVE_COUNT)).hasValue(0);
  }

  @Test
  void shouldNotOverflowWhenIntegersAreExtreme() {
    // given
    IntegerAccumulator extreme = new IntegerAccumulator(USUAL);

    // when
    LongStream.of(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE)
        .forEach(extreme::acceptLong);

    // then
    ColumnProfile profile = profile(extreme, ColumnType.INTEGER);
    assertThat(profile.metric(Metric.SUM).orElseThrow().text()).isEqualTo("18446744073709551613");
    assertThat(profile.metric(Metric.MAX).orElseThrow().text()).isEqualTo("9223372036854775807");
    assertThat(profile.metric(Metric.MIN).orElseThrow().text()).isEqualTo("-9223372036854775808");
    assertThat(profile.number(Metric.STANDARD_DEVIATION).orElseThrow())
        .isCloseTo(9.223372036854775807e18, within(1e6));
  }

  @Test
  void shouldNotOverflowWhenDoublesAreHuge() {
    // given
    FloatAccumulator huge = new FloatAccumulator(USUAL);

    // when
    DoubleStream.of(1e308, 1.5e308, 1e308, 5).forEach(huge::acceptDouble);

    // then
    ColumnProfile profile = profile(huge, ColumnType.FLOAT);
    assertThat(profile.number(Metric.MEAN).orElseThrow()).isCloseTo(8.75e307, within(1e295));
    assertThat(profile.number(Metric.STANDARD_DEVIATION).orElseThrow())
        .isCloseTo(6.291528696058958e307, within(1e295));
    assertThat(profile.number(Metric.SUM)).isEmpty();
  }

  @Test
  void shouldKeepTheMeanOfFarOffValues() {
    // given
    FloatAccumulator far = new FloatAccumulator(USUAL);
    Random random = new Random(1);
    double[] values = random.doubles(100_000).map(d -> 1e9 + d).toArray();

    // when
    Arrays.stream(values).forEach(far::acceptDouble);

    // then
    ColumnProfile profile = profile(far, ColumnType.FLOAT);
    double mean = Arrays.stream(values).map(v -> v - 1e9).sum() / values.length;
    double squares = Arrays.stream(values).map(v -> (v - 1e9 - mean) * (v - 1e9 - mean)).sum();
    assertThat(profile.number(Metric.MEAN).orElseThrow() - 1e9).isCloseTo(mean, within(1e-6));
    assertThat(profile.number(Metric.STANDARD_DEVIATION).orElseThrow())
        .isCloseTo(Math.sqrt(squares / (values.length - 1)), within(1e-8));
  }

  @Test
  void shouldStateSkewnessOfTheThirdStandardisedMoment() {
    // given
    IntegerAccumulator skewed = new IntegerAccumulator(USUAL);

    // when
    LongStream.of(1, 2, 3, 10).forEach(skewed::acceptLong);

    // then: by hand, the mean is 4, the squared differences add up to 50, the cubed ones to 180
    double expected = 180 / 4.0 / Math.pow(50 / 4.0, 1.5);
    assertThat(profile(skewed, ColumnType.INTEGER).number(Metric.SKEWNESS).orElseThrow())
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void shouldKeepEveryDigitOfDecimals() {
    // given
    DecimalAccumulator decimals = new DecimalAccumulator(USUAL);
    List<String> texts =
        List.of("0.1", "12345678901234567890.12345", "-0.000000000000000000001", "1.10", "1.1");

    // when
    texts.forEach(text -> decimals.acceptDecimal(new BigDecimal(text)));

    // then
    ColumnProfile profile = profile(decimals, ColumnType.DECIMAL);
    assertThat(profile.metric(Metric.MAX).orElseThrow().text())
        .isEqualTo("12345678901234567890.12345");
    assertThat(profile.metric(Metric.MIN).orElseThrow().number()).isEqualTo(-1e-21);
    assertThat(profile.number(Metric.DISTINCT_COUNT)).hasValue(4);
    assertThat(profile.frequentValues().values().get(0).value()).isEqualTo("1.1");
  }

  @Test
  void shouldStateDecimalsBeyondDoublesAsDigits() {
    // given
    DecimalAccumulator decimals = new DecimalAccumulator(USUAL);
    BigDecimal beyond = BigDecimal.TEN.pow(400);

    // when
    decimals.acceptDecimal(beyond);
    decimals.acceptDecimal(BigDecimal.ONE);

    // then
    ColumnProfile profile = profile(decimals, ColumnType.DECIMAL);
    assertThat(profile.metric(Metric.MAX).orElseThrow().text()).isEqualTo(beyond.toPlainString());
    assertThat(profile.metric(Metric.MAX).orElseThrow().number()).isEqualTo(Double.MAX_VALUE);
    assertThat(profile.metric(Metric.MEAN)).isEmpty();
  }

  @Test
  void shouldMeasureTextInCodePoints() {
    // given
    TextAccumulator texts = new TextAccumulator(USUAL);
    List<String> values =
        List.of("", " ", "\t\n", "\u3000\u2003", "\u00A0", "a", "日本語", "😀😀", "naïve café 12345");

    // when
    values.forEach(value -> Accumulators.acceptText(texts, value));

    // then
    ColumnProfile profile = profile(texts, ColumnType.TEXT);
    double average =
        values.stream().mapToInt(v -> v.codePointCount(0, v.length())).average().orElseThrow();
    assertThat(profile.number(Metric.AVERAGE_LENGTH).orElseThrow())
        .isCloseTo(average, within(1e-12));
    assertThat(profile.number(Metric.MAX_LENGTH)).hasValue(16);
    assertThat(profile.number(Metric.EMPTY_COUNT)).hasValue(1);
    assertThat(profile.number(Metric.BLANK_COUNT))
        .hasValue(values.stream().filter(String::isBlank).count());
  }

  @Test
  void shouldOrderTextByCodePoint() {
    // given
    TextAccumulator texts = new TextAccumulator(USUAL);
    List<String> values = List.of("b", "ab", "a", "\uFFFD", "😀", "abcdefgh", "abcdefgha");

    // when
    values.forEach(value -> Accumulators.acceptText(texts, value));

    // then
    ColumnProfile profile = profile(texts, ColumnType.TEXT, Accumulators.published());
    assertThat(profile.metric(Metric.MIN).orElseThrow().text()).isEqualTo("a");
    assertThat(profile.metric(Metric.MAX).orElseThrow().text()).isEqualTo("😀");
  }

  @Test
  void shouldCountDatesBeyondTheScanAsFuture() {
    // given
    TemporalAccumulator dates = new TemporalAccumulator(TemporalAccumulator.Kind.DATE, USUAL);
    long today = Accumulators.NOW.getEpochSecond() / 86_400;

    // when
    dates.acceptLong(today);
    dates.acceptLong(today + 1);
    dates.acceptLong(-1);
    dates.acceptInfinity(false);

    // then
    ColumnProfile profile = profile(dates, ColumnType.DATE);
    assertThat(profile.number(Metric.FUTURE_COUNT)).hasValue(2);
    assertThat(profile.number(Metric.EARLIEST)).hasValue(-86_400_000);
    assertThat(profile.number(Metric.INFINITE_COUNT)).hasValue(1);
    assertThat(profile.number(Metric.DISTINCT_COUNT)).hasValue(4);
    assertThat(profile.frequentValues().values())
        .extracting(FrequentValues.FrequentValue::value)
        .contains("1969-12-31", "infinity");
  }

  @Test
  void shouldStateTimestampsInMilliseconds() {
    // given
    TemporalAccumulator stamps =
        new TemporalAccumulator(TemporalAccumulator.Kind.TIMESTAMP_WITH_ZONE, USUAL);
    Instant instant = Instant.parse("2024-02-29T12:30:00.123456Z");

    // when
    stamps.acceptLong(instant.getEpochSecond() * 1_000_000 + 123_456);

    // then
    ColumnProfile profile = profile(stamps, ColumnType.TIMESTAMP_WITH_ZONE);
    assertThat(profile.number(Metric.LATEST).orElseThrow())
        .isCloseTo(instant.toEpochMilli() + 0.456, within(1e-3));
    assertThat(profile.frequentValues().values().get(0).value()).isEqualTo(instant.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 13, 4095, 4096, 4097, 100_000})
  void shouldHashALongTextTheSameHoweverItIsCut(int piece) {
    // given
    byte[] text = "línea de texto ".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    TextAccumulator cut = new TextAccumulator(USUAL);

    // when
    feed(cut, text, piece);
    feed(cut, text, text.length);

    // then
    ColumnProfile profile = profile(cut, ColumnType.TEXT, Accumulators.published());
    assertThat(profile.number(Metric.DISTINCT_COUNT)).hasValue(1);
    assertThat(profile.number(Metric.MAX_LENGTH)).hasValue(150_000);
    assertThat(profile.frequentValues().values().get(0).count()).isEqualTo(2);
    assertThat(profile.frequentValues().values().get(0).value()).isNull();
    assertThat(profile.metric(Metric.MIN).orElseThrow().text())
        .hasSizeLessThanOrEqualTo(1024)
        .startsWith("línea de texto");
  }

  @Test
  void shouldStayWithinBoundsWhenColumnsAreLarge() {
    // given: a quarter million values in a skewed column
    IntegerAccumulator numbers = new IntegerAccumulator(USUAL);
    Random random = new Random(9);
    long[] values =
        IntStream.range(0, 250_000)
            .mapToLong(i -> (long) Math.exp(random.nextGaussian() * 3 + 8))
            .toArray();

    // when
    Arrays.stream(values).forEach(numbers::acceptLong);

    // then
    ColumnProfile profile = profile(numbers, ColumnType.INTEGER);
    MetricValue distinct = profile.metric(Metric.DISTINCT_COUNT).orElseThrow();
    long truth = Arrays.stream(values).distinct().count();
    assertThat(distinct.quality()).isEqualTo(Quality.APPROXIMATE);
    assertThat((double) truth).isBetween(distinct.lower(), distinct.upper());
    assertThat(profile.number(Metric.SUM)).hasValue(Arrays.stream(values).sum());
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    Histogram histogram = profile.histogram();
    assertThat(histogram.counts().stream().mapToLong(n -> n).sum()).isEqualTo(values.length);
    for (FrequentValues.FrequentValue value : profile.frequentValues().values()) {
      long wanted = Long.parseLong(value.value());
      long count = Arrays.stream(values).filter(v -> v == wanted).count();
      assertThat(count).isBetween(value.count(), value.count() + value.countError());
    }
    double median = profile.quantiles().values().get(4);
    double below = Arrays.stream(values).filter(v -> v <= median).count() / 250_000.0;
    assertThat(below).isCloseTo(0.5, within(profile.quantiles().rankError()));
  }

  @Test
  void shouldRefuseToCombineWhatDoesNotBelongTogether() {
    // given
    IntegerAccumulator numbers = new IntegerAccumulator(USUAL);

    // when, then
    assertThatThrownBy(() -> numbers.combine(new FloatAccumulator(USUAL)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> numbers.combine(new IntegerAccumulator(Accumulators.SMALL)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> numbers.combine(numbers)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldAllowMoreValuesAfterAProfileWasTaken() {
    // given
    IntegerAccumulator numbers = new IntegerAccumulator(Accumulators.SMALL);
    LongStream.range(0, 50_000).forEach(numbers::acceptLong);

    // when
    ColumnProfile first = profile(numbers, ColumnType.INTEGER);
    LongStream.range(50_000, 200_000).forEach(numbers::acceptLong);
    ColumnProfile second = profile(numbers, ColumnType.INTEGER);

    // then
    assertThat(first.number(Metric.COUNT)).hasValue(50_000);
    assertThat(second.number(Metric.COUNT)).hasValue(200_000);
    assertThat(second.quantiles().values().get(4)).isCloseTo(100_000, within(3400.0));
    assertThat(Collections.max(second.histogram().counts())).isLessThan(27_000);
  }

  private static void feed(TextAccumulator accumulator, byte[] text, int piece) {
    accumulator.beginLarge();
    for (int at = 0; at < text.length; at += piece) {
      accumulator.acceptPiece(text, at, Math.min(piece, text.length - at));
    }
    accumulator.endLarge();
  }
}
