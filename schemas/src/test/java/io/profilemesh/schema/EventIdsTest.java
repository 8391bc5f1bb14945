package io.profilemesh.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventIdsTest {

  /** Expected value computed with Python 3.11: hashlib.sha256 over 4-byte big-endian lengths. */
  @Test
  void shouldBeTheFirstHalfOfASha256OverPartsWithTheirLengths() {
    assertThat(EventIds.of("query-service", "profilemesh.run-events", "3", "1042"))
        .isEqualTo("3956dd4e819490d65e367734174bfb8c");
  }

  @Test
  void shouldDifferWhenPartsAreCutElsewhere() {
    assertThat(EventIds.of("ab", "c")).isNotEqualTo(EventIds.of("a", "bc"));
    assertThat(EventIds.of("a", "")).isNotEqualTo(EventIds.of("a"));
  }

  @Test
  void shouldBeTheSameForTheSameParts() {
    assertThat(EventIds.of("größe", "😀")).isEqualTo(EventIds.of("größe", "😀"));
  }
}
