package io.profilemesh.profiler.dialect;

import java.util.Locale;

/** What to read a column of DuckDB as, by the engine's name of its type. */
final class DuckDbTypes {

  private DuckDbTypes() {}

  static JdbcEncoding encodingOf(String dataType) {
    String type = dataType.toUpperCase(Locale.ROOT);
    if (type.endsWith("]")) {
      return JdbcEncoding.ARRAY_AS_TEXT;
    }
    int parameters = type.indexOf('(');
    return switch (parameters < 0 ? type : type.substring(0, parameters).strip()) {
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" ->
          JdbcEncoding.LONG;
      case "UBIGINT", "HUGEINT", "UHUGEINT", "DECIMAL" -> JdbcEncoding.DECIMAL;
      case "FLOAT", "DOUBLE" -> JdbcEncoding.DOUBLE;
      case "BOOLEAN" -> JdbcEncoding.BOOLEAN;
      case "VARCHAR", "ENUM" -> JdbcEncoding.TEXT;
      case "JSON" -> JdbcEncoding.JSON;
      case "UUID" -> JdbcEncoding.UUID_AS_TEXT;
      case "BLOB" -> JdbcEncoding.BYTES;
      case "DATE" -> JdbcEncoding.DATE_AS_DAYS;
      case "TIME" -> JdbcEncoding.TIME_AS_MICROS;
      case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" ->
          JdbcEncoding.TIMESTAMP_AS_MICROS;
      case "TIMESTAMP WITH TIME ZONE" -> JdbcEncoding.INSTANT_AS_MICROS;
      default -> JdbcEncoding.OTHER_AS_TEXT;
    };
  }
}
