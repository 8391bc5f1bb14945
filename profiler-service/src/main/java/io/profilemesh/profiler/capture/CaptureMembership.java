package io.profilemesh.profiler.capture;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/**
 * This instance's place in the group that shares the sources out; writes in its name are refused
 * once the group has gone on without it. Written by the group's thread, read by all.
 */
final class CaptureMembership {

  private volatile Optional<ConsumerGroupMetadata> current = Optional.empty();

  void joined(ConsumerGroupMetadata metadata) {
    current = Optional.of(metadata);
  }

  void left() {
    current = Optional.empty();
  }

  Optional<ConsumerGroupMetadata> current() {
    return current;
  }
}
