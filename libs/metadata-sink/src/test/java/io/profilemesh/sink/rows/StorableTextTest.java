package io.profilemesh.sink.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StorableTextTest {

  @Test
  void shouldLeaveGoodTextAsItIs() {
    String text = "plain, \u00fc, \ud83d\ude00, \u202e, \n";
    assertThat(StorableText.of(text)).isSameAs(text);
    assertThat(StorableText.ofNullable(null)).isNull();
  }

  @Test
  void shouldReplaceNulAndHalvesOfCharacters() {
    assertThat(StorableText.of("a\0b\0")).isEqualTo("a\ufffdb\ufffd");
    assertThat(StorableText.of("\ud83dx")).isEqualTo("\ufffdx");
    assertThat(StorableText.of("x\ude00")).isEqualTo("x\ufffd");
    assertThat(StorableText.of("\ud83d\ud83d\ude00")).isEqualTo("\ufffd\ud83d\ude00");
  }
}
