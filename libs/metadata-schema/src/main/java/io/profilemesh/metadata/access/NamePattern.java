package io.profilemesh.metadata.access;

import java.util.regex.Pattern;

/**
 * Names of sources or schemas, {@code *} standing for any characters, none included. Case counts.
 *
 * @param text pattern, 1 to 200 characters without control characters
 */
public record NamePattern(String text) {

  /** Every name. */
  public static final NamePattern ANY = new NamePattern("*");

  private static final int LONGEST = 200;

  public NamePattern {
    if (text.isEmpty()
        || text.length() > LONGEST
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a pattern has 1 to 200 characters and no control characters among them");
    }
  }

  /** Whether every name is meant. */
  public boolean isAny() {
    return text.chars().allMatch(c -> c == '*');
  }

  /** Whether one name is meant. */
  public boolean isLiteral() {
    return text.indexOf('*') < 0;
  }

  /** Whether a name is meant. */
  public boolean matches(String name) {
    String regex = Pattern.quote(text).replace("*", "\\E[\\s\\S]*\\Q");
    return Pattern.matches(regex, name);
  }

  /** The pattern as SQL's LIKE takes it. */
  public String like() {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace('*', '%');
  }

  @Override
  public String toString() {
    return text;
  }
}
