package io.profilemesh.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueCounterTest {

  private static final int N = 400_000;
  private static final int LIMIT = 8192;

  @Test
  void shouldCountEveryValueWhileTheyFit() {
    // given
    ValueCounter counter = new ValueCounter(LIMIT, false, 0);

    // when
    boolean allFit =
        IntStream.range(0, 100_000).allMatch(i -> counter.count(ValueHash.ofLong(i % LIMIT, 1)));

    // then
    assertThat(allFit).isTrue();
    assertThat(counter.size()).isEqualTo(LIMIT);
    assertThat(counter.count(ValueHash.ofLong(LIMIT, 1))).isFalse();
    assertThat(total(counter)).isEqualTo(100_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zipf", "unique", "uniform", "sorted", "late", "alternating"})
  void shouldKeepGuaranteesWhateverTheStream(String stream) {
    // given
    int[] values = values(stream);
    ValueCounter counter = new ValueCounter(LIMIT, false, 0);

    // when
    for (int value : values) {
      accept(counter, value);
    }

    // then
    assertGuarantees(counter, truth(values));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zipf", "uniform", "sorted", "late", "alternating"})
  void shouldKeepGuaranteesWhenMerged(String stream) {
    // given
    int[] values = values(stream);
    ValueCounter merged = part(values, 0, N / 4);

    // when
    for (int from = N / 4; from < N; from += N / 4) {
      merged.merge(part(values, from, from + N / 4));
    }

    // then
    assertGuarantees(merged, truth(values));
  }

  @Test
  void shouldFindEveryHeavyValueWhenMostValuesAreUnique() {
    // given: one value in fifty is 7, all others occur once
    ValueCounter counter = new ValueCounter(LIMIT, false, 0);

    // when
    for (int i = 0; i < N; i++) {
      accept(counter, i % 50 == 49 ? 7 : 1000 + i);
    }

    // then
    int heaviest = counter.slotsByCount()[0];
    assertThat(counter.hashAt(heaviest)).isEqualTo(ValueHash.ofLong(7, 1));
    assertThat(counter.countAt(heaviest)).isEqualTo(N / 50);
    assertThat(counter.errorAt(heaviest)).isZero();
  }

  @Test
  void shouldKeepTheBytesOfEveryValueWhenTheTableIsRebuilt() {
    // given
    ValueCounter counter = new ValueCounter(64, true, 0);
    Random random = new Random(3);

    // when
    for (int i = 0; i < 20_000; i++) {
      int value = (int) Math.abs(random.nextGaussian() * 300);
      byte[] bytes = {(byte) (value >> 8), (byte) value};
      long hash = ValueHash.ofBytes(bytes, 0, 2, 1);
      if (counter.exact() && counter.count(hash, bytes, 0, 2, false)) {
        continue;
      }
      counter.spill();
      if (!counter.countIfKnown(hash) && counter.admits()) {
        counter.admit(hash, bytes, 0, 2, false);
      }
    }

    // then
    assertThat(counter.slots()).isNotEmpty();
    for (int slot : counter.slots()) {
      byte[] bytes = counter.bytesAt(slot);
      assertThat(ValueHash.ofBytes(bytes, 0, bytes.length, 1)).isEqualTo(counter.hashAt(slot));
    }
  }

  @Test
  void shouldSpillWhenTheBytesOfFewValuesAreTooMany() {
    // given
    ValueCounter counter = new ValueCounter(64, true, 0);
    byte[] bytes = new byte[1000];

    // when
    int kept = 0;
    while (counter.count(kept + 1L, bytes, 0, bytes.length, false)) {
      kept++;
    }

    // then
    assertThat(kept).isBetween(6, 9);
  }

  private static void accept(ValueCounter counter, int value) {
    long hash = ValueHash.ofLong(value, 1);
    if (counter.exact() && counter.count(hash)) {
      return;
    }
    counter.spill();
    counter.observe(hash);
  }

  private static ValueCounter part(int[] values, int from, int to) {
    ValueCounter counter = new ValueCounter(LIMIT, false, from);
    for (int i = from; i < to; i++) {
      accept(counter, values[i]);
    }
    counter.spill();
    return counter;
  }

  private static void assertGuarantees(ValueCounter counter, Map<Long, Long> truth) {
    for (int slot : counter.slots()) {
      long count = counter.countAt(slot);
      long occurrences = truth.get(counter.hashAt(slot));
      assertThat(count).isLessThanOrEqualTo(occurrences);
      assertThat(count + counter.errorAt(slot)).isGreaterThanOrEqualTo(occurrences);
      truth.remove(counter.hashAt(slot));
    }
    long heaviestAbsent = truth.values().stream().mapToLong(n -> n).max().orElse(0);
    assertThat(counter.absentBound()).isGreaterThanOrEqualTo(heaviestAbsent);
  }

  private static long total(ValueCounter counter) {
    return IntStream.of(counter.slots()).mapToLong(counter::countAt).sum();
  }

  private static Map<Long, Long> truth(int[] values) {
    Map<Long, Long> truth = new HashMap<>();
    for (int value : values) {
      truth.merge(ValueHash.ofLong(value, 1), 1L, Long::sum);
    }
    return truth;
  }

  private static int[] values(String stream) {
    Random random = new Random(5);
    IntUnaryOperator value =
        switch (stream) {
          case "zipf" -> i -> (int) (1 / (1e-6 + random.nextDouble()));
          case "unique" -> i -> i;
          case "uniform" -> i -> random.nextInt(20_000);
          case "sorted" -> i -> i / 20;
          case "late" -> i -> i < N / 2 ? i : random.nextInt(100);
          default -> i -> i % 2 == 0 ? i % 30_000 : i % 1000;
        };
    return IntStream.range(0, N).map(value).toArray();
  }
}
