package io.profilemesh.schema;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Identities that follow from what an event says, so that a repeat is recognised. */
public final class EventIds {

  private static final HexFormat HEX = HexFormat.of();
  private static final int BYTES = 16;

  private EventIds() {}

  /**
   * SHA-256 over the parts, first 32 hexadecimal digits. Each part counts with its length, so that
   * {@code ("ab", "c")} and {@code ("a", "bc")} differ.
   */
  public static String of(String... parts) {
    MessageDigest digest = sha256();
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(length.clear().putInt(bytes.length).flip());
      digest.update(bytes);
    }
    return HEX.formatHex(digest.digest(), 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
