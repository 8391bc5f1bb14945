package io.profilemesh.configuration;

import java.util.regex.Pattern;

/** Name by which requests, dataset ids and logs know a source. */
public record SourceName(String value) implements Comparable<SourceName> {

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

  public SourceName {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "a source name has at most 63 letters, digits, dots, dashes and underscores");
    }
  }

  /** Whether a text can be the name of a source. */
  public static boolean isValid(String text) {
    return VALID.matcher(text).matches();
  }

  @Override
  public int compareTo(SourceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
