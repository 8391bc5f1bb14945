package io.profilemesh.schema;

/**
 * The one vocabulary of errors: the same code stands in dead letters, run events, metrics, HTTP
 * problems and the command line's messages. docs/errors.md gives each code's remedy.
 */
public enum ReasonCode {
  // Requests
  INVALID_REQUEST(Category.USER),
  UNKNOWN_SOURCE(Category.USER),
  NO_MATCHING_TABLE(Category.USER),
  INVALID_PATTERN(Category.USER),
  INVALID_OPTION(Category.USER),
  UNKNOWN_COLUMN(Category.USER),
  UNSUPPORTED_OPTION(Category.USER),
  DEADLINE_EXPIRED(Category.USER),
  DUPLICATE_REQUEST(Category.USER),
  CONFLICTING_REQUEST(Category.USER),
  UNCHANGED(Category.USER),
  DRY_RUN(Category.USER),

  // Runs
  TABLE_VANISHED(Category.SOURCE),
  PERMISSION_DENIED(Category.SOURCE),
  SOURCE_QUERY_FAILED(Category.SOURCE),
  SOURCE_UNREACHABLE(Category.TRANSIENT),
  SOURCE_TIMEOUT(Category.TRANSIENT),
  LOCK_TIMEOUT(Category.TRANSIENT),
  STATEMENT_TIMEOUT(Category.SOURCE),
  RUN_TIME_EXCEEDED(Category.SOURCE),
  CANCELLED(Category.USER),
  INTERNAL_ERROR(Category.INTERNAL),

  // Change capture
  CAPTURE_LOG_DISABLED(Category.SOURCE),
  CAPTURE_NOT_PERMITTED(Category.SOURCE),
  CAPTURE_NOT_PREPARED(Category.SOURCE),
  CAPTURE_NO_SLOT(Category.SOURCE),
  CAPTURE_FAILED(Category.TRANSIENT),

  // Records
  EMPTY_RECORD(Category.USER),
  MISSING_KEY(Category.USER),
  NOT_AVRO_WIRE_FORMAT(Category.USER),
  UNKNOWN_SCHEMA_ID(Category.USER),
  FOREIGN_SCHEMA(Category.USER),
  UNDECODABLE_RECORD(Category.USER),
  INVALID_JSON(Category.USER),
  INVALID_RECORD(Category.USER),
  KEY_MISMATCH(Category.USER),
  RECORD_TOO_LARGE(Category.USER),
  INCONSISTENT_PARTS(Category.USER),
  REFUSED_BY_DATABASE(Category.USER);

  /** Whose turn it is when a code appears. */
  public enum Category {
    /** The sender changes what was sent. */
    USER,
    /** The owner of the source looks at the source. */
    SOURCE,
    /** Time heals it. */
    TRANSIENT,
    /** A defect of ours. */
    INTERNAL
  }

  private final Category category;

  ReasonCode(Category category) {
    this.category = category;
  }

  public Category category() {
    return category;
  }
}
