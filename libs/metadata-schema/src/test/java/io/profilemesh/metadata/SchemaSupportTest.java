package io.profilemesh.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SchemaSupportTest {

  @Test
  void shouldSupportExactlyItsOwnVersion() {
    assertThat(SchemaSupport.judge(SchemaSupport.VERSION, false).supported()).isTrue();
    assertThat(SchemaSupport.judge(SchemaSupport.VERSION - 1, false).supported()).isFalse();
    assertThat(SchemaSupport.judge(SchemaSupport.VERSION + 1, false).supported()).isTrue();
    assertThat(SchemaSupport.judge(SchemaSupport.VERSION + 2, false).supported()).isFalse();
    assertThat(SchemaSupport.judge(SchemaSupport.VERSION, true).supported()).isFalse();
  }

  @Test
  void shouldNameTheCommandWhenTablesAreMissingOrOld() {
    assertThat(SchemaSupport.judge(0, false).problem()).contains("profilemesh migrate apply");
    assertThat(SchemaSupport.judge(1, false).problem())
        .contains("version 1")
        .contains("profilemesh migrate apply");
  }

  @Test
  void shouldReadTablesOfTheVersionBeforeWithoutWritingThem() {
    assertThat(SchemaSupport.OLDEST_READABLE).isBetween(1, SchemaSupport.VERSION);
    assertThat(SchemaSupport.judge(SchemaSupport.OLDEST_READABLE, false).readable()).isTrue();
    assertThat(SchemaSupport.judge(SchemaSupport.OLDEST_READABLE - 1, false).readable()).isFalse();
    assertThat(SchemaSupport.judge(SchemaSupport.OLDEST_READABLE, true).readable()).isFalse();
    assertThat(SchemaSupport.judge(SchemaSupport.VERSION + 2, false).readable()).isFalse();
  }
}
