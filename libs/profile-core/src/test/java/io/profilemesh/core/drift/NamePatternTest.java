package io.profilemesh.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

  @ParameterizedTest
  @CsvSource({
    "*, anything, true",
    "a*c, abc, true",
    "a*c, ac, true",
    "a*b*c, axxbyyc, true",
    "a*b*c, axxcyyb, false",
    "a?c, abc, true",
    "a?c, ac, false",
    "abc, ABC, false",
    "a**, a, true",
    "*aab, aaaab, true"
  })
  void shouldMatchWholeNames(String pattern, String name, boolean expected) {
    assertThat(new NamePattern(pattern).matches(name)).isEqualTo(expected);
  }
}
