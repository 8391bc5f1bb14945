package io.profilemesh.schema.serde;

import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.serde.Decoded.Refused;
import io.profilemesh.schema.serde.Decoded.Value;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a foreign value into a record of whatever type its writer says. Thread-safe.
 */
public final class GenericRecordDecoder {

  static {
    AvroGuards.apply();
  }

  private final SchemaRegistryClient client;
  private final Map<Integer, Optional<Schema>> schemas = new ConcurrentHashMap<>();

  public GenericRecordDecoder(SchemaRegistryClient client) {
    this.client = client;
  }

  /** Whether the bytes begin like a value in the registry's wire format. */
  public static boolean isWireFormat(byte[] value) {
    return WireFormat.hasHeader(value);
  }

  /**
   * Decodes a value. Bad bytes are an outcome, never an exception.
   *
   * @throws RegistryUnavailableException when its schema was not seen before and cannot be fetched
   *     now: the record is not bad, the caller waits and tries again
   */
  public Decoded<GenericRecord> decode(byte[] value) {
    int id = WireFormat.schemaId(value);
    Schema schema = schema(id);
    if (schema == null) {
      return new Refused<>(
          ReasonCode.UNKNOWN_SCHEMA_ID, "The schema registry knows no schema of this id.", id);
    }
    if (schema.getType() != Schema.Type.RECORD || !WriterSchemas.isBounded(schema)) {
      return new Refused<>(
          ReasonCode.FOREIGN_SCHEMA, "The schema id stands for no record that can be read.", id);
    }
    try {
      BoundedDecoder bytes = new BoundedDecoder(value, WireFormat.HEADER_BYTES);
      GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, bytes);
      return bytes.atEnd() ? new Value<>(record, id) : undecodable(id);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return undecodable(id);
    }
  }

  private static Decoded<GenericRecord> undecodable(int id) {
    return new Refused<>(
        ReasonCode.UNDECODABLE_RECORD,
        "The record cannot be decoded: the bytes do not follow their schema.",
        id);
  }

  private @Nullable Schema schema(int id) {
    Optional<Schema> known = schemas.get(id);
    if (known == null) {
      known = client.schemaOf(id);
      // An id that is not known today may be registered tomorrow.
      if (known.isPresent()) {
        schemas.put(id, known);
      }
    }
    return known.orElse(null);
  }
}
