package io.profilemesh.sink.rebuild;

/**
 * A rebuild that was not made or not finished; nothing was replaced. The message says what to do.
 */
public final class RebuildRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RebuildRefusedException(String message) {
    super(message);
  }

  RebuildRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
