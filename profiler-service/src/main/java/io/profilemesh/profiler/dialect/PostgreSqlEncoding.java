package io.profilemesh.profiler.dialect;

import io.profilemesh.core.profile.ColumnType;

/**
 * Wire forms of PostgreSQL's binary COPY, and what to ask for where a type has none we can trust.
 */
public enum PostgreSqlEncoding implements SourceColumn.Encoding {
  INT2(ColumnType.INTEGER),
  INT4(ColumnType.INTEGER),
  INT8(ColumnType.INTEGER),
  /** Unsigned, 32 bits. */
  OID(ColumnType.INTEGER),
  FLOAT4(ColumnType.FLOAT),
  FLOAT8(ColumnType.FLOAT),
  NUMERIC(ColumnType.DECIMAL),
  /** The number of fraction digits depends on the locale: read as a number. */
  MONEY(ColumnType.DECIMAL, "::pg_catalog.numeric"),
  TEXT(ColumnType.TEXT),
  /** {@code character(n)}: trailing blanks are padding. */
  PADDED_TEXT(ColumnType.TEXT),
  BOOL(ColumnType.BOOLEAN),
  DATE(ColumnType.DATE),
  TIME(ColumnType.TIME),
  TIMETZ(ColumnType.TIME),
  TIMESTAMP(ColumnType.TIMESTAMP),
  TIMESTAMPTZ(ColumnType.TIMESTAMP_WITH_ZONE),
  UUID(ColumnType.UUID),
  BYTEA(ColumnType.BINARY),
  JSON(ColumnType.JSON),
  /** JSON text after a version byte. */
  JSONB(ColumnType.JSON),
  XML(ColumnType.OTHER),
  ARRAY(ColumnType.ARRAY),
  /** An array of what has no wire form of its own. */
  ARRAY_AS_TEXT(ColumnType.ARRAY, "::pg_catalog.text"),
  /** A built-in type without a meaning of its own here. */
  OPAQUE(ColumnType.OTHER),
  /** Composite and extension types, whose wire form may be missing: every type has text. */
  OPAQUE_AS_TEXT(ColumnType.OTHER, "::pg_catalog.text");

  private final ColumnType type;
  private final String cast;

  PostgreSqlEncoding(ColumnType type) {
    this(type, "");
  }

  PostgreSqlEncoding(ColumnType type, String cast) {
    this.type = type;
    this.cast = cast;
  }

  /** Class of the type. */
  public ColumnType type() {
    return type;
  }

  /** What to put after the column's name to get this form; empty for most. */
  public String cast() {
    return cast;
  }
}
