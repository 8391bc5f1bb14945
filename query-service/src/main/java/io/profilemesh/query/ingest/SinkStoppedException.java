package io.profilemesh.query.ingest;

/** The service ends while a sink works; what it had begun is undone and comes again. */
final class SinkStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SinkStoppedException() {
    super("the service ends", null, false, false);
  }
}
