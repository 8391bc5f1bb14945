package io.profilemesh.query.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"2147483647", "-1", "0", "501", "ten", "", "1e2", "99999999999", " 5"})
  void shouldRefuseLimitsThatAreNone(String limit) {
    refused("limit", () -> Values.number("limit", limit, 100, 1, 500));
  }

  @Test
  void shouldTakeLimitsAtTheirEnds() {
    assertThat(Values.number("limit", null, 100, 1, 500)).isEqualTo(100);
    assertThat(Values.number("limit", "1", 100, 1, 500)).isEqualTo(1);
    assertThat(Values.number("limit", "500", 100, 1, 500)).isEqualTo(500);
  }

  @Test
  void shouldReadWordsWhateverTheirCase() {
    assertThat(Values.word("severity", "HIGH", List.of("low", "high"))).isEqualTo("high");
    refused("severity", () -> Values.word("severity", "urgent", List.of("low", "high")));
  }

  @Test
  void shouldReadTimesWithTheirZoneOnly() {
    assertThat(Values.instant("from", "2026-03-01T13:00:00+01:00")).isEqualTo(NOW);
    refused("from", () -> Values.instant("from", "2026-03-01T13:00:00"));
    refused("from", () -> Values.instant("from", "yesterday"));
  }

  @Test
  void shouldReckonDaysBackFromNow() {
    assertThat(Values.from("2", null, NOW)).isEqualTo(Instant.parse("2026-02-27T12:00:00Z"));
    assertThat(Values.from(null, null, NOW)).isNull();
    refused("days", () -> Values.from("2", "2026-03-01T12:00:00Z", NOW));
    refused("days", () -> Values.from("0", null, NOW));
  }

  @Test
  void shouldReadDatasetIdsInTheirCanonicalFormOnly() {
    assertThat(Values.dataset("dataset", "shop/public/a%2Fb@2026-03"))
        .isEqualTo("shop/public/a%2Fb@2026-03");
    for (String wrong : List.of("orders", "shop/orders", "a/b/c/d", "//t", "a/b/c%2f")) {
      refused("dataset", () -> Values.dataset("dataset", wrong));
    }
  }

  @Test
  void shouldRefuseTextsThatNoNameCanBe() {
    refused("table", () -> Values.text("table", ""));
    refused("table", () -> Values.text("table", "a\0b"));
    refused("table", () -> Values.text("table", "x".repeat(1_001)));
    assertThat(Values.text("table", "x\"; drop table y;--")).isEqualTo("x\"; drop table y;--");
  }

  private static void refused(String field, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().field()).isEqualTo(field);
              assertThat(e.problem().status()).isEqualTo(400);
            });
  }
}
