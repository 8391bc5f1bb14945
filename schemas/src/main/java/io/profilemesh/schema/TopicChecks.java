package io.profilemesh.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Whether existing topics fit, in sentences that name topic and remedy. */
final class TopicChecks {

  static final String CLEANUP = "cleanup.policy";
  static final String MAX_MESSAGE_BYTES = "max.message.bytes";

  private TopicChecks() {}

  static List<String> problems(
      Collection<Topic> topics, Map<String, ExistingTopic> existing, TopicSettings settings) {
    List<String> problems = new ArrayList<>();
    for (Topic topic : topics) {
      ExistingTopic found = existing.get(topic.name());
      if (found != null) {
        check(topic, found, settings, problems);
      }
    }
    checkCoPartitioning(topics, existing, settings, problems);
    return problems;
  }

  private static void check(
      Topic topic, ExistingTopic found, TopicSettings settings, List<String> problems) {
    if (!found.cleanup().equals(ExistingTopic.policies(topic.cleanup().policy()))) {
      problems.add(
          "Topic '%s' has cleanup.policy %s but needs %s: change the topic's configuration."
              .formatted(
                  topic.name(), String.join(",", found.cleanup()), topic.cleanup().policy()));
    }
    long needed = Long.parseLong(topic.config().getOrDefault(MAX_MESSAGE_BYTES, "0"));
    if (found.maxMessageBytes() < needed) {
      problems.add(
          "Topic '%s' has max.message.bytes %d but needs at least %d: raise it."
              .formatted(topic.name(), found.maxMessageBytes(), needed));
    }
    if (topic.onePartition() && found.partitions() != 1) {
      problems.add(
          "Topic '%s' has %d partitions but needs exactly one: recreate it."
              .formatted(topic.name(), found.partitions()));
    }
    if (found.replicas() < settings.replicationFactor()) {
      problems.add(
          "Topic '%s' has %d replicas but %d are configured: reassign it, or lower the setting."
              .formatted(topic.name(), found.replicas(), settings.replicationFactor()));
    }
  }

  /** Compares with the first dataset topic, or with what a missing one is about to get. */
  private static void checkCoPartitioning(
      Collection<Topic> topics,
      Map<String, ExistingTopic> existing,
      TopicSettings settings,
      List<String> problems) {
    List<Topic> keyed = topics.stream().filter(Topic::keyedByDataset).toList();
    boolean anyMissing = keyed.stream().anyMatch(topic -> !existing.containsKey(topic.name()));
    int expected = anyMissing ? settings.partitions() : 0;
    for (Topic topic : keyed) {
      ExistingTopic found = existing.get(topic.name());
      if (found == null) {
        continue;
      }
      expected = expected == 0 ? found.partitions() : expected;
      if (found.partitions() != expected) {
        problems.add(
            "Topic '%s' has %d partitions where other topics keyed by dataset have %d:"
                    .formatted(topic.name(), found.partitions(), expected)
                + " all need the same number (set profilemesh.topics.partitions to it, or recreate"
                + " the topic).");
      }
    }
  }
}
