package io.profilemesh.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctRegistersTest {

  private static final double FOUR_SIGMA = 4 * DistinctRegisters.ERROR;

  @ParameterizedTest
  @ValueSource(longs = {100, 1000, 5000, 8193, 12_000, 20_000, 100_000, 1_000_000})
  void shouldEstimateWithinBoundsAtAnySize(long distinct) {
    // given
    DistinctRegisters registers = new DistinctRegisters();

    // when
    LongStream.range(0, distinct).forEach(i -> registers.update(ValueHash.ofLong(i, 99)));

    // then
    assertThat(registers.estimate()).isCloseTo(distinct, within(FOUR_SIGMA * distinct));
  }

  @Test
  void shouldHaveTheStatedErrorOverManyTrials() {
    // given
    int trials = 200;
    int distinct = 20_000;
    double squares = 0;
    double sum = 0;

    // when
    for (int seed = 0; seed < trials; seed++) {
      DistinctRegisters registers = new DistinctRegisters();
      for (int i = 0; i < distinct; i++) {
        byte[] text = ("user" + i).getBytes(StandardCharsets.UTF_8);
        registers.update(ValueHash.ofBytes(text, 0, text.length, seed));
      }
      double error = registers.estimate() / distinct - 1;
      squares += error * error;
      sum += error;
    }

    // then: the error is the theory's, and no bias hides in it
    assertThat(Math.sqrt(squares / trials)).isBetween(0.013, 0.020);
    assertThat(sum / trials).isCloseTo(0, within(4 * DistinctRegisters.ERROR / Math.sqrt(trials)));
  }

  @Test
  void shouldEqualTheUnionWhenMerged() {
    // given
    DistinctRegisters left = new DistinctRegisters();
    DistinctRegisters right = new DistinctRegisters();
    DistinctRegisters both = new DistinctRegisters();
    for (int i = 0; i < 50_000; i++) {
      long hash = ValueHash.ofLong(i, 5);
      (i % 3 == 0 ? left : right).update(hash);
      both.update(hash);
    }

    // when
    left.merge(right);

    // then
    assertThat(left.toBytes()).isEqualTo(both.toBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3000, 8193, 100_000, 3_000_000})
  @EnabledForJreRange(max = JRE.JAVA_21, disabledReason = "DataSketches 6.2 runs up to Java 21")
  void shouldBeReadableByDataSketches(int distinct) {
    // given
    DistinctRegisters registers = new DistinctRegisters();
    for (int i = 0; i < distinct; i++) {
      registers.update(ValueHash.ofLong(i, 7));
    }

    // when
    HllSketch stock = HllSketch.heapify(Memory.wrap(registers.toBytes()));
    Union union = new Union(12);
    union.update(stock);

    // then
    assertThat(stock.getLgConfigK()).isEqualTo(12);
    assertThat(stock.getCompositeEstimate())
        .isCloseTo(registers.estimate(), within(1 + 0.02 * distinct));
    assertThat(union.getResult(TgtHllType.HLL_8).getCompositeEstimate())
        .isCloseTo(stock.getCompositeEstimate(), within(1e-6 * (1 + distinct)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 100, 384})
  @EnabledForJreRange(max = JRE.JAVA_21, disabledReason = "DataSketches 6.2 runs up to Java 21")
  void shouldBeReadableByDataSketchesWhenValuesAreFew(int distinct) {
    // given
    long[] hashes = LongStream.range(0, distinct).map(i -> ValueHash.ofLong(i, 3)).toArray();

    // when
    HllSketch stock = HllSketch.heapify(Memory.wrap(DistinctRegisters.couponBytes(hashes)));
    Union union = new Union(12);
    union.update(stock);

    // then
    assertThat(stock.getEstimate()).isCloseTo(distinct, within(0.5));
    assertThat(union.getEstimate()).isCloseTo(distinct, within(0.5));
  }
}
