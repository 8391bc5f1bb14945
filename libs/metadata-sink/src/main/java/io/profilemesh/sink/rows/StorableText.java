package io.profilemesh.sink.rows;

import org.jspecify.annotations.Nullable;

/** Text as PostgreSQL can keep it: NUL and halves of a character become U+FFFD. */
public final class StorableText {

  private static final char REPLACEMENT = '\uFFFD';

  private StorableText() {}

  /** The text itself unless it holds something that cannot be stored. */
  public static @Nullable String ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
  }

  /** The text itself unless it holds something that cannot be stored. */
  public static String of(String text) {
    int bad = firstBad(text, 0);
    if (bad < 0) {
      return text;
    }
    char[] characters = text.toCharArray();
    while (bad >= 0) {
      characters[bad] = REPLACEMENT;
      bad = firstBad(text, bad + 1);
    }
    return new String(characters);
  }

  private static int firstBad(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return i;
      }
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          return i;
        }
      }
    }
    return -1;
  }
}
