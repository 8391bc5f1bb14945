package io.profilemesh.core.drift;

/**
 * A pattern of names: {@code *} stands for any characters, {@code ?} for one; case-sensitive.
 * Matching takes at most pattern times name steps.
 */
public record NamePattern(String text) {

  /** Matches every name. */
  public static final NamePattern ANY = new NamePattern("*");

  public NamePattern {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a pattern is not empty");
    }
  }

  /** Whether the whole name fits. */
  public boolean matches(String name) {
    int at = 0;
    int read = 0;
    int star = -1;
    int retry = 0;
    while (read < name.length()) {
      if (at < text.length() && text.charAt(at) == '*') {
        star = at++;
        retry = read;
      } else if (at < text.length()
          && (text.charAt(at) == '?' || text.charAt(at) == name.charAt(read))) {
        at++;
        read++;
      } else if (star >= 0) {
        at = star + 1;
        read = ++retry;
      } else {
        return false;
      }
    }
    while (at < text.length() && text.charAt(at) == '*') {
      at++;
    }
    return at == text.length();
  }
}
