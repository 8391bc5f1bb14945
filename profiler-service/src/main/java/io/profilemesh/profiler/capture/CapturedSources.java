package io.profilemesh.profiler.capture;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The sources to be captured, by the partitions that own them. */
interface CapturedSources {

  /**
   * Takes a partition's sources over: transactions that a former owner left open end here.
   *
   * @param partitions partitions that the topic has
   */
  Share claim(TopicPartition partition, int partitions);

  /** The sources of one partition. */
  interface Share extends AutoCloseable {

    /** No sources. */
    Share NONE =
        new Share() {
          @Override
          public List<OwnedSource> open(Map<String, SourceBook> books) {
            return List.of();
          }

          @Override
          public void close() {}
        };

    /**
     * The sources, not started yet.
     *
     * @param books what is known of each source that was ever captured, by its name
     */
    List<OwnedSource> open(Map<String, SourceBook> books);

    /** Lets go of what was claimed and not opened. */
    @Override
    void close();
  }
}
