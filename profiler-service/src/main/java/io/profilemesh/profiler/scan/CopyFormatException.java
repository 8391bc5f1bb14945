package io.profilemesh.profiler.scan;

/** The bytes of a binary COPY are not what its format promises. Messages hold no data values. */
final class CopyFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CopyFormatException(String message) {
    super(message);
  }
}
