package io.profilemesh.profiler.trigger;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/**
 * Whose offsets the intake commits: the consumer's place in its group, as of the last rebalance.
 * Written by the consumer's thread, read by the intake's.
 */
public final class IntakeMembership {

  private volatile Optional<ConsumerGroupMetadata> current = Optional.empty();

  /** The consumer has been given partitions. */
  public void joined(ConsumerGroupMetadata metadata) {
    current = Optional.of(metadata);
  }

  /** The consumer gives its partitions back, all of them: the intake's assignor is an eager one. */
  public void left() {
    current = Optional.empty();
  }

  /**
   * The membership under which a batch was read, if it still holds. If it does not, the partitions
   * have been read anew from their committed offsets, and the batch must be dropped.
   */
  Optional<ConsumerGroupMetadata> of(int generation) {
    return current.filter(metadata -> metadata.generationId() == generation);
  }
}
