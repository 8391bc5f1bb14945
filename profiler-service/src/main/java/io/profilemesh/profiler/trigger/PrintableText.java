package io.profilemesh.profiler.trigger;

import org.jspecify.annotations.Nullable;

/** Texts of strangers, made fit for records and people. */
final class PrintableText {

  private PrintableText() {}

  /** Without control characters and halves of characters, at most this long. */
  static String of(String text, int longest) {
    StringBuilder result = new StringBuilder(Math.min(text.length(), longest));
    for (int i = 0; i < text.length() && result.length() < longest; i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))
          && result.length() + 2 <= longest) {
        result.append(c).append(text.charAt(++i));
      } else {
        result.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\uFFFD' : c);
      }
    }
    return result.toString();
  }

  /** The same, of a text that may be absent. */
  static @Nullable String ofNullable(@Nullable String text, int longest) {
    return text == null ? null : of(text, longest);
  }
}
