package io.profilemesh.sink.rebuild;

/** Told how a rebuild goes on; from several threads. */
public interface RebuildListener {

  /** What is done now, for people. */
  void step(String sentence);

  /**
   * Records were stored.
   *
   * @param done offsets behind the rebuild so far, over all partitions
   * @param total offsets in all
   */
  void progress(long done, long total);

  /** Tells nobody. */
  static RebuildListener silent() {
    return new RebuildListener() {
      @Override
      public void step(String sentence) {}

      @Override
      public void progress(long done, long total) {}
    };
  }
}
