package io.profilemesh.schema.serde;

import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.serde.Decoded.Refused;
import io.profilemesh.schema.serde.Decoded.Value;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a value into a record of one type, whatever the bytes are. Thread-safe.
 *
 * @param <T> type of the record
 */
public final class RecordDecoder<T extends SpecificRecord> {

  static {
    AvroGuards.apply();
  }

  private final SchemaRegistryClient client;
  private final SpecificData model;
  private final Schema schema;
  private final Map<Integer, Writer<T>> writers = new ConcurrentHashMap<>();

  public RecordDecoder(SchemaRegistryClient client, Class<T> type) {
    this.client = client;
    this.model = SpecificData.getForClass(type);
    this.schema = model.getSchema(type);
  }

  /**
   * Decodes a value. Bad bytes are an outcome, never an exception.
   *
   * @param value value of a record, as it came from the topic
   * @throws RegistryUnavailableException when its schema was not seen before and cannot be fetched
   *     now: the record is not bad, the caller waits and tries again
   */
  public Decoded<T> decode(byte @Nullable [] value) {
    if (value == null || value.length == 0) {
      return new Refused<>(ReasonCode.EMPTY_RECORD, "The record has no value.", null);
    }
    if (!WireFormat.hasHeader(value)) {
      return new Refused<>(
          ReasonCode.NOT_AVRO_WIRE_FORMAT,
          "The value does not begin with a zero byte and a schema id of four bytes.",
          null);
    }
    int id = WireFormat.schemaId(value);
    Writer<T> writer = writers.get(id);
    writer = writer == null ? meet(id) : writer;
    if (writer == null) {
      return new Refused<>(
          ReasonCode.UNKNOWN_SCHEMA_ID, "The schema registry knows no schema of this id.", id);
    }
    return writer.reader() == null
        ? new Refused<>(ReasonCode.FOREIGN_SCHEMA, writer.objection(), id)
        : read(writer.reader(), value, id);
  }

  private Decoded<T> read(DatumReader<T> reader, byte[] value, int id) {
    BoundedDecoder bytes = new BoundedDecoder(value, WireFormat.HEADER_BYTES);
    try {
      T record = reader.read(null, bytes);
      return bytes.atEnd()
          ? new Value<>(record, id)
          : undecodable("bytes follow the end of the record", id);
    } catch (MalformedRecordException e) {
      return undecodable(String.valueOf(e.getMessage()), id);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return undecodable("the bytes do not follow their schema", id);
    }
  }

  private static <T> Decoded<T> undecodable(String why, int id) {
    return new Refused<>(
        ReasonCode.UNDECODABLE_RECORD, "The record cannot be decoded: " + why + ".", id);
  }

  private @Nullable Writer<T> meet(int id) {
    Optional<Schema> writer = client.schemaOf(id);
    return writer.isEmpty() ? null : writers.computeIfAbsent(id, i -> judge(writer.get()));
  }

  private Writer<T> judge(Schema writer) {
    try {
      String objection = WriterSchemas.objection(writer, schema).orElse(null);
      return objection == null
          ? new Writer<>(new FastReaderBuilder(model).createDatumReader(writer, schema), "")
          : new Writer<>(null, "The record is not for this topic: " + objection + ".");
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return new Writer<>(null, "The record's schema cannot be resolved with the reader's.");
    }
  }

  /** What is known of the records of one schema id: how to read them, or why they are refused. */
  private record Writer<T>(@Nullable DatumReader<T> reader, String objection) {}
}
