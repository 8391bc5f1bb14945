package io.profilemesh.profiler.scan;

/** Ends a scan's threads; never leaves this package. */
final class ScanCancelledException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ScanCancelledException() {
    super("the scan was cancelled", null, false, false);
  }
}
