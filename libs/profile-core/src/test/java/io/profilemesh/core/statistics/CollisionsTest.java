package io.profilemesh.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollisionsTest {

  @Test
  void shouldGrowWithTheSquareWhenMoreValuesAreDrawn() {
    assertThat(Collisions.plausible(1_000, 1_000)).isBetween(15.5, 15.6);
    assertThat(Collisions.plausible(1_000, 2_000)).isBetween(44.9, 45.0);
    assertThat(Collisions.plausible(0, 10)).isInfinite();
  }

  @Test
  void shouldHoldWhenTheFirstSampleHadNoRepeatByLuck() {
    // given: a population in which 500 draws have no repeat about once in 12 trials
    Random random = new Random(7);
    int population = 50_000;
    int n = 500;
    int lucky = 0;
    int passed = 0;

    // when
    while (lucky < 300) {
      if (repeats(random, population, n) == 0) {
        lucky++;
        passed += repeats(random, population, n) > Collisions.plausible(n, n) ? 1 : 0;
      }
    }

    // then
    assertThat(passed).isZero();
  }

  private static int repeats(Random random, int population, int n) {
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < n; i++) {
      seen.add(random.nextInt(population));
    }
    return n - seen.size();
  }
}
