package io.profilemesh.core.profile;

/** Whether literal values of a column that are not numbers, dates or booleans may be published. */
public enum ValuePolicy {
  /** Only keyed hashes stand for such values. */
  REDACTED,
  /** Values are published, unless the column turns out to hold personal data. */
  PUBLISHED,
  /** Values are published even of personal data: a person named this very column. */
  PUBLISHED_BY_NAME
}
