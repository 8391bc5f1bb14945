package io.profilemesh.query.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void shouldDoubleUpToItsLimitWithinHalfOfEach() {
    // given
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    // when / then
    long expected = 100;
    for (int i = 0; i < 100; i++) {
      assertThat(backoff.next().toMillis()).isBetween(expected / 2, expected);
      expected = Math.min(2_000, expected * 2);
    }
  }

  @Test
  void shouldBeginAgainAfterReset() {
    // given
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30));
    for (int i = 0; i < 10; i++) {
      backoff.next();
    }

    // when
    backoff.reset();

    // then
    assertThat(backoff.next().toMillis()).isBetween(50L, 100L);
  }
}
