package io.profilemesh.query.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The secret of a session: 256 random bits in a cookie. The tables have its hash only. What proves
 * that a change was meant by the page itself, and not by another one that the browser sends the
 * cookie for, is derived from it.
 */
final class SessionToken {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final String text;

  private SessionToken(String text) {
    this.text = text;
  }

  static SessionToken random(SecureRandom chance) {
    byte[] bytes = new byte[32];
    chance.nextBytes(bytes);
    return new SessionToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** A secret from its text; empty: it is none. */
  static Optional<SessionToken> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new SessionToken(text)) : Optional.empty();
  }

  /** The whole secret: for the cookie. */
  String reveal() {
    return text;
  }

  /** What the tables have of it. */
  byte[] hash() {
    return sha256("profilemesh session\0" + text);
  }

  /** What a change has to show beside the cookie. */
  String proof() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(sha256("profilemesh change\0" + text));
  }

  /** Whether something is that proof; takes the same time whatever the answer. */
  boolean isProvedBy(String shown) {
    return MessageDigest.isEqual(
        proof().getBytes(StandardCharsets.US_ASCII), shown.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "session";
  }
}
