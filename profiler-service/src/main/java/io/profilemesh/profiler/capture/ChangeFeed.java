package io.profilemesh.profiler.capture;

/** Reads the changes of one source. */
interface ChangeFeed extends AutoCloseable {

  /**
   * Reads and blocks until it is closed.
   *
   * @param reading called once when changes are being read, from any thread
   * @throws CaptureFailure when it cannot go on; a new feed may be tried
   */
  void run(Runnable reading) throws CaptureFailure;

  /** Ends reading, from any thread; {@link #run} returns soon. May be called more than once. */
  @Override
  void close();
}
