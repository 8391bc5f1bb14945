package io.profilemesh.core.profile;

/**
 * What the values of a column look like.
 *
 * @param name such as {@code email}; docs/metrics.md lists all
 * @param confidence share of the inspected non-null values that fit, 0 to 1
 */
public record SemanticType(String name, double confidence) {

  /** Whether such values are personal data. */
  public boolean isPersonal() {
    return SemanticKind.isPersonal(name);
  }
}
