package io.profilemesh.profiler.dialect;

import io.profilemesh.core.profile.ColumnType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ways to read the cells of a column through JDBC. Numbers, truth values and everything counted
 * from an epoch go through primitive getters; a dialect whose engine can do so lets it compute days
 * and microseconds in SQL rather than have the driver make objects of dates.
 */
public enum JdbcEncoding implements SourceColumn.Encoding {
  LONG(ColumnType.INTEGER),
  DOUBLE(ColumnType.FLOAT),
  /** Through {@code getBigDecimal}. */
  DECIMAL(ColumnType.DECIMAL),
  /** Through {@code getBoolean}. */
  BOOLEAN(ColumnType.BOOLEAN),
  TEXT(ColumnType.TEXT),
  /** Text with blanks at the end that are padding. */
  PADDED_TEXT(ColumnType.TEXT),
  JSON(ColumnType.JSON),
  /** Text of a type without a meaning of its own here. */
  OTHER_AS_TEXT(ColumnType.OTHER),
  /** Text of an array, a list or a structure. */
  ARRAY_AS_TEXT(ColumnType.ARRAY),
  /** The text of a UUID. */
  UUID_AS_TEXT(ColumnType.UUID),
  BYTES(ColumnType.BINARY),
  /** Days since 1970-01-01, a whole number. */
  DATE_AS_DAYS(ColumnType.DATE),
  /** Microseconds since midnight, a whole number. */
  TIME_AS_MICROS(ColumnType.TIME),
  /** Microseconds since 1970-01-01T00:00:00, a whole number. */
  TIMESTAMP_AS_MICROS(ColumnType.TIMESTAMP),
  /** Microseconds since 1970-01-01T00:00:00Z, a whole number. */
  INSTANT_AS_MICROS(ColumnType.TIMESTAMP_WITH_ZONE),
  /** ISO 8601. */
  DATE_AS_TEXT(ColumnType.DATE),
  /** ISO 8601. */
  TIME_AS_TEXT(ColumnType.TIME),
  /** ISO 8601, a blank or T between date and time; a date alone is its midnight. */
  TIMESTAMP_AS_TEXT(ColumnType.TIMESTAMP);

  private final ColumnType type;

  JdbcEncoding(ColumnType type) {
    this.type = type;
  }

  /** Class of the type. */
  public ColumnType type() {
    return type;
  }

  /**
   * What to read a column as that holds values this encoding cannot hold; empty when it holds
   * everything.
   */
  public Optional<JdbcEncoding> wider() {
    return Optional.ofNullable(next());
  }

  private @Nullable JdbcEncoding next() {
    return switch (this) {
      case BOOLEAN -> LONG;
      case LONG, DOUBLE -> DECIMAL;
      case DECIMAL,
          UUID_AS_TEXT,
          DATE_AS_DAYS,
          TIME_AS_MICROS,
          TIMESTAMP_AS_MICROS,
          INSTANT_AS_MICROS,
          TIME_AS_TEXT,
          TIMESTAMP_AS_TEXT ->
          TEXT;
      case DATE_AS_TEXT -> TIMESTAMP_AS_TEXT;
      case TEXT, PADDED_TEXT, JSON, OTHER_AS_TEXT, ARRAY_AS_TEXT, BYTES -> null;
    };
  }
}
