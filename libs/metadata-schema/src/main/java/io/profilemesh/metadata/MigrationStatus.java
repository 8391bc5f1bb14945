package io.profilemesh.metadata;

import java.util.List;

/**
 * Where a database stands.
 *
 * @param current newest version applied; 0: none
 * @param latest newest version this program knows
 * @param migrations every migration either of them knows, in order
 */
public record MigrationStatus(int current, int latest, List<Migration> migrations) {

  public MigrationStatus {
    migrations = List.copyOf(migrations);
  }

  /** Migrations still to apply, in order. */
  public List<Migration> pending() {
    return in(Migration.State.PENDING);
  }

  List<Migration> in(Migration.State state) {
    return migrations.stream().filter(migration -> migration.state() == state).toList();
  }
}
