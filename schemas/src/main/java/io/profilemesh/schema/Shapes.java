package io.profilemesh.schema;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Shapes of single values. Runs on every record: no regular expression, nothing allocated. */
final class Shapes {

  private static final int LONGEST_NAME = 1_000;
  private static final int LONGEST_DATASET_ID = 4_000;
  private static final long LATEST_MILLIS = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

  private Shapes() {}

  /** A UUID in its canonical form of 36 characters in lower case. */
  static boolean isUuid(String text) {
    if (text.length() != 36) {
      return false;
    }
    for (int i = 0; i < 36; i++) {
      char c = text.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : !isHexDigit(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHexDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  /** Lower-case hexadecimal digits of a given number. */
  static boolean isHex(String text, int digits) {
    if (text.length() != digits) {
      return false;
    }
    for (int i = 0; i < digits; i++) {
      if (!isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Neither empty nor too long. Databases allow nearly anything in a name: only NUL and halves of a
   * character, which no database stores, are refused.
   */
  static boolean isName(@Nullable String text) {
    return text != null && !text.isEmpty() && isNameOrEmpty(text);
  }

  static boolean isNameOrEmpty(@Nullable String text) {
    return isMadeOf(text, LONGEST_NAME, '\0');
  }

  /** At most this many characters, no control character and no half of a character among them. */
  static boolean isText(@Nullable String text, int longest) {
    return isMadeOf(text, longest, (char) 31);
  }

  private static boolean isMadeOf(@Nullable String text, int longest, char lastControl) {
    if (text == null) {
      return true;
    }
    if (text.length() > longest) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= lastControl || (c == 127 && lastControl > 0)) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!isPairAt(text, i)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static boolean isPairAt(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  /** The canonical form source/schema/table or source/schema/table@slice. */
  static boolean isDatasetId(String text) {
    if (!isText(text, LONGEST_DATASET_ID)) {
      return false;
    }
    int first = text.indexOf('/');
    int second = text.indexOf('/', first + 1);
    int at = text.indexOf('@');
    int tableEnd = at < 0 ? text.length() : at;
    return first > 0
        && second > first
        && text.indexOf('/', second + 1) < 0
        && tableEnd > second + 1
        && tableEnd != text.length() - 1
        && text.indexOf('@', at + 1) == (at < 0 ? at : -1)
        && hasWholeEscapes(text);
  }

  /** From 1970, exclusive, to 2100: zero is what an unset field says. */
  static boolean isInstant(@Nullable Instant instant) {
    if (instant == null) {
      return false;
    }
    long seconds = instant.getEpochSecond();
    return seconds >= 0 && seconds <= LATEST_MILLIS / 1000 && instant.toEpochMilli() > 0;
  }

  static boolean isInstantOrNull(@Nullable Instant instant) {
    return instant == null || isInstant(instant);
  }

  static boolean isFinite(@Nullable Double number) {
    return number == null || Double.isFinite(number);
  }

  static boolean isShare(double number) {
    return number >= 0 && number <= 1;
  }

  /** Finite where given, and not upside down. */
  static boolean isRange(@Nullable Double lower, @Nullable Double upper) {
    return isFinite(lower) && isFinite(upper) && (lower == null || upper == null || lower <= upper);
  }

  private static boolean hasWholeEscapes(String text) {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
      if (i + 2 >= text.length()
          || Character.digit(text.charAt(i + 1), 16) < 0
          || Character.digit(text.charAt(i + 2), 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
