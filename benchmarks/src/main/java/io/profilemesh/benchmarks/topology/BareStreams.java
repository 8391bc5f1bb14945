package io.profilemesh.benchmarks.topology;

import io.profilemesh.core.incident.IncidentRules;
import io.profilemesh.drift.processor.DriftContext;
import io.profilemesh.drift.processor.DriftObserver;
import io.profilemesh.drift.processor.PatientSerializer;
import io.profilemesh.drift.processor.RegistryPatience;
import io.profilemesh.drift.query.QuestionKey;
import io.profilemesh.drift.wiring.AdvertisedAddress;
import io.profilemesh.drift.wiring.DriftSettings;
import io.profilemesh.drift.wiring.HandlerLetters;
import io.profilemesh.drift.wiring.StreamsProperties;
import io.profilemesh.schema.ColumnProfile;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.TopicSettings;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * A Streams application that decodes the profiles and, for each, reads and rewrites as many store
 * entries of the same bytes as the drift service does: with its settings, and no drift.
 */
public final class BareStreams {

  private static final String COLUMNS = "columns";
  private static final String DATASETS = "datasets";

  private BareStreams() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments bootstrap servers, address of the registry, topic prefix, directory of the
   *     state, {@link StateSample}
   */
  public static void main(String[] arguments) throws IOException {
    SchemaRegistryClient registry =
        SchemaRegistryClient.of(Map.of("schema.registry.url", arguments[1]));
    DriftSettings settings =
        settings(arguments[0], new Topics(arguments[2]), Path.of(arguments[3]));
    StateSample sample = StateSample.read(Path.of(arguments[4]));
    HandlerLetters letters =
        new HandlerLetters(
            new DriftContext(
                settings.environment(), true, IncidentRules.DEFAULT, DriftObserver.NONE),
            new PatientSerializer<>(
                new AvroSerializer<>(registry),
                new RegistryPatience(DriftObserver.NONE, time -> true)),
            settings.topics().deadLetters());
    StreamsConfig config = new StreamsConfig(StreamsProperties.of(settings, letters));
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(store(COLUMNS));
    builder.addStateStore(store(DATASETS));
    builder.stream(
            settings.topics().tableProfiles().name(),
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("read"))
        .process(
            () -> new Rewrite(new RecordDecoder<>(registry, TableProfile.class), sample),
            Named.as("rewrite"),
            COLUMNS,
            DATASETS);
    new KafkaStreams(builder.build(), config).start();
  }

  /** Consumer group of the application. */
  static String group(Topics topics) {
    return topics.prefix() + "drift-service";
  }

  private static DriftSettings settings(String bootstrap, Topics topics, Path state) {
    return new DriftSettings(
        ProfileCorpus.ENVIRONMENT,
        topics,
        new TopicSettings(TopologyBenchmark.PARTITIONS, (short) 1),
        "bare",
        state,
        StreamsConfig.EXACTLY_ONCE_V2,
        1,
        0,
        Duration.ofMillis(50),
        new AdvertisedAddress("localhost", 1),
        Duration.ofSeconds(2),
        QuestionKey.NONE,
        IncidentRules.DEFAULT,
        null,
        Map.of("bootstrap.servers", bootstrap),
        Map.of(),
        true);
  }

  private static StoreBuilder<KeyValueStore<byte[], byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
        .withCachingDisabled();
  }

  /** Reads and rewrites the entries of a record. */
  private static final class Rewrite extends ContextualProcessor<byte[], byte[], Void, Void> {

    private final RecordDecoder<TableProfile> decoder;
    private final StateSample sample;
    private @Nullable KeyValueStore<byte[], byte[]> columns;
    private @Nullable KeyValueStore<byte[], byte[]> datasets;
    private long count;

    Rewrite(RecordDecoder<TableProfile> decoder, StateSample sample) {
      this.decoder = decoder;
      this.sample = sample;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      super.init(context);
      columns = context.getStateStore(COLUMNS);
      datasets = context.getStateStore(DATASETS);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      if (!(decoder.decode(record.value()) instanceof Decoded.Value<TableProfile> read)) {
        throw new IllegalStateException("the benchmark's own profile cannot be read");
      }
      TableProfile profile = read.record();
      rewrite(columns, profile, sample.columns());
      rewrite(datasets, profile.getDatasetId(), sample.dataset());
    }

    private void rewrite(
        @Nullable KeyValueStore<byte[], byte[]> store,
        TableProfile profile,
        Map<String, byte[]> first) {
      for (ColumnProfile column : profile.getColumnProfiles()) {
        String name = column.getColumn().getName();
        byte[] bytes = first.get(name);
        if (bytes != null) {
          rewrite(store, profile.getDatasetId() + '\0' + name, bytes);
        }
      }
    }

    /** A few bytes differ each time, as a run leaves most of a history alone. */
    private void rewrite(@Nullable KeyValueStore<byte[], byte[]> store, String name, byte[] first) {
      if (store == null) {
        throw new IllegalStateException("the step was not started");
      }
      byte[] key = name.getBytes(StandardCharsets.UTF_8);
      byte[] before = store.get(key);
      byte[] after = (before == null ? first : before).clone();
      ByteBuffer.wrap(after).putLong(after.length / 2, ++count);
      store.put(key, after);
    }
  }
}
