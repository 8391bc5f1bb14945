package io.profilemesh.schema.serde;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated records in the Confluent wire format under the subject {@code <topic>-value}.
 *
 * <p>Unless {@code auto.register.schemas} is true, exactly the record's schema must be registered
 * under the subject. Throws {@link SerializationException} when it is not, or when a record lacks a
 * needed field, and {@link RegistryUnavailableException} when the registry is needed and away.
 * Thread-safe once configured.
 *
 * @param <T> type of the records
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

  private final Map<SubjectOfType, Integer> ids = new ConcurrentHashMap<>();
  private final RecordEncoder encoder = new RecordEncoder();
  private @Nullable SchemaRegistryClient client;
  private SerdeConfig config;

  /** For Kafka, which calls {@link #configure} next. */
  public AvroSerializer() {
    this(null, new SerdeConfig(false, false));
  }

  /** A serializer that registers nothing. */
  public AvroSerializer(SchemaRegistryClient client) {
    this(client, new SerdeConfig(false, false));
  }

  private AvroSerializer(@Nullable SchemaRegistryClient client, SerdeConfig config) {
    this.client = client;
    this.config = config;
  }

  /**
   * Reads Confluent's keys.
   *
   * @throws IllegalArgumentException when a key is missing or wrong, or this is for record keys,
   *     which are text
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    if (isKey) {
      throw new IllegalArgumentException("keys are text: use Kafka's StringSerializer for them");
    }
    this.config = SerdeConfig.parse(configs);
    if (client == null) {
      this.client = SchemaRegistryClient.of(configs);
    }
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable T record) {
    if (record == null) {
      return null;
    }
    SubjectOfType key = new SubjectOfType(topic, record.getClass());
    Integer id = ids.get(key);
    if (id == null) {
      id = find(topic + "-value", record.getSchema());
      ids.put(key, id);
    }
    try {
      return encoder.encode(record, id);
    } catch (NullPointerException e) {
      // Avro names the path of the field that is missing.
      throw new SerializationException(
          "a " + record.getSchema().getName() + " lacks a field: " + e.getMessage());
    } catch (AvroRuntimeException | ClassCastException e) {
      // Avro quotes the value: neither it nor the cause goes on.
      throw new SerializationException(
          "a " + record.getSchema().getName() + " holds a value of the wrong type");
    }
  }

  private int find(String subject, Schema schema) {
    SchemaRegistryClient registry = client;
    if (registry == null) {
      throw new IllegalStateException("the serializer is not configured: call configure first");
    }
    if (config.autoRegister()) {
      return register(registry, subject, schema);
    }
    OptionalInt id =
        config.useLatestVersion()
            ? latest(registry, subject, schema)
            : registry.idOf(subject, schema);
    return id.orElseThrow(
        () ->
            new SerializationException(
                "the schema of "
                    + schema.getName()
                    + " is not registered under '"
                    + subject
                    + "': run 'profilemesh schemas register'"));
  }

  private static OptionalInt latest(SchemaRegistryClient registry, String subject, Schema schema) {
    String text = SchemaTexts.of(schema);
    return registry
        .latest(subject)
        .filter(version -> SchemaTexts.of(version.schema()).equals(text))
        .map(version -> OptionalInt.of(version.id()))
        .orElseGet(OptionalInt::empty);
  }

  private static int register(SchemaRegistryClient registry, String subject, Schema schema) {
    try {
      return registry.register(subject, schema);
    } catch (RegistryRefusedException e) {
      throw new SerializationException(
          "the schema registry refuses the schema of " + schema.getName() + " under " + subject, e);
    }
  }

  private record SubjectOfType(String topic, Class<?> type) {}
}
