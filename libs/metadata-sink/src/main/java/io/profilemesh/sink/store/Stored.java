package io.profilemesh.sink.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What storing a batch did.
 *
 * @param records records that were new
 * @param rows rows written for them
 * @param refused those that became no row
 * @param reached next position of each partition that moved on
 * @param took time of the transaction
 */
public record Stored(
    int records,
    int rows,
    List<Refused> refused,
    Map<TopicPartition, Long> reached,
    Duration took) {

  public Stored {
    refused = List.copyOf(refused);
    reached = Map.copyOf(reached);
  }
}
