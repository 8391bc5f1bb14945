package io.profilemesh.metadata;

import java.util.List;

/**
 * How a database differs from what this program expects of it.
 *
 * @param differences each difference, migrations before tables; empty: none
 */
public record Validation(List<Difference> differences) {

  public Validation {
    differences = List.copyOf(differences);
  }

  /** Whether the database is exactly as expected. */
  public boolean clean() {
    return differences.isEmpty();
  }

  /**
   * One difference.
   *
   * @param kind what differs
   * @param subject script, table, column or index concerned
   * @param message one sentence with the remedy
   */
  public record Difference(Kind kind, String subject, String message) {}

  /** What can differ. */
  public enum Kind {
    PENDING_MIGRATION,
    CHANGED_MIGRATION,
    FAILED_MIGRATION,
    UNKNOWN_MIGRATION,
    MISSING_OBJECT,
    CHANGED_OBJECT,
    UNEXPECTED_OBJECT
  }
}
