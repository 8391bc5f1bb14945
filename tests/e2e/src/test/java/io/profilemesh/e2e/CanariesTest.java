package io.profilemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.e2e.Canaries.Sighting;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanariesTest {

  private static final String BIRD = "kq7zYellowBird";
  private static final long CARD = 4_000_000_000_000_002L;

  private final Canaries canaries = new Canaries().text(BIRD).number(CARD);

  @Test
  void shouldSeeNothingWhereThereIsNothing() {
    byte[] noise = new byte[1_000_000];
    new Random(7).nextBytes(noise);

    assertThat(canaries.in(noise)).isEmpty();
    assertThat(canaries.in(new byte[0])).isEmpty();
    assertThat(canaries.in("kq7zYellowBir".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 50})
  void shouldSeeATextInEveryGuise(int before) {
    byte[] plain = ("x".repeat(before) + BIRD + "yz").getBytes(StandardCharsets.UTF_8);

    sees(plain, BIRD, "plain");
    sees(("x".repeat(before) + BIRD.toUpperCase()).getBytes(StandardCharsets.UTF_8), BIRD, "plain");
    sees(HexFormat.of().formatHex(plain).getBytes(StandardCharsets.UTF_8), BIRD, "hex");
    sees(Base64.getEncoder().encode(plain), BIRD, "base64");
    sees(("x".repeat(before) + BIRD).getBytes(StandardCharsets.UTF_16LE), BIRD, "UTF-16LE");
    sees(("x".repeat(before) + BIRD).getBytes(StandardCharsets.UTF_16BE), BIRD, "UTF-16BE");
  }

  @Test
  void shouldSeeANumberInEveryGuise() {
    String card = Long.toString(CARD);

    sees(("<" + CARD + ">").getBytes(StandardCharsets.UTF_8), card, "plain");
    sees(Double.toString(CARD).getBytes(StandardCharsets.UTF_8), card, "double text");
    sees(ByteBuffer.allocate(12).putLong(3, CARD).array(), card, "long");
    sees(ByteBuffer.allocate(12).putDouble(3, CARD).array(), card, "double");
  }

  private void sees(byte[] haystack, String canary, String guise) {
    assertThat(canaries.in(haystack)).contains(new Sighting(canary, guise));
  }
}
