package io.profilemesh.metadata.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as its holder knows it: {@code pmk_}, a prefix that may be seen by anybody, {@code _}, and
 * 256 random bits. Nothing but its holder keeps it: the tables have its hash. Since it is random
 * and long, a fast hash is enough; no dictionary has it.
 */
public final class ApiKeySecret {

  /** What every key begins with. */
  public static final String MARK = "pmk_";

  private static final Pattern FORM = Pattern.compile("pmk_([a-z2-7]{8})_([A-Za-z0-9_-]{43})");
  private static final String PREFIX_LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int SECRET_BYTES = 32;

  private final String prefix;
  private final String text;

  private ApiKeySecret(String prefix, String text) {
    this.prefix = prefix;
    this.text = text;
  }

  /** A new key. */
  public static ApiKeySecret random(SecureRandom chance) {
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      prefix.append(PREFIX_LETTERS.charAt(chance.nextInt(PREFIX_LETTERS.length())));
    }
    byte[] secret = new byte[SECRET_BYTES];
    chance.nextBytes(secret);
    return new ApiKeySecret(
        prefix.toString(),
        MARK + prefix + '_' + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** A key from its text; empty: it is none. */
  public static Optional<ApiKeySecret> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches() ? Optional.of(new ApiKeySecret(form.group(1), text)) : Optional.empty();
  }

  /** A text in which the secret of every key is replaced by dots. */
  public static String hideIn(String text) {
    return text.contains(MARK)
        ? text.replaceAll("(pmk_[a-z2-7]{8}_)[A-Za-z0-9_-]+", "$1...")
        : text;
  }

  /** The part that is no secret. */
  public String prefix() {
    return prefix;
  }

  /** The whole key: for its holder, once. */
  public String reveal() {
    return text;
  }

  /** What the tables have of it: its SHA-256. */
  public byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether a hash is this key's; takes the same time whatever the answer. */
  public boolean isBehind(byte[] hash) {
    return MessageDigest.isEqual(hash(), hash);
  }

  @Override
  public String toString() {
    return MARK + prefix + "_...";
  }
}
