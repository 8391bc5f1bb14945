package io.profilemesh.core.drift;

import io.profilemesh.core.profile.FrequentValues.FrequentValue;

/**
 * The identity of a frequent value through the runs of a column: the value itself where it is
 * published and short, else a hash. Values in clear and hashed ones never match, whatever they are.
 */
public final class Category {

  private static final int LONGEST = 32;
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

  /** The value of a key with a count. */
  public static FrequentValue value(String key, long count) {
    String rest = key.substring(1);
    return key.charAt(0) == CLEAR
        ? new FrequentValue(rest, null, count, 0)
        : new FrequentValue(null, rest, count, 0);
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
