package io.profilemesh.profiler.wiring;

/** The service cannot start as it is configured; the message says what to correct. */
final class Misconfigured extends Exception {

  private static final long serialVersionUID = 1L;

  Misconfigured(String sentences) {
    super(sentences);
  }
}
