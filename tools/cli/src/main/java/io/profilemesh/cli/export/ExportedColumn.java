package io.profilemesh.cli.export;

/**
 * A column on its way to a file.
 *
 * @param name its name
 * @param type PostgreSQL's name of its type
 */
record ExportedColumn(String name, String type) {

  /** As PostgreSQL writes it for CSV. */
  String selected() {
    return quoted(name);
  }

  /** As PostgreSQL writes it for Parquet: arrays as JSON, which DuckDB reads. */
  String selectedForParquet() {
    return isArray() ? "array_to_json(%1$s)::text AS %1$s".formatted(quoted(name)) : quoted(name);
  }

  /** Type in which DuckDB reads it from CSV. */
  String readType() {
    return isArray() ? "VARCHAR" : duckType(type);
  }

  /** As DuckDB writes it to Parquet. */
  String converted() {
    return isArray()
        ? "CAST(CAST(%1$s AS JSON) AS %2$s[]) AS %1$s"
            .formatted(quoted(name), duckType(type.substring(0, type.length() - 2)))
        : quoted(name);
  }

  private boolean isArray() {
    return type.endsWith("[]");
  }

  private static String duckType(String type) {
    return switch (type) {
      case "uuid" -> "UUID";
      case "smallint" -> "SMALLINT";
      case "integer" -> "INTEGER";
      case "bigint" -> "BIGINT";
      case "boolean" -> "BOOLEAN";
      case "double precision" -> "DOUBLE";
      case "timestamp with time zone" -> "TIMESTAMPTZ";
      case "timestamp without time zone" -> "TIMESTAMP";
      default -> "VARCHAR";
    };
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
