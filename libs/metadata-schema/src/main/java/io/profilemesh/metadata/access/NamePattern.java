package io.profilemesh.metadata.access;

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

  /** Whether a name is meant; takes at most as many steps as pattern times name has characters. */
  public boolean matches(String name) {
    int star = text.indexOf('*');
    if (star < 0) {
      return name.equals(text);
    }
    if (!name.startsWith(text.substring(0, star))) {
      return false;
    }
    int at = star;
    for (int next = text.indexOf('*', star + 1); next >= 0; next = text.indexOf('*', star + 1)) {
      String between = text.substring(star + 1, next);
      int found = name.indexOf(between, at);
      if (found < 0) {
        return false;
      }
      at = found + between.length();
      star = next;
    }
    String end = text.substring(star + 1);
    return name.length() - at >= end.length() && name.endsWith(end);
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
