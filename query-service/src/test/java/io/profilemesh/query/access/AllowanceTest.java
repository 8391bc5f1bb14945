package io.profilemesh.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AllowanceTest {

  private static final long SECOND = 1_000_000_000L;

  private final Allowance allowance = new Allowance(new Allowance.Rate(2, 3));

  @Test
  void shouldRefuseWhatComesTooFastAndAllowItAgainLater() {
    assertThat(taken("a", 0, 5)).isEqualTo(3);
    assertThat(taken("a", SECOND / 4, 1)).isZero();
    assertThat(taken("a", SECOND, 5)).isEqualTo(2);
    assertThat(taken("a", 100 * SECOND, 5)).isEqualTo(3);
  }

  @Test
  void shouldCountEachNameOnItsOwn() {
    assertThat(taken("a", 0, 5)).isEqualTo(3);
    assertThat(taken("b", 0, 5)).isEqualTo(3);
  }

  @Test
  void shouldForgetOnlyThoseWhoDidNothingForLong() {
    IntStream.range(0, 30_000).forEach(i -> allowance.take("old" + i, 0));
    taken("busy", 100 * SECOND, 3);

    assertThat(taken("busy", 100 * SECOND, 1)).isZero();
  }

  @Test
  void shouldTakeNoRateThatAllowsNothing() {
    assertThatThrownBy(() -> new Allowance.Rate(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Allowance.Rate(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private int taken(String name, long at, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += allowance.take(name, at) ? 1 : 0;
    }
    return taken;
  }
}
