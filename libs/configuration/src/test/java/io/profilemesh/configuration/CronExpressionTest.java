package io.profilemesh.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"0 2 * * *", "*/15 * * * *", "0,30 8-18 * * MON-FRI", "5 4 1 JAN 0", "0 0 * * 7"})
  void shouldAcceptFiveFields(String text) {
    assertThat(CronExpression.isValid(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "*/0 * * * *",
        "5-1 * * * *",
        "a * * * *",
        "1,,2 * * * *",
        "1-2-3 * * * *"
      })
  void shouldRefuseAnythingElse(String text) {
    assertThat(CronExpression.isValid(text)).isFalse();
  }
}
