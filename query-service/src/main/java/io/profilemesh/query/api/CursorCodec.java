package io.profilemesh.query.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.query.history.Cursor;
import io.profilemesh.query.history.Cursor.Direction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Cursors as text: opaque, and good only for the list and the filters they were made for. A tag
 * (HMAC-SHA-256, 16 bytes) covers scope and content, so a made-up or foreign cursor is noticed.
 * Thread-safe.
 */
final class CursorCodec {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int TAG_BYTES = 16;

  /** Characters of the longest cursor. */
  static final int LONGEST = 8_000;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

  private final SecretKeySpec key;

  /** A codec whose cursors every other codec of the same secret understands. */
  CursorCodec(String secret) {
    this.key = new SecretKeySpec(sha256("profilemesh cursor\0" + secret), ALGORITHM);
  }

  /**
   * A cursor as text.
   *
   * @param scope list and filters it belongs to
   */
  String encode(String scope, Cursor cursor) {
    List<String> content = new ArrayList<>();
    content.add(cursor.direction() == Direction.NEXT ? "n" : "p");
    content.addAll(cursor.key());
    byte[] body = write(content);
    byte[] tag = tag(scope, body);
    byte[] bytes = Arrays.copyOf(tag, TAG_BYTES + body.length);
    System.arraycopy(body, 0, bytes, TAG_BYTES, body.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * A cursor from text.
   *
   * @throws ProblemException when the text is no cursor of this scope
   */
  Cursor decode(String scope, String text) {
    if (text.length() > LONGEST) {
      throw invalid();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    if (bytes.length <= TAG_BYTES) {
      throw invalid();
    }
    byte[] body = Arrays.copyOfRange(bytes, TAG_BYTES, bytes.length);
    if (!MessageDigest.isEqual(tag(scope, body), Arrays.copyOf(bytes, TAG_BYTES))) {
      throw invalid();
    }
    List<String> content = read(body);
    return new Cursor(
        content.get(0).equals("n") ? Direction.NEXT : Direction.PREVIOUS,
        content.subList(1, content.size()));
  }

  private byte[] tag(String scope, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(sha256(scope));
      return Arrays.copyOf(mac.doFinal(body), TAG_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] write(List<String> content) {
    try {
      return JSON.writeValueAsBytes(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list of texts can always be written", e);
    }
  }

  private static List<String> read(byte[] body) {
    try {
      return JSON.readValue(body, TEXTS);
    } catch (IOException e) {
      throw invalid();
    }
  }

  private static ProblemException invalid() {
    return new ProblemException(
        ProblemCode.INVALID_CURSOR,
        "A cursor is taken from the answer before, unchanged, with the same filters.",
        "cursor");
  }
}
