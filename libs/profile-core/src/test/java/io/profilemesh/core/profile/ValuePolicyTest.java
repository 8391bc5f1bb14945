package io.profilemesh.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuePolicyTest {

  private static final long CARD = 4_000_000_000_000_002L;

  @ParameterizedTest
  @ValueSource(ints = {3, 500, 50_000})
  void shouldHideEveryTextWhenRedacted(int distinct) {
    // given
    TextAccumulator texts = new TextAccumulator(Accumulators.USUAL);
    IntStream.range(0, 60_000)
        .forEach(i -> Accumulators.acceptText(texts, "canary-" + i % distinct));

    // when
    ColumnProfile profile = profile(texts, ColumnType.TEXT, ValuePolicy.REDACTED);

    // then
    assertThat(everything(profile)).doesNotContain("canary");
    assertThat(profile.valuesPublished()).isFalse();
  }

  @Test
  void shouldStandTheSameHashInForTheSameValue() {
    // given
    TextAccumulator monday = new TextAccumulator(Accumulators.USUAL);
    TextAccumulator tuesday = new TextAccumulator(Accumulators.USUAL);
    Accumulators.acceptText(monday, "paid");
    Accumulators.acceptText(tuesday, "open");
    Accumulators.acceptText(tuesday, "paid");

    // when
    FrequentValues first = profile(monday, ColumnType.TEXT, ValuePolicy.REDACTED).frequentValues();
    FrequentValues second =
        profile(tuesday, ColumnType.TEXT, ValuePolicy.REDACTED).frequentValues();

    // then
    String hash = first.values().get(0).hash();
    assertThat(hash).isEqualTo(Profiles.HASHER.hash("paid")).matches("[0-9a-f]{16}");
    assertThat(second.values())
        .extracting(FrequentValues.FrequentValue::hash)
        .contains(hash, Profiles.HASHER.hash("open"));
  }

  @Test
  void shouldGiveOtherHashesUnderAnotherKey() {
    // given
    byte[] key = "another key of 24 bytes.".getBytes(StandardCharsets.US_ASCII);
    ValueHasher other = new ValueHasher(key, "other");

    // when, then
    assertThat(other.hash("paid")).isNotEqualTo(Profiles.HASHER.hash("paid"));
    assertThat(other.sketchHashId()).isNotEqualTo(Profiles.HASHER.sketchHashId());
    assertThat(other.toString()).doesNotContain("another key");
  }

  @Test
  void shouldKeepPersonalDataEvenWhenValuesArePublished() {
    // given
    TextAccumulator mails = new TextAccumulator(Accumulators.USUAL);
    IntStream.range(0, 100)
        .forEach(i -> Accumulators.acceptText(mails, "canary" + i % 9 + "@mail.example"));

    // when
    ColumnProfile published = profile(mails, ColumnType.TEXT, ValuePolicy.PUBLISHED);
    ColumnProfile named = profile(mails, ColumnType.TEXT, ValuePolicy.PUBLISHED_BY_NAME);

    // then
    assertThat(published.semanticType()).isEqualTo(new SemanticType("email", 1));
    assertThat(everything(published)).doesNotContain("canary");
    assertThat(everything(named)).contains("canary8@mail.example");
    assertThat(named.valuesPublished()).isTrue();
  }

  @Test
  void shouldHideNumbersThatArePersonalData() {
    // given
    IntegerAccumulator cards = new IntegerAccumulator(Accumulators.USUAL);
    long[] numbers = IntStream.range(0, 40).mapToLong(ValuePolicyTest::card).toArray();
    for (long number : numbers) {
      cards.acceptLong(number);
    }

    // when
    ColumnProfile profile = profile(cards, ColumnType.INTEGER, ValuePolicy.PUBLISHED);

    // then
    assertThat(profile.semanticType()).isEqualTo(new SemanticType("credit_card", 1));
    assertThat(profile.quantiles()).isNull();
    assertThat(profile.histogram()).isNull();
    assertThat(profile.sketches()).extracting(Sketch::kind).doesNotContain(Sketch.Kind.QUANTILES);
    assertThat(profile.metric(Metric.MIN).orElseThrow().number()).isNull();
    for (long number : numbers) {
      assertThat(everything(profile))
          .doesNotContain(Long.toString(number))
          .doesNotContain(Double.toString(number));
    }
  }

  @Test
  void shouldShowNumbersDatesAndTruthValues() {
    // given
    IntegerAccumulator numbers = new IntegerAccumulator(Accumulators.USUAL);
    numbers.acceptLong(42);

    // when
    ColumnProfile profile = profile(numbers, ColumnType.INTEGER, ValuePolicy.REDACTED);

    // then
    assertThat(profile.frequentValues().values().get(0).value()).isEqualTo("42");
    assertThat(profile.number(Metric.MIN)).hasValue(42);
  }

  private static long card(int i) {
    long body = CARD / 10 + i * 7L;
    for (long digit = 0; digit < 10; digit++) {
      byte[] text = Long.toString(body * 10 + digit).getBytes(StandardCharsets.US_ASCII);
      if (SemanticValues.isCreditCard(text)) {
        return body * 10 + digit;
      }
    }
    throw new IllegalStateException("one of ten digits is right");
  }

  private static ColumnProfile profile(
      ColumnAccumulator accumulator, ColumnType type, ValuePolicy policy) {
    return Accumulators.profile(
        accumulator,
        type,
        new ProfileSettings(policy, Profiles.HASHER, SampleScope.ALL_ROWS, 10, 32));
  }

  private static String everything(ColumnProfile profile) {
    return (profile.toString()
            + profile.sketches().stream()
                .map(sketch -> new String(sketch.data(), StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining()))
        .toLowerCase(Locale.ROOT);
  }
}
