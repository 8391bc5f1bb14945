package io.profilemesh.schema;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * What a cluster says of a topic.
 *
 * @param partitions number of partitions
 * @param replicas replicas of the partition that has fewest
 * @param cleanup parts of {@code cleanup.policy}
 * @param maxMessageBytes {@code max.message.bytes}
 */
record ExistingTopic(int partitions, int replicas, Set<String> cleanup, long maxMessageBytes) {

  ExistingTopic {
    cleanup = Set.copyOf(cleanup);
  }

  static ExistingTopic of(TopicDescription description, Config config) {
    return new ExistingTopic(
        description.partitions().size(),
        description.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(0),
        policies(text(config, TopicChecks.CLEANUP)),
        Long.parseLong(text(config, TopicChecks.MAX_MESSAGE_BYTES)));
  }

  static Set<String> policies(String text) {
    Set<String> policies = new TreeSet<>();
    Arrays.stream(text.split(",", -1)).map(String::strip).forEach(policies::add);
    return policies;
  }

  private static String text(Config config, String name) {
    ConfigEntry entry = config.get(name);
    if (entry == null) {
      throw new IllegalStateException("the cluster does not say " + name + " of a topic");
    }
    return entry.value();
  }
}
