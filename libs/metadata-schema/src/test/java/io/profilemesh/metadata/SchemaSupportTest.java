package io.profilemesh.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SchemaSupportTest {

  @Test
  void shouldSupportExactlyItsOwnVersion() {
    assertThat(SchemaSupport.judge(SchemaSupport.VERSION, false).supported()).isTrue();
    assertThat(SchemaSupport.judge(SchemaSupport.VERSION - 1, false).supported()).isFalse();
    assertThat(SchemaSupport.judge(SchemaSupport.VERSION + 1, false).supported()).isFalse();
    assertThat(SchemaSupport.judge(SchemaSupport.VERSION, true).supported()).isFalse();
  }

  @Test
  void shouldNameTheCommandWhenTablesAreMissingOrOld() {
    assertThat(SchemaSupport.judge(0, false).problem()).contains("profilemesh migrate apply");
    assertThat(SchemaSupport.judge(1, false).problem())
        .contains("version 1")
        .contains("profilemesh migrate apply");
  }
}
