package io.profilemesh.profiler.dialect;

import java.util.Locale;

/** What to read a column of MySQL or MariaDB as, by the names of its type. */
final class MySqlTypes {

  private static final int BITS_OF_LONG = 63;

  private MySqlTypes() {}

  /**
   * @param dataType name alone, such as {@code bigint}
   * @param columnType with all parameters, such as {@code bigint(20) unsigned}
   */
  static JdbcEncoding encodingOf(String dataType, String columnType) {
    String full = columnType.toLowerCase(Locale.ROOT);
    return switch (dataType.toLowerCase(Locale.ROOT)) {
      // What BOOLEAN becomes; other numbers in it make it a number.
      case "tinyint" -> full.startsWith("tinyint(1)") ? JdbcEncoding.BOOLEAN : JdbcEncoding.LONG;
      case "smallint", "mediumint", "int", "year" -> JdbcEncoding.LONG;
      case "bigint" -> full.contains("unsigned") ? JdbcEncoding.DECIMAL : JdbcEncoding.LONG;
      case "bit" -> bits(full);
      case "decimal" -> JdbcEncoding.DECIMAL;
      case "float", "double" -> JdbcEncoding.DOUBLE;
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set" ->
          JdbcEncoding.TEXT;
      case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "vector" ->
          JdbcEncoding.BYTES;
      case "json" -> JdbcEncoding.JSON;
      case "uuid" -> JdbcEncoding.UUID_AS_TEXT;
      case "date" -> JdbcEncoding.DATE_AS_DAYS;
      case "time" -> JdbcEncoding.TIME_AS_MICROS;
      case "datetime" -> JdbcEncoding.TIMESTAMP_AS_MICROS;
      case "timestamp" -> JdbcEncoding.INSTANT_AS_MICROS;
      default -> JdbcEncoding.OTHER_AS_TEXT;
    };
  }

  /** Whether values are shapes, which have a text of their own only by a function. */
  static boolean isShape(String dataType) {
    return switch (dataType.toLowerCase(Locale.ROOT)) {
      case "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "geomcollection" ->
          true;
      default -> false;
    };
  }

  private static JdbcEncoding bits(String columnType) {
    if (columnType.equals("bit(1)") || columnType.equals("bit")) {
      return JdbcEncoding.BOOLEAN;
    }
    String width = columnType.replaceAll("\\D", "");
    return !width.isEmpty() && Integer.parseInt(width) <= BITS_OF_LONG
        ? JdbcEncoding.LONG
        : JdbcEncoding.DECIMAL;
  }
}
