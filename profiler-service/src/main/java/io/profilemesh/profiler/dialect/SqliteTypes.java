package io.profilemesh.profiler.dialect;

import java.util.Locale;
import java.util.Set;

/** What to read a column of SQLite as: by its declared type, and where that says little by look. */
final class SqliteTypes {

  private SqliteTypes() {}

  /** Whether the declared type leaves open what is stored: none, or one for dates. */
  static boolean needsProbe(String declared) {
    String type = declared.toUpperCase(Locale.ROOT);
    return type.isBlank() || type.contains("DATE") || type.contains("TIME");
  }

  /**
   * @param stored storage classes seen, for types that need a probe
   */
  static JdbcEncoding encodingOf(String declared, Set<String> stored) {
    String type = declared.toUpperCase(Locale.ROOT);
    if (needsProbe(declared)) {
      return probed(type, stored);
    }
    if (type.contains("BOOL")) {
      return JdbcEncoding.BOOLEAN;
    }
    // From here on in the order of the engine's own rules of affinity.
    if (type.contains("INT")) {
      return JdbcEncoding.LONG;
    }
    if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
      return JdbcEncoding.TEXT;
    }
    if (type.contains("BLOB") || type.contains("BINARY")) {
      return JdbcEncoding.BYTES;
    }
    if (type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB")) {
      return JdbcEncoding.DOUBLE;
    }
    if (type.contains("JSON")) {
      return JdbcEncoding.JSON;
    }
    return type.contains("UUID") ? JdbcEncoding.UUID_AS_TEXT : JdbcEncoding.DECIMAL;
  }

  /**
   * The same in a view, whose first rows may be long in coming: expressions have no declared type
   * and are taken for whole numbers until their values show otherwise.
   */
  static JdbcEncoding encodingInView(String declared) {
    return declared.isBlank() ? JdbcEncoding.LONG : encodingOf(declared, Set.of());
  }

  private static JdbcEncoding probed(String type, Set<String> stored) {
    boolean integers = stored.contains("integer");
    boolean reals = stored.contains("real");
    boolean texts = stored.contains("text");
    boolean bytes = stored.contains("blob");
    if (texts || bytes) {
      if (texts && (integers || reals || bytes)) {
        return JdbcEncoding.TEXT;
      }
      return texts ? ofTexts(type) : integers || reals ? JdbcEncoding.TEXT : JdbcEncoding.BYTES;
    }
    if (reals) {
      return JdbcEncoding.DOUBLE;
    }
    return integers ? JdbcEncoding.LONG : ofTexts(type);
  }

  private static JdbcEncoding ofTexts(String type) {
    if (type.contains("DATETIME") || type.contains("TIMESTAMP")) {
      return JdbcEncoding.TIMESTAMP_AS_TEXT;
    }
    if (type.contains("DATE")) {
      return JdbcEncoding.DATE_AS_TEXT;
    }
    return type.contains("TIME") ? JdbcEncoding.TIME_AS_TEXT : JdbcEncoding.TEXT;
  }
}
