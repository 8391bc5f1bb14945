package io.profilemesh.profiler.wiring;

import io.profilemesh.schema.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the clients of the cluster, each with the settings its role needs. */
final class KafkaClients {

  private static final int REQUEST_TIMEOUT_MS = 10_000;
  private static final int DELIVERY_TIMEOUT_MS = 14_000;
  private static final int TRANSACTION_TIMEOUT_MS = 15_000;
  private static final int ANNOUNCE_BLOCK_MS = 2_000;
  private static final int CAPTURE_SESSION_MS = 6_000;
  private static final int POLL_RECORDS = 200;
  private static final int COMMAND_SESSION_MS = 10_000;

  private final Map<String, Object> common;
  private final String prefix;
  private final String instanceId;

  /**
   * @param common addresses and security of the cluster
   * @param prefix start of group and transactional ids
   */
  KafkaClients(Map<String, Object> common, String prefix, String instanceId) {
    this.common = Map.copyOf(common);
    this.prefix = prefix;
    this.instanceId = instanceId;
  }

  Admin admin() {
    Map<String, Object> config = new HashMap<>(common);
    config.put("client.id", "profiler-admin-" + instanceId);
    config.put("request.timeout.ms", REQUEST_TIMEOUT_MS);
    config.put("default.api.timeout.ms", TRANSACTION_TIMEOUT_MS);
    return Admin.create(config);
  }

  String workerGroup() {
    return prefix + "profiler-worker";
  }

  String intakeGroup() {
    return prefix + "profiler-intake";
  }

  /** Cooperative: a rebalance leaves running scans alone whose partitions stay. */
  Consumer<byte[], byte[]> workConsumer(Duration sessionTimeout) {
    Map<String, Object> config = consumer("profiler-worker-" + instanceId);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, workerGroup());
    config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId);
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) sessionTimeout.toMillis());
    config.put(
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        (int) Math.min(3_000, sessionTimeout.toMillis() / 3));
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
    return new KafkaConsumer<>(config);
  }

  /** Leaves the group at once when it is closed, and is missed soon when it is killed. */
  Consumer<byte[], byte[]> commandConsumer() {
    Map<String, Object> config = consumer("profiler-commands-" + instanceId);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, prefix + "profiler-commands");
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, COMMAND_SESSION_MS);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, COMMAND_SESSION_MS / 5);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
    return new KafkaConsumer<>(config);
  }

  /** Shares pipelines out; not a static member, so that whoever leaves or dies is replaced soon. */
  Consumer<byte[], byte[]> scheduleConsumer() {
    Map<String, Object> config = consumer("profiler-schedules-" + instanceId);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, prefix + "profiler-schedules");
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, COMMAND_SESSION_MS);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, COMMAND_SESSION_MS / 5);
    return new KafkaConsumer<>(config);
  }

  /** Without a group: reads a topic whole. */
  Consumer<byte[], byte[]> viewConsumer(String role) {
    return new KafkaConsumer<>(consumer("profiler-" + role + '-' + instanceId));
  }

  /**
   * Shares captured sources out. No static member: whoever dies is missed within seconds, and an
   * engine is started anew in any case.
   */
  Consumer<byte[], byte[]> captureConsumer() {
    Map<String, Object> config = consumer("profiler-capture-" + instanceId);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, prefix + "profiler-capture");
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, CAPTURE_SESSION_MS);
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, CAPTURE_SESSION_MS / 4);
    return new KafkaConsumer<>(config);
  }

  /** Reads topics of changes that an external connector writes. */
  Consumer<byte[], byte[]> changeConsumer() {
    Map<String, Object> config = consumer("profiler-changes-" + instanceId);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return new KafkaConsumer<>(config);
  }

  /** One transactional id for a source whoever follows it: the next owner ends the former's. */
  Producer<byte[], byte[]> captureProducer(String source) {
    Map<String, Object> config = producer("profiler-capture-" + source + '-' + instanceId);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, prefix + "profiler-capture-" + source);
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TRANSACTION_TIMEOUT_MS);
    return new KafkaProducer<>(config);
  }

  private Map<String, Object> consumer(String clientId) {
    Map<String, Object> config = new HashMap<>(common);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return config;
  }

  /** Not initialised yet. The role is part of the transactional id. */
  Producer<byte[], byte[]> transactional(String role) {
    Map<String, Object> config = producer("profiler-" + role + '-' + instanceId);
    config.put(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG, prefix + "profiler-" + role + '-' + instanceId);
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TRANSACTION_TIMEOUT_MS);
    return new KafkaProducer<>(config);
  }

  /** For what may be lost without harm: does not hold its caller up. */
  Producer<byte[], byte[]> announcing() {
    Map<String, Object> config = producer("profiler-announce-" + instanceId);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANNOUNCE_BLOCK_MS);
    return new KafkaProducer<>(config);
  }

  private Map<String, Object> producer(String clientId) {
    Map<String, Object> config = new HashMap<>(common);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_MESSAGE_BYTES);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
    return config;
  }
}
