package io.profilemesh.configuration;

import java.util.regex.Pattern;

/** Regular expressions under a limit of steps, since patterns come from requests. */
final class BoundedMatching {

  private static final int MAX_STEPS = 100_000;

  private BoundedMatching() {}

  /**
   * Whether the whole text matches.
   *
   * @throws PatternTooExpensiveException when the limit of steps is reached
   */
  static boolean matches(Pattern pattern, String text) {
    try {
      return pattern.matcher(new Counted(text, 0, text.length(), new int[1])).matches();
    } catch (StackOverflowError e) {
      throw new PatternTooExpensiveException();
    }
  }

  /** A text that counts how often it is looked at. */
  private record Counted(String text, int from, int to, int[] steps) implements CharSequence {

    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      if (++steps[0] > MAX_STEPS) {
        throw new PatternTooExpensiveException();
      }
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text, from + start, from + end, steps);
    }

    @Override
    public String toString() {
      return text.substring(from, to);
    }
  }
}
