package io.profilemesh.core.profile;

/** Class of a column's type, the same for every engine. */
public enum ColumnType {
  INTEGER,
  DECIMAL,
  FLOAT,
  TEXT,
  BOOLEAN,
  DATE,
  TIME,
  TIMESTAMP,
  TIMESTAMP_WITH_ZONE,
  UUID,
  BINARY,
  JSON,
  ARRAY,
  OTHER;

  /** Whether values are numbers. */
  public boolean isNumeric() {
    return this == INTEGER || this == DECIMAL || this == FLOAT;
  }

  /** Whether values are dates or times. */
  public boolean isTemporal() {
    return this == DATE || this == TIME || this == TIMESTAMP || this == TIMESTAMP_WITH_ZONE;
  }
}
