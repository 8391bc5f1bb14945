package io.profilemesh.profiler.schedule;

import io.profilemesh.schema.Schedule;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What is known of the pipelines of one partition that this instance owns. */
final class OwnedPipelines {

  private final TopicPartition partition;
  private final Map<String, Schedule> states = new HashMap<>();
  private @Nullable Long end;
  private boolean loaded;

  OwnedPipelines(TopicPartition partition) {
    this.partition = partition;
  }

  TopicPartition partition() {
    return partition;
  }

  /** Where the log ended when the partition was taken over, open transactions included; or null. */
  @Nullable Long end() {
    return end;
  }

  void end(long offset) {
    end = offset;
  }

  boolean isLoaded() {
    return loaded;
  }

  /** The consumer stands here; everything before it has been taken. */
  void reached(long position) {
    Long wanted = end;
    loaded |= wanted != null && position >= wanted;
  }

  /** Reads the log anew: what became of a transaction is not known. */
  void forget() {
    states.clear();
    end = null;
    loaded = false;
  }

  void take(String pipeline, @Nullable Schedule state) {
    if (state == null) {
      states.remove(pipeline);
    } else {
      states.put(pipeline, state);
    }
  }

  Map<String, Schedule> states() {
    return states;
  }
}
