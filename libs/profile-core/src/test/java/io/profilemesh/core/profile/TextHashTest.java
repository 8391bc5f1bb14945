package io.profilemesh.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextHashTest {

  @Test
  void shouldAgreeWithTheHashOfBytesAndCountCodePointsAtEveryLength() {
    // given
    Random random = new Random(3);
    String alphabet = "ab 1\u00e9\u00df\u4e2d\ud83d\ude00";
    int[] symbols = alphabet.codePoints().toArray();
    TextHash hash = new TextHash(99);
    for (int length = 0; length < 80; length++) {
      for (int round = 0; round < 40; round++) {
        int kinds = round % 2 == 0 ? 4 : symbols.length;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
          text.appendCodePoint(symbols[random.nextInt(kinds)]);
        }
        byte[] bytes = ("xyz" + text + "é").getBytes(StandardCharsets.UTF_8);

        // when
        long found = hash.of(bytes, 3, bytes.length - 5);

        // then
        assertThat(found).isEqualTo(ValueHash.ofBytes(bytes, 3, bytes.length - 5, 99));
        assertThat(hash.codePoints()).isEqualTo(length);
        assertThat(ValueHash.codePoints(bytes, 3, bytes.length - 5)).isEqualTo(length);
      }
    }
  }
}
