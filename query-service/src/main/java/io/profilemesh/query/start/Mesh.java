package io.profilemesh.query.start;

import io.profilemesh.schema.TopicSettings;
import io.profilemesh.schema.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Where this service stands in its mesh, read once from the configuration.
 *
 * @param environment environment of the mesh
 * @param topics names of the topics
 * @param topicSettings how topics are created
 * @param instanceId what tells this instance from others of the service
 * @param kafka how to reach the brokers
 * @param registry how to reach the schema registry, in Confluent's keys
 * @param sinkParallelism transactions that a batch of a sink may be divided into
 * @param deduplication false only to prove that tests notice its absence
 */
public record Mesh(
    String environment,
    Topics topics,
    TopicSettings topicSettings,
    String instanceId,
    Map<String, Object> kafka,
    Map<String, Object> registry,
    int sinkParallelism,
    boolean deduplication) {

  /** Name of the service in dead letters, headers and consumer groups. */
  public static final String SERVICE = "query-service";

  /** More would need more connections than the sinks have. */
  private static final int MOST_PARALLEL = 8;

  public Mesh {
    if (environment.isBlank()) {
      throw new IllegalArgumentException("profilemesh.environment is empty");
    }
    if (sinkParallelism < 1 || sinkParallelism > MOST_PARALLEL) {
      throw new IllegalArgumentException(
          "profilemesh.sink.parallelism is %d: from 1 to %d"
              .formatted(sinkParallelism, MOST_PARALLEL));
    }
    if (!deduplication && !environment.startsWith("test")) {
      throw new IllegalArgumentException(
          "profilemesh.chaos.deduplication=false is for tests of the tests: it needs a"
              + " profilemesh.environment that starts with test");
    }
    kafka = Map.copyOf(kafka);
    registry = Map.copyOf(registry);
  }

  /**
   * Reads the configuration.
   *
   * @throws IllegalArgumentException when a value is wrong; the message names the key
   */
  public static Mesh of(Config config) {
    return new Mesh(
        text(config, "profilemesh.environment").orElse("development"),
        new Topics(text(config, "profilemesh.topic-prefix").orElse(Topics.DEFAULT_PREFIX)),
        new TopicSettings(
            config.getOptionalValue("profilemesh.topics.partitions", Integer.class).orElse(6),
            config
                .getOptionalValue("profilemesh.topics.replication-factor", Short.class)
                .orElse((short) 1)),
        text(config, "profilemesh.instance-id").orElse(SERVICE),
        kafka(config),
        registry(config),
        config.getOptionalValue("profilemesh.sink.parallelism", Integer.class).orElse(4),
        config.getOptionalValue("profilemesh.chaos.deduplication", Boolean.class).orElse(true));
  }

  /** Consumer group of a topic's sink. */
  public String group(String topic) {
    return topics.prefix() + SERVICE + '.' + topic.substring(topics.prefix().length());
  }

  private static Map<String, Object> kafka(Config config) {
    Map<String, Object> kafka = new HashMap<>();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith("kafka.")) {
        text(config, name).ifPresent(value -> kafka.put(name.substring(6), value));
      }
    }
    kafka.put(
        "bootstrap.servers", text(config, "kafka.bootstrap.servers").orElse("localhost:9092"));
    return kafka;
  }

  private static Map<String, Object> registry(Config config) {
    Map<String, Object> registry = new HashMap<>();
    String prefix = "profilemesh.schema-registry.";
    registry.put(
        "schema.registry.url", text(config, prefix + "url").orElse("http://localhost:8081"));
    text(config, prefix + "basic-auth-user-info")
        .ifPresent(
            user -> {
              registry.put("basic.auth.credentials.source", "USER_INFO");
              registry.put("basic.auth.user.info", user);
            });
    registry.put("auto.register.schemas", text(config, prefix + "auto-register").orElse("false"));
    return registry;
  }

  private static Optional<String> text(Config config, String key) {
    return config.getOptionalValue(key, String.class);
  }
}
