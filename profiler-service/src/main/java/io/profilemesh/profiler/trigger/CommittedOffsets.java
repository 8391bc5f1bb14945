package io.profilemesh.profiler.trigger;

import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The offsets that the intake's group has committed. */
@FunctionalInterface
public interface CommittedOffsets {

  /**
   * By partition, open transactions settled.
   *
   * @throws org.apache.kafka.common.KafkaException when the cluster does not answer
   */
  Map<TopicPartition, OffsetAndMetadata> read();
}
