package io.profilemesh.profiler.topic;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Knows where partitions end now, records of open transactions included. */
@FunctionalInterface
public interface PartitionEnds {

  /**
   * The offset behind the last record, by partition.
   *
   * @throws org.apache.kafka.common.KafkaException when the cluster does not answer
   */
  Map<TopicPartition, Long> of(List<TopicPartition> partitions);
}
