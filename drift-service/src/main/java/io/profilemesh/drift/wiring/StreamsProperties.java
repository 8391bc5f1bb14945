package io.profilemesh.drift.wiring;

import io.profilemesh.schema.Topics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How Kafka Streams runs, each setting with its reason where it has one. */
public final class StreamsProperties {

  /** A changelog record is a topic's largest record and its key. */
  private static final int MAX_REQUEST_BYTES = Topics.MAX_MESSAGE_BYTES + 131_072;

  private static final int POLL_MILLIS = 10;
  private static final int TASK_TIMEOUT_MILLIS = 15 * 60_000;
  private static final int MAX_POLL_INTERVAL_MILLIS = 30 * 60_000;

  private StreamsProperties() {}

  /**
   * The properties.
   *
   * @param letters what the exception handlers write dead letters with
   */
  public static Map<String, Object> of(DriftSettings settings, HandlerLetters letters) {
    Map<String, Object> properties = new HashMap<>(settings.kafka());
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(settings));
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, settings.processingGuarantee());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toAbsolutePath().toString());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
    properties.put(
        StreamsConfig.REPLICATION_FACTOR_CONFIG,
        (int) settings.topicSettings().replicationFactor());
    // The streams protocol has no static membership and no client-side standbys before Kafka 4.4.
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    // Tells the other instances where to ask for the state of this one.
    properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, settings.advertised().toString());
    // An operator without a name would take its state with it when its neighbours change.
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    latency(settings, properties);
    failure(letters, properties);
    clients(settings, properties);
    return properties;
  }

  /** Group and prefix of changelogs and transactional ids: one per mesh. */
  public static String applicationId(DriftSettings settings) {
    return settings.topics().prefix() + "drift-service";
  }

  private static void latency(DriftSettings settings, Map<String, Object> properties) {
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
    // The loop looks for a due commit after each poll: the default of 100 ms would delay it.
    properties.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
    // A cache would keep all but the last record of a commit from the topics.
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    properties.put(
        StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class.getName());
  }

  private static void failure(HandlerLetters letters, Map<String, Object> properties) {
    properties.put(HandlerLetters.KEY, letters);
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        UndecodableHandler.class.getName());
    properties.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DefectHandler.class.getName());
    properties.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, UnwritableHandler.class.getName());
    properties.put(
        StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTimes.class.getName());
    // Brokers may be away for minutes; work goes on by itself when they are back.
    properties.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, TASK_TIMEOUT_MILLIS);
  }

  private static void clients(DriftSettings settings, Map<String, Object> properties) {
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        settings.instanceId());
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
    // A thread that waits for the registry is alive, whatever the group thinks of it.
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
        MAX_POLL_INTERVAL_MILLIS);
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
  }
}
