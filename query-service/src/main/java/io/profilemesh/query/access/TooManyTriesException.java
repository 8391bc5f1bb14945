package io.profilemesh.query.access;

/** Too much was shown from one address that nobody has. */
public final class TooManyTriesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooManyTriesException() {
    super("too many tries", null, false, false);
  }
}
