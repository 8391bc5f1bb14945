package io.profilemesh.query.ingest;

/** Tables that can be read but not written by this program yet; the message names the command. */
final class SchemaBehindException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SchemaBehindException(String message) {
    super(message, null, false, false);
  }
}
