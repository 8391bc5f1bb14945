package io.profilemesh.query.history;

import org.jspecify.annotations.Nullable;

/**
 * Which source and schema a row belongs to: what decides who may see it. The texts are ours.
 *
 * @param source source of the row, as SQL
 * @param schema its schema, as SQL; null: the row is about a whole source
 * @param isShared whether it belongs to no source, so that the role alone decides
 */
public record Belonging(String source, @Nullable String schema, boolean isShared) {

  /** Rows about tables: {@code source} and {@code schema_name} of a table with an alias. */
  public static Belonging toTables(String alias) {
    return new Belonging(alias + ".source", alias + ".schema_name", false);
  }

  /** Rows about whole sources: seen by those who may see all schemas of the source. */
  public static Belonging toSources(String alias) {
    return new Belonging(alias + ".source", null, false);
  }

  /** Rows that belong to a source and a schema in a way of their own. */
  public static Belonging to(String source, String schema) {
    return new Belonging(source, schema, false);
  }

  /** Rows that belong to no source. */
  public static Belonging toNobody() {
    return new Belonging("", null, true);
  }
}
