package io.profilemesh.core.profile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Questions about UTF-8 text in place. */
final class TextBytes {

  private TextBytes() {}

  /** Text for people; malformed bytes become replacement characters. */
  static String decode(byte[] text) {
    return new String(text, StandardCharsets.UTF_8);
  }

  static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder(2 * bytes.length);
    for (byte b : bytes) {
      text.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return text.toString();
  }

  /** Whether the text is empty or all white space, as {@link String#isBlank()} sees it. */
  static boolean isBlank(byte[] data, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      byte c = data[i];
      if (c < 0) {
        if (!isWideSpace(data, i, offset + length)) {
          return false;
        }
        i += 2;
      } else if (c > ' ' || !Character.isWhitespace(c)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The white space beyond ASCII, each of three bytes: U+1680, U+2000 to 200A but 2007, and so on.
   */
  private static boolean isWideSpace(byte[] data, int at, int end) {
    if (end - at < 3 || (data[at] & 0xFC) != 0xE0) {
      return false;
    }
    int codePoint = (data[at] & 0x0F) << 12 | (data[at + 1] & 0x3F) << 6 | data[at + 2] & 0x3F;
    return Character.isWhitespace(codePoint);
  }

  /** The first bytes, cut between code points. */
  static byte[] prefix(byte[] data, int offset, int length, int limit) {
    int end = Math.min(length, limit);
    if (end < length) {
      while (end > 0 && (data[offset + end] & 0xC0) == 0x80) {
        end--;
      }
    }
    return Arrays.copyOfRange(data, offset, offset + end);
  }
}
