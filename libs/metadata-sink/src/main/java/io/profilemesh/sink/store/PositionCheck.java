package io.profilemesh.sink.store;

import org.apache.kafka.common.TopicPartition;

/** Whether a consumer stands where the database says it should. */
@FunctionalInterface
public interface PositionCheck {

  /**
   * Called with each batch of a partition.
   *
   * @param position position in the database
   * @param firstOffset first offset of the batch
   * @return true when records between the two were never delivered: the consumer has been sent
   *     back, and the batch is left out, since it comes again
   */
  boolean mustGoBack(TopicPartition partition, long position, long firstOffset);
}
