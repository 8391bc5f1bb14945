package io.profilemesh.profiler.dialect;

/** Chooses the wire form of a type from its row in {@code pg_type}, domains resolved. */
final class PostgreSqlTypes {

  private PostgreSqlTypes() {}

  /**
   * A type as the catalogue has it.
   *
   * @param oid identity; fixed for built-in types
   * @param kind {@code typtype}: b base, c composite, e enum, r range, m multirange, p pseudo
   * @param category {@code typcategory}: A array, S string and so on
   * @param builtIn whether it belongs to {@code pg_catalog}
   * @param trustedSend whether its send function does
   * @param elementSendable whether an array's elements are base or enum types with such a function
   */
  record CatalogType(
      long oid,
      char kind,
      char category,
      boolean builtIn,
      boolean trustedSend,
      boolean elementSendable) {}

  static PostgreSqlEncoding encodingOf(CatalogType type) {
    return switch ((int) type.oid()) {
      case 16 -> PostgreSqlEncoding.BOOL;
      case 17 -> PostgreSqlEncoding.BYTEA;
      case 20 -> PostgreSqlEncoding.INT8;
      case 21 -> PostgreSqlEncoding.INT2;
      case 23 -> PostgreSqlEncoding.INT4;
      case 26 -> PostgreSqlEncoding.OID;
      case 18, 19, 25, 705, 1043 -> PostgreSqlEncoding.TEXT;
      case 1042 -> PostgreSqlEncoding.PADDED_TEXT;
      case 114 -> PostgreSqlEncoding.JSON;
      case 142 -> PostgreSqlEncoding.XML;
      case 700 -> PostgreSqlEncoding.FLOAT4;
      case 701 -> PostgreSqlEncoding.FLOAT8;
      case 790 -> PostgreSqlEncoding.MONEY;
      case 1082 -> PostgreSqlEncoding.DATE;
      case 1083 -> PostgreSqlEncoding.TIME;
      case 1114 -> PostgreSqlEncoding.TIMESTAMP;
      case 1184 -> PostgreSqlEncoding.TIMESTAMPTZ;
      case 1266 -> PostgreSqlEncoding.TIMETZ;
      case 1700 -> PostgreSqlEncoding.NUMERIC;
      case 2950 -> PostgreSqlEncoding.UUID;
      case 3802 -> PostgreSqlEncoding.JSONB;
      default -> byKind(type);
    };
  }

  private static PostgreSqlEncoding byKind(CatalogType type) {
    if (type.kind() == 'e') {
      return PostgreSqlEncoding.TEXT;
    }
    if (type.category() == 'A') {
      return type.elementSendable() ? PostgreSqlEncoding.ARRAY : PostgreSqlEncoding.ARRAY_AS_TEXT;
    }
    if (type.category() == 'S' && type.kind() == 'b' && type.trustedSend()) {
      return PostgreSqlEncoding.TEXT;
    }
    boolean plain = type.kind() == 'b' || type.kind() == 'r' || type.kind() == 'm';
    return plain && type.builtIn() && type.trustedSend()
        ? PostgreSqlEncoding.OPAQUE
        : PostgreSqlEncoding.OPAQUE_AS_TEXT;
  }
}
