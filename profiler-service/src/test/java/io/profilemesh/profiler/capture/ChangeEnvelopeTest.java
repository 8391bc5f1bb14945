package io.profilemesh.profiler.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.profiler.capture.ChangeEnvelope.Read;
import io.profilemesh.profiler.capture.ChangeTally.Kind;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.serde.GenericRecordDecoder;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeEnvelopeTest {

  private static final CapturedTable ORDERS = new CapturedTable("public", "orders");

  private final SchemaRegistryClient registry =
      SchemaRegistryClient.of(Map.of("schema.registry.url", "mock://envelopes"));
  private final ChangeEnvelope envelope = new ChangeEnvelope(new GenericRecordDecoder(registry));

  @ParameterizedTest
  @CsvSource({"c,INSERT", "u,UPDATE", "d,DELETE", "t,TRUNCATE"})
  void shouldReadAChangeWithoutSchemas(String operation, Kind kind) {
    assertThat(read(payload(operation))).isEqualTo(new Read.Change(ORDERS, kind));
  }

  @Test
  void shouldReadAChangeWithSchemas() {
    assertThat(read("{\"schema\":{\"type\":\"struct\"},\"payload\":" + payload("u") + "}"))
        .isEqualTo(new Read.Change(ORDERS, Kind.UPDATE));
  }

  @Test
  void shouldTakeTheDatabaseForTheSchemaWhereTheEngineHasNone() {
    assertThat(read("{\"op\":\"c\",\"source\":{\"db\":\"shop\",\"table\":\"orders\"}}"))
        .isEqualTo(new Read.Change(new CapturedTable("shop", "orders"), Kind.INSERT));
  }

  @Test
  void shouldCountNoRowOfASnapshot() {
    assertThat(read(payload("r"))).isEqualTo(new Read.Nothing());
  }

  @Test
  void shouldPassOverWhatIsNoChange() {
    assertThat(envelope.read(null)).isEqualTo(new Read.Nothing());
    assertThat(read("{\"ts_ms\":1}")).isEqualTo(new Read.Nothing());
    assertThat(read("{\"op\":\"c\",\"source\":{}}")).isEqualTo(new Read.Nothing());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "[]", "7", "{\"op\":", "{\"a\":1}}x{"})
  void shouldRefuseWhatIsNoObject(String text) {
    Read read = read(text);
    assertThat(read).isInstanceOfAny(Read.Bad.class, Read.Nothing.class);
    if (!text.startsWith("{\"a\"")) {
      assertThat(read)
          .isInstanceOfSatisfying(
              Read.Bad.class, bad -> assertThat(bad.code()).isEqualTo(ReasonCode.INVALID_JSON));
    }
  }

  @Test
  void shouldRefuseEndlessNesting() {
    assertThat(read("{\"a\":".repeat(5_000))).isInstanceOf(Read.Bad.class);
  }

  @Test
  void shouldReadAvro() throws IOException {
    // given
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Envelope", "namespace": "shop.public.orders", "fields": [
                  {"name": "after", "type": ["null", "string"], "default": null},
                  {"name": "op", "type": "string"},
                  {"name": "source", "type": {"type": "record", "name": "Source", "fields": [
                    {"name": "db", "type": "string"},
                    {"name": "schema", "type": "string"},
                    {"name": "table", "type": "string"}]}}]}
                """);
    GenericRecord source =
        new GenericRecordBuilder(schema.getField("source").schema())
            .set("db", "shop")
            .set("schema", "public")
            .set("table", "orders")
            .build();
    GenericRecord record =
        new GenericRecordBuilder(schema)
            .set("after", "x")
            .set("op", "d")
            .set("source", source)
            .build();
    int id = registry.register("shop.public.orders-value", schema);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0);
    bytes.write(ByteBuffer.allocate(4).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
    encoder.flush();

    // then
    assertThat(envelope.read(bytes.toByteArray())).isEqualTo(new Read.Change(ORDERS, Kind.DELETE));
    byte[] cut = Arrays.copyOf(bytes.toByteArray(), 8);
    assertThat(envelope.read(cut))
        .isInstanceOfSatisfying(
            Read.Bad.class, bad -> assertThat(bad.code()).isEqualTo(ReasonCode.UNDECODABLE_RECORD));
    assertThat(envelope.read(new byte[] {0, 0, 0, 99, 99, 1}))
        .isInstanceOfSatisfying(
            Read.Bad.class, bad -> assertThat(bad.code()).isEqualTo(ReasonCode.UNKNOWN_SCHEMA_ID));
  }

  private static String payload(String operation) {
    return "{\"before\":null,\"after\":{\"id\":1},\"op\":\"%s\",\"source\":{\"db\":\"shop\",\"schema\":\"public\",\"table\":\"orders\"}}"
        .formatted(operation);
  }

  private Read read(String text) {
    return envelope.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
