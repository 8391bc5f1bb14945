package io.profilemesh.profiler.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.profilemesh.profiler.capture.ChangeTally.Kind;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.GenericRecordDecoder;
import java.io.IOException;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads Debezium's change records as an external Kafka Connect writes them: JSON with and without
 * schemas, and Avro. Rows in them are parsed and dropped.
 */
final class ChangeEnvelope {

  private static final String OPERATION = "op";
  private static final String SOURCE = "source";
  private static final int DEEPEST = 100;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .build();

  private final GenericRecordDecoder avro;

  ChangeEnvelope(GenericRecordDecoder avro) {
    this.avro = avro;
  }

  /** What a record is. */
  sealed interface Read {

    /** A change of a row, or of a whole table. */
    record Change(CapturedTable table, Kind kind) implements Read {}

    /** A record that stands for no change: a tombstone, a heartbeat, a row of a snapshot. */
    record Nothing() implements Read {}

    /** No change record at all. */
    record Bad(ReasonCode code, String message, @Nullable Integer schemaId) implements Read {}
  }

  /**
   * Reads a value.
   *
   * @throws io.profilemesh.schema.serde.RegistryUnavailableException when its schema cannot be
   *     fetched now: try again later
   */
  Read read(byte @Nullable [] value) {
    if (value == null || value.length == 0) {
      return new Read.Nothing();
    }
    return GenericRecordDecoder.isWireFormat(value) ? avro(value) : json(value);
  }

  private Read avro(byte[] value) {
    Decoded<GenericRecord> decoded = avro.decode(value);
    if (decoded instanceof Decoded.Refused<GenericRecord> refused) {
      return new Read.Bad(refused.code(), refused.message(), refused.schemaId());
    }
    GenericRecord record = ((Decoded.Value<GenericRecord>) decoded).record();
    Object operation = field(record, OPERATION);
    Object source = field(record, SOURCE);
    if (operation == null || !(source instanceof GenericRecord from)) {
      return new Read.Nothing();
    }
    return change(
        operation.toString(),
        text(field(from, "schema")),
        text(field(from, "db")),
        text(field(from, "table")));
  }

  private static @Nullable Object field(GenericRecord record, String name) {
    return record.getSchema().getField(name) == null ? null : record.get(name);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static Read json(byte[] value) {
    try {
      JsonNode root = JSON.readTree(value);
      JsonNode payload = root.has("schema") && root.has("payload") ? root.get("payload") : root;
      if (!root.isObject()) {
        return bad();
      }
      JsonNode operation = payload.path(OPERATION);
      JsonNode source = payload.path(SOURCE);
      if (!operation.isTextual() || !source.isObject()) {
        return new Read.Nothing();
      }
      return change(
          operation.textValue(),
          source.path("schema").textValue(),
          source.path("db").textValue(),
          source.path("table").textValue());
    } catch (IOException e) {
      return bad();
    }
  }

  private static Read bad() {
    return new Read.Bad(
        ReasonCode.INVALID_JSON, "The value is neither a JSON object nor Avro.", null);
  }

  private static Read change(
      String operation,
      @Nullable String schema,
      @Nullable String database,
      @Nullable String table) {
    Kind kind = DebeziumFeed.kind(operation);
    if (kind == null || table == null || table.isEmpty()) {
      return new Read.Nothing();
    }
    String qualifier = schema != null ? schema : database != null ? database : "";
    return new Read.Change(new CapturedTable(qualifier, table), kind);
  }
}
