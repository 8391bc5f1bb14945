package io.profilemesh.core.profile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands a keyed hash in for a value, so that equal values of different runs are recognised and the
 * value is not disclosed. Immutable; safe for use by many threads. The key is never printed.
 */
public final class ValueHasher {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int HASH_BYTES = 8;

  private final SecretKeySpec key;
  private final String keyId;
  private final long sketchSeed;

  /**
   * @param key secret shared by the whole mesh, at least 16 bytes
   * @param keyId public name of the key; hashes of different key ids are not comparable
   */
  public ValueHasher(byte[] key, String keyId) {
    if (key.length < 16) {
      throw new IllegalArgumentException("a hash key has at least 16 bytes");
    }
    if (keyId.isEmpty()) {
      throw new IllegalArgumentException("a hash key needs an id");
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.keyId = keyId;
    // From a part of the hash that is never published, so that no value's hash gives it away.
    this.sketchSeed =
        ByteBuffer.wrap(hmac("sketch-seed".getBytes(StandardCharsets.US_ASCII))).getLong(24);
  }

  /** Public name of the key. */
  public String keyId() {
    return keyId;
  }

  /** HMAC-SHA-256 of the value's UTF-8 bytes, first 16 hexadecimal digits. */
  public String hash(String value) {
    return hash(value.getBytes(StandardCharsets.UTF_8));
  }

  /** HMAC-SHA-256 of the value, first 16 hexadecimal digits. */
  public String hash(byte[] value) {
    byte[] mac = hmac(value);
    StringBuilder text = new StringBuilder(2 * HASH_BYTES);
    for (int i = 0; i < HASH_BYTES; i++) {
      text.append(Character.forDigit((mac[i] >> 4) & 15, 16));
      text.append(Character.forDigit(mac[i] & 15, 16));
    }
    return text.toString();
  }

  /** Names the hash function of sketches and its key; see {@link Sketch#hashId()}. */
  public String sketchHashId() {
    return "mix64-1:" + keyId;
  }

  /** Secret seed of the hash function of sketches, derived from the key. */
  long sketchSeed() {
    return sketchSeed;
  }

  @Override
  public String toString() {
    return "ValueHasher[keyId=" + keyId + "]";
  }

  private byte[] hmac(byte[] value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(value);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
