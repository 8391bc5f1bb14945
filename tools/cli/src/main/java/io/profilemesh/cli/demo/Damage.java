package io.profilemesh.cli.demo;

/**
 * Something that a bad load does to the shop.
 *
 * @param table table that it happens to
 * @param story what happens, for people
 * @param sql statement that does it
 */
public record Damage(String table, String story, String sql) {

  /** Table and story. */
  String sentence() {
    return table.substring(table.indexOf('.') + 1) + ": " + story;
  }
}
