package io.profilemesh.core.profile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Identity of a run. Chosen by the requester, or derived from the request id, so that a request
 * that is processed twice gives the same run. One run id may cover several datasets of a request.
 */
public record RunId(UUID value) {

  /** Namespace of derived run ids (UUID version 5 of the URL namespace and the product's name). */
  private static final UUID NAMESPACE = UUID.fromString("5f1d7b0a-6a0f-5d0e-9a55-3f0c4b5a9d10");

  /** The run that a request without a run id of its own leads to: UUID version 5 (RFC 9562). */
  public static RunId derivedFrom(String requestId) {
    MessageDigest sha1 = sha1();
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(NAMESPACE.getMostSignificantBits())
            .putLong(NAMESPACE.getLeastSignificantBits())
            .flip());
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(requestId.getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new RunId(new UUID(high, low));
  }

  /**
   * Reads the canonical text of a UUID.
   *
   * @throws IllegalArgumentException when the text is no UUID in its canonical form
   */
  public static RunId parse(String text) {
    UUID value = UUID.fromString(text);
    if (!value.toString().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException("a run id is a UUID of 36 characters");
    }
    return new RunId(value);
  }

  @Override
  public String toString() {
    return value.toString();
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
