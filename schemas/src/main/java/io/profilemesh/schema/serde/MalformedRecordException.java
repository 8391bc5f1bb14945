package io.profilemesh.schema.serde;

import java.io.IOException;

/**
 * The bytes break Avro's rules or our limits; the message holds no content. Never leaves the
 * package.
 */
final class MalformedRecordException extends IOException {

  private static final long serialVersionUID = 1L;

  MalformedRecordException(String message) {
    super(message);
  }

  /** An expected outcome on a hot path: no stack trace. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
