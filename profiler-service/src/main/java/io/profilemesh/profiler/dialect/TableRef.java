package io.profilemesh.profiler.dialect;

/**
 * A table (or view) as the catalogue names it.
 *
 * @param schema schema in its own case; empty where the engine has none
 * @param table table in its own case
 */
public record TableRef(String schema, String table, RelationKind kind) {

  public TableRef {
    if (table.isEmpty()) {
      throw new IllegalArgumentException("a table needs a name");
    }
  }

  /** {@code schema.table} for people; never for SQL. */
  public String displayName() {
    return schema.isEmpty() ? table : schema + "." + table;
  }
}
