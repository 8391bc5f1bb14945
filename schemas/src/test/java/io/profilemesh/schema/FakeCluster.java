package io.profilemesh.schema;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;

/**
 * A cluster of one broker as far as {@link TopicAdmin} sees it. A topic can be known to the
 * controller and, for its next few questions, not yet to the broker.
 */
final class FakeCluster {

  private final Map<String, NewTopic> topics = new HashMap<>();
  private final Map<String, Integer> unheard = new HashMap<>();
  private final Set<String> created = new HashSet<>();

  Admin admin() {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "createTopics" -> create(arguments);
                  case "describeTopics" -> describe(arguments[0]);
                  case "describeConfigs" -> configs(arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  /** A topic that exists before the test. */
  FakeCluster with(NewTopic topic) {
    topics.put(topic.name(), topic);
    return this;
  }

  /** The broker does not know this topic when it is asked for the next so many times. */
  FakeCluster unheard(String topic, int questions) {
    unheard.put(topic, questions);
    return this;
  }

  Set<String> created() {
    return created;
  }

  NewTopic topic(String name) {
    return topics.get(name);
  }

  private Object create(Object[] arguments) {
    boolean onlyAsk = ((CreateTopicsOptions) arguments[1]).shouldValidateOnly();
    Map<String, KafkaFuture<CreateTopicsResult.TopicMetadataAndConfig>> answers = new HashMap<>();
    for (Object one : (Collection<?>) arguments[0]) {
      NewTopic topic = (NewTopic) one;
      if (topics.containsKey(topic.name())) {
        answers.put(topic.name(), failed(new TopicExistsException("exists")));
        continue;
      }
      if (!onlyAsk) {
        topics.put(topic.name(), topic);
        created.add(topic.name());
        unheard.putIfAbsent(topic.name(), 1);
      }
      answers.put(topic.name(), KafkaFuture.completedFuture(null));
    }
    return new CreateTopicsResult(answers) {};
  }

  private Object describe(Object argument) {
    Map<String, KafkaFuture<TopicDescription>> answers = new HashMap<>();
    for (Object one : (Collection<?>) argument) {
      String name = (String) one;
      NewTopic topic = topics.get(name);
      boolean heard = unheard.merge(name, -1, Integer::sum) < 0;
      answers.put(
          name,
          topic == null || !heard
              ? failed(new UnknownTopicOrPartitionException("unknown"))
              : KafkaFuture.completedFuture(description(topic)));
    }
    return new DescribeTopicsResult(null, answers) {};
  }

  private Object configs(Object argument) {
    Map<ConfigResource, KafkaFuture<Config>> answers = new HashMap<>();
    for (Object one : (Collection<?>) argument) {
      ConfigResource resource = (ConfigResource) one;
      Map<String, String> config = topics.get(resource.name()).configs();
      List<ConfigEntry> entries = new ArrayList<>();
      entries.add(entry(config, "cleanup.policy", "delete"));
      entries.add(entry(config, "max.message.bytes", "1048588"));
      answers.put(resource, KafkaFuture.completedFuture(new Config(entries)));
    }
    return new DescribeConfigsResult(answers) {};
  }

  private static ConfigEntry entry(Map<String, String> config, String name, String preset) {
    return new ConfigEntry(name, config == null ? preset : config.getOrDefault(name, preset));
  }

  private static TopicDescription description(NewTopic topic) {
    List<Node> replicas =
        IntStream.range(0, topic.replicationFactor())
            .mapToObj(id -> new Node(id, "broker", 9092))
            .toList();
    return new TopicDescription(
        topic.name(),
        false,
        IntStream.range(0, topic.numPartitions())
            .mapToObj(id -> new TopicPartitionInfo(id, replicas.get(0), replicas, replicas))
            .toList());
  }

  private static <T> KafkaFuture<T> failed(RuntimeException failure) {
    KafkaFutureImpl<T> future = new KafkaFutureImpl<>();
    future.completeExceptionally(failure);
    return future;
  }
}
