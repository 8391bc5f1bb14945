package io.profilemesh.sink.store;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Where refused records of a partition are reported. */
public interface DeadLetterOutlet {

  /**
   * Reports refused records, each exactly once however often this is called.
   *
   * @param partition the partition of all of them
   * @param refused in order of offset
   * @param nextOffset position that the caller's transaction is about to commit
   * @throws org.apache.kafka.common.KafkaException when it cannot be done now; nothing was reported
   *     and the caller tries the whole batch again
   */
  void publish(TopicPartition partition, List<Refused> refused, long nextOffset);
}
