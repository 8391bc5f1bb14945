package io.profilemesh.metadata;

import java.util.SortedMap;

/**
 * What the newest migration leaves behind, written down: a test compares it with a real database.
 */
final class ExpectedShape {

  /** Where it is written down. */
  static final String RESOURCE = "db/expected-shape.txt";

  private ExpectedShape() {}

  static SortedMap<String, String> read() {
    return DatabaseShape.parse(MigrationScripts.readResource(RESOURCE));
  }
}
