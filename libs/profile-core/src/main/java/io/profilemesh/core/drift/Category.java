package io.profilemesh.core.drift;

import io.profilemesh.core.profile.FrequentValues.FrequentValue;

/**
 * The identity of a frequent value through the runs of a column: the value itself where it is
 * published and short, else a hash. Values in clear and hashed ones never match, whatever they are.
 */
public final class Category {

  /** Longest text that is its own key. */
  public static final int LONGEST = 32;

  private static final char CLEAR = '=';
  private static final char HASHED = '#';

  private Category() {}

  /** The key of a value that has text or hash. */
  public static String key(FrequentValue value) {
    String text = value.value();
    if (text == null) {
      return HASHED + String.valueOf(value.hash());
    }
    return text.length() <= LONGEST ? CLEAR + text : HASHED + "~" + digest(text);
  }

  /** Whether a key is of a value in clear. */
  public static boolean isClear(String key) {
    return key.charAt(0) == CLEAR;
  }

  /** How messages name it: the value where it is published, else the start of its hash. */
  static String name(String key) {
    String rest = key.substring(1);
    return key.charAt(0) == CLEAR
        ? Explanation.name(rest)
        : "#" + rest.substring(0, Math.min(8, rest.length()));
  }

  /** FNV-1a, 64 bits: tells long values apart, hides nothing. */
  private static String digest(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return String.format("%016x", hash);
  }
}
