package io.profilemesh.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedDecimalTest {

  @Test
  void shouldComeBackWholeWhenItFits() {
    // given
    Random random = new Random(11);
    Map<Long, BigDecimal> seen = new HashMap<>();

    for (int i = 0; i < 200_000; i++) {
      BigDecimal value =
          new BigDecimal(new BigInteger(random.nextInt(54), random), random.nextInt(25) - 8)
              .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));

      // when
      DecimalGroups groups = DecimalGroups.of(value);
      long packed = groups.packed();

      // then
      if (packed != PackedDecimal.NONE) {
        DecimalGroups back = new DecimalGroups();
        back.set(packed);
        assertThat(back.toBigDecimal()).isEqualByComparingTo(value);
        assertThat(back.bytes()).startsWith(java.util.Arrays.copyOf(groups.bytes(), back.length()));
        assertThat(PackedDecimal.toDouble(packed))
            .isCloseTo(value.doubleValue(), within(Math.ulp(value.doubleValue()) * 2));
        BigDecimal same = seen.putIfAbsent(packed, value);
        assertThat(same == null || same.compareTo(value) == 0).isTrue();
      } else {
        assertThat(groups.groups() > 4 || Math.abs(groups.weight() - groups.groups() + 1) > 5)
            .isTrue();
      }
    }
    assertThat(seen).hasSizeGreaterThan(50_000);
  }

  @Test
  void shouldBeTheSameHoweverManyZerosSurroundIt() {
    // given: 12, with groups of zero before and after
    byte[] plain = {0, 12};
    byte[] padded = {0, 0, 0, 12, 0, 0};

    // when, then
    assertThat(PackedDecimal.of(padded, 0, 3, 1, false))
        .isEqualTo(PackedDecimal.of(plain, 0, 1, 0, false));
    assertThat(PackedDecimal.of(padded, 0, 1, 0, true)).isZero();
    assertThat(PackedDecimal.of(plain, 0, 1, 900, false)).isEqualTo(PackedDecimal.NONE);
  }
}
