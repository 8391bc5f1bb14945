package io.profilemesh.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics that are missing and checks those that exist. */
public final class TopicAdmin {

  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_MILLIS = 100;

  private TopicAdmin() {}

  /**
   * Sees to it that the topics exist and fit. Services that start together may all do so.
   *
   * @throws TopicMismatchException when existing topics do not fit; nothing was created or changed
   * @throws KafkaException when the cluster does not answer within a minute, or refuses
   */
  public static void ensure(Admin admin, Collection<Topic> topics, TopicSettings settings) {
    Map<String, ExistingTopic> existing = existing(admin, topics);
    List<Topic> missing = without(topics, existing.keySet());
    if (!missing.isEmpty()) {
      // The broker asked may not have heard yet of a topic that the controller knows.
      List<Topic> absent = create(admin, missing, settings, true);
      existing = awaitAll(admin, without(topics, names(absent)));
      missing = absent;
    }
    requireFit(topics, existing, settings);
    if (!missing.isEmpty()) {
      create(admin, missing, settings, false);
      requireFit(topics, awaitAll(admin, topics), settings);
    }
  }

  /**
   * What is wrong with topics, without changing anything: those that are missing, and those that do
   * not fit.
   *
   * @return a sentence each
   * @throws KafkaException when the cluster does not answer within a minute, or refuses
   */
  public static List<String> problems(Admin admin, Collection<Topic> topics) {
    Map<String, ExistingTopic> existing = existing(admin, topics);
    List<String> problems = new ArrayList<>();
    for (Topic topic : without(topics, existing.keySet())) {
      problems.add("Topic '" + topic.name() + "' does not exist.");
    }
    List<Topic> there = topics.stream().filter(t -> existing.containsKey(t.name())).toList();
    problems.addAll(TopicChecks.problems(there, existing, new TopicSettings(1, (short) 1)));
    return problems;
  }

  private static void requireFit(
      Collection<Topic> topics, Map<String, ExistingTopic> existing, TopicSettings settings) {
    List<String> problems = TopicChecks.problems(topics, existing, settings);
    if (!problems.isEmpty()) {
      throw new TopicMismatchException(problems);
    }
  }

  /** Creates topics, or only asks whether they could be; gives those that did not exist. */
  private static List<Topic> create(
      Admin admin, List<Topic> topics, TopicSettings settings, boolean onlyAsk) {
    Map<String, KafkaFuture<Void>> answers =
        admin
            .createTopics(
                topics.stream().map(topic -> newTopic(topic, settings)).toList(),
                new CreateTopicsOptions().validateOnly(onlyAsk))
            .values();
    List<Topic> created = new ArrayList<>();
    for (Topic topic : topics) {
      KafkaFuture<Void> answer = answers.get(topic.name());
      try {
        if (answer != null) {
          get(answer);
          created.add(topic);
        }
      } catch (TopicExistsException e) {
        // Another service was faster; its topic is checked like any other.
      }
    }
    return created;
  }

  private static List<Topic> without(Collection<Topic> topics, Collection<String> names) {
    return topics.stream().filter(topic -> !names.contains(topic.name())).toList();
  }

  private static List<String> names(Collection<Topic> topics) {
    return topics.stream().map(Topic::name).toList();
  }

  private static NewTopic newTopic(Topic topic, TopicSettings settings) {
    Map<String, String> config = new HashMap<>(topic.config());
    config.put(TopicChecks.CLEANUP, topic.cleanup().policy());
    int partitions = topic.onePartition() ? 1 : settings.partitions();
    return new NewTopic(topic.name(), partitions, settings.replicationFactor()).configs(config);
  }

  /** A new topic is unknown to some brokers for a moment: asks until all are known. */
  private static Map<String, ExistingTopic> awaitAll(Admin admin, Collection<Topic> topics) {
    long start = System.nanoTime();
    while (true) {
      Map<String, ExistingTopic> existing = existing(admin, topics);
      if (topics.stream().allMatch(topic -> existing.containsKey(topic.name()))) {
        return existing;
      }
      if (System.nanoTime() - start > TIMEOUT_NANOS) {
        throw new KafkaException("topics were created but did not appear within a minute");
      }
      pause();
    }
  }

  private static Map<String, ExistingTopic> existing(Admin admin, Collection<Topic> topics) {
    Map<String, TopicDescription> descriptions =
        known(admin.describeTopics(names(topics)).topicNameValues());
    List<ConfigResource> resources =
        descriptions.keySet().stream().map(TopicAdmin::resource).toList();
    Map<ConfigResource, Config> configs = known(admin.describeConfigs(resources).values());
    Map<String, ExistingTopic> existing = new TreeMap<>();
    descriptions.forEach(
        (name, description) -> {
          Config config = configs.get(resource(name));
          if (config != null) {
            existing.put(name, ExistingTopic.of(description, config));
          }
        });
    return existing;
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private static <K, V> Map<K, V> known(Map<K, KafkaFuture<V>> answers) {
    Map<K, V> known = new HashMap<>();
    answers.forEach(
        (key, answer) -> {
          try {
            known.put(key, get(answer));
          } catch (UnknownTopicOrPartitionException e) {
            // Missing, or not everywhere yet.
          }
        });
    return known;
  }

  private static <V> V get(KafkaFuture<V> future) {
    try {
      return future.get(TIMEOUT_NANOS, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException cause) {
        throw cause;
      }
      throw new KafkaException("the cluster could not be asked about topics", e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException("the cluster did not answer within a minute", e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static KafkaException interrupted() {
    Thread.currentThread().interrupt();
    return new KafkaException("interrupted while topics were checked");
  }
}
