package io.profilemesh.drift.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.schema.serde.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryPatienceTest {

  @Test
  void shouldWaitLongerEachTimeWhenTheRegistryStaysAway() {
    // given
    List<Duration> rests = new ArrayList<>();
    RegistryPatience patience =
        new RegistryPatience(
            DriftObserver.NONE,
            time -> {
              rests.add(time);
              return true;
            });

    // when
    String answer =
        patience.insist(
            () -> {
              if (rests.size() < 9) {
                throw new RegistryUnavailableException("away");
              }
              return "here";
            });

    // then
    assertThat(answer).isEqualTo("here");
    assertThat(rests).hasSize(9);
    assertThat(rests.get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    assertThat(rests.get(8)).isBetween(Duration.ofMillis(2_500), Duration.ofMillis(5_000));
  }

  @Test
  void shouldGiveUpWhenTheServiceStops() {
    // given
    RegistryPatience patience = new RegistryPatience(DriftObserver.NONE, time -> false);

    // when / then
    assertThatThrownBy(
            () ->
                patience.insist(
                    () -> {
                      throw new RegistryUnavailableException("away");
                    }))
        .isInstanceOf(RegistryPatience.StoppedException.class);
  }
}
