package io.profilemesh.drift.query;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask for the state: with a key, whoever shows it; without one, programs on the same host.
 * Instances show the key to each other. Keys are compared by their hashes, in constant time.
 */
public final class QuestionKey {

  /** Fewest characters of a key: as text in base 64, 192 bits. */
  public static final int FEWEST_CHARACTERS = 32;

  /** No key: only the same host is answered. */
  public static final QuestionKey NONE = new QuestionKey(null);

  private static final String SCHEME = "Bearer ";

  private final @Nullable String header;

  private QuestionKey(@Nullable String header) {
    this.header = header;
  }

  /**
   * A key.
   *
   * @throws IllegalArgumentException when it is too short; the message does not hold it
   */
  public static QuestionKey of(String key) {
    if (key.length() < FEWEST_CHARACTERS || !key.chars().allMatch(one -> one > ' ' && one < 127)) {
      throw new IllegalArgumentException(
          "profilemesh.drift.question-key has at least 32 printable characters and no space");
    }
    return new QuestionKey(SCHEME + key);
  }

  /** Value of the header {@code Authorization} that shows it; null: there is none to show. */
  @Nullable String header() {
    return header;
  }

  /**
   * Whether somebody is answered.
   *
   * @param shown their header {@code Authorization}; null: none
   * @param address where they ask from, in digits
   */
  boolean admits(@Nullable String shown, @Nullable String address) {
    if (header == null) {
      return address != null && isThisHost(address);
    }
    return shown != null && MessageDigest.isEqual(digest(header), digest(shown));
  }

  private static boolean isThisHost(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Holds no key. */
  @Override
  public String toString() {
    return header == null ? "no key" : "a key";
  }
}
