package io.profilemesh.schema.serde;

import io.profilemesh.schema.serde.Decoded.Refused;
import io.profilemesh.schema.serde.Decoded.Value;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Confluent wire format into generated records.
 *
 * <p>Throws {@link SerializationException} for bytes that are no such record and {@link
 * RegistryUnavailableException} when an unseen schema cannot be fetched; a consumer that must
 * survive bad records uses {@link RecordDecoder} instead. A null value stays null. Thread-safe once
 * configured.
 *
 * @param <T> type of the records
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

  private static final String VALUE_TYPE = "specific.avro.value.type";

  private final Map<Class<?>, RecordDecoder<T>> decoders = new ConcurrentHashMap<>();
  private @Nullable SchemaRegistryClient client;
  private @Nullable Class<T> type;

  /** For Kafka, which calls {@link #configure} next: the type follows from each record's schema. */
  public AvroDeserializer() {}

  public AvroDeserializer(SchemaRegistryClient client, Class<T> type) {
    this.client = client;
    this.type = type;
  }

  /**
   * Reads Confluent's keys.
   *
   * @throws IllegalArgumentException when a key is missing or wrong, or this is for record keys
   */
  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    if (isKey) {
      throw new IllegalArgumentException("keys are text: use Kafka's StringDeserializer for them");
    }
    SerdeConfig.parse(configs);
    Object asked = configs.get(VALUE_TYPE);
    if (asked != null && type == null) {
      this.type = recordClass(asked instanceof Class<?> c ? c.getName() : asked.toString());
    }
    if (client == null) {
      this.client = SchemaRegistryClient.of(configs);
    }
  }

  @Override
  public @Nullable T deserialize(String topic, byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    SchemaRegistryClient registry = client;
    if (registry == null) {
      throw new IllegalStateException("the deserializer is not configured: call configure first");
    }
    Class<T> wanted = type == null ? typeOf(registry, value) : type;
    Decoded<T> decoded =
        decoders.computeIfAbsent(wanted, t -> new RecordDecoder<>(registry, wanted)).decode(value);
    if (decoded instanceof Value<T> good) {
      return good.record();
    }
    Refused<T> refused = (Refused<T>) decoded;
    throw new SerializationException(refused.code() + ": " + refused.message());
  }

  private static <T> Class<T> typeOf(SchemaRegistryClient registry, byte[] value) {
    if (!WireFormat.hasHeader(value)) {
      throw new SerializationException("the value does not begin with a schema id");
    }
    Schema schema =
        registry
            .schemaOf(WireFormat.schemaId(value))
            .orElseThrow(() -> new SerializationException("the schema id is unknown"));
    try {
      return recordClass(schema.getFullName());
    } catch (IllegalArgumentException e) {
      throw new SerializationException("the schema id stands for no record of ours");
    }
  }

  /** Only classes of our own package: a schema's name must not load whatever it likes. */
  @SuppressWarnings("unchecked")
  private static <T> Class<T> recordClass(String name) {
    try {
      if (AvroGuards.isOurs(name)) {
        Class<?> found = Class.forName(name, false, AvroDeserializer.class.getClassLoader());
        if (SpecificRecord.class.isAssignableFrom(found)) {
          return (Class<T>) found;
        }
      }
    } catch (ClassNotFoundException | LinkageError e) {
      // Said below.
    }
    throw new IllegalArgumentException(VALUE_TYPE + " is no record class of ours");
  }
}
