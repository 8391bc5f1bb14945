package io.profilemesh.schema.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.schema.Contract;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.TableProfile;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {

  private final InMemorySchemaRegistry registry =
      InMemorySchemaRegistry.ofScope(UUID.randomUUID().toString());
  private final RecordDecoder<RunEvent> decoder = new RecordDecoder<>(registry, RunEvent.class);

  @Test
  void shouldGiveTheRecordWhenItIsWhole() {
    RunEvent event = Contract.sample(RunEvent.class);

    Decoded<RunEvent> decoded = decoder.decode(bytes(event));

    assertThat(decoded).isEqualTo(new Decoded.Value<>(event, 1));
  }

  @Test
  void shouldRefuseWhenThereIsNoValue() {
    assertRefused(decoder.decode(null), ReasonCode.EMPTY_RECORD, null);
    assertRefused(decoder.decode(new byte[0]), ReasonCode.EMPTY_RECORD, null);
  }

  @Test
  void shouldRefuseWhenTheHeaderIsNone() {
    byte[] wrongMagic = bytes(Contract.sample(RunEvent.class));
    wrongMagic[0] = 1;

    assertRefused(decoder.decode(wrongMagic), ReasonCode.NOT_AVRO_WIRE_FORMAT, null);
    assertRefused(decoder.decode(new byte[] {0}), ReasonCode.NOT_AVRO_WIRE_FORMAT, null);
    assertRefused(decoder.decode(new byte[] {0, 0, 0, 1}), ReasonCode.NOT_AVRO_WIRE_FORMAT, null);
    assertRefused(
        decoder.decode("{\"a\":1}".getBytes(UTF_8)), ReasonCode.NOT_AVRO_WIRE_FORMAT, null);
  }

  @Test
  void shouldRefuseWhenTheSchemaIdIsUnknown() {
    assertRefused(
        decoder.decode(new byte[] {0, 0, 0, 48, 57, 0}), ReasonCode.UNKNOWN_SCHEMA_ID, 12345);
    assertRefused(
        decoder.decode(new byte[] {0, -1, -1, -1, -1, 0}), ReasonCode.UNKNOWN_SCHEMA_ID, -1);
  }

  @Test
  void shouldRefuseWhenTheSchemaIsOfAnotherType() {
    int id = registry.register("other-value", DriftEvent.getClassSchema());
    byte[] foreign = new RecordEncoder().encode(Contract.sample(DriftEvent.class), id);

    assertRefused(decoder.decode(foreign), ReasonCode.FOREIGN_SCHEMA, id);
  }

  @Test
  void shouldRefuseWhenTheSchemaIsOfOurNameButIncompatible() {
    Schema impostor =
        SchemaBuilder.record("RunEvent")
            .namespace("io.profilemesh.schema")
            .fields()
            .requiredInt("eventId")
            .endRecord();
    int id = registry.register("other-value", impostor);

    assertRefused(decoder.decode(new byte[] {0, 0, 0, 0, 1, 2}), ReasonCode.FOREIGN_SCHEMA, id);
  }

  @Test
  void shouldRefuseWhenBytesFollow() {
    byte[] whole = bytes(Contract.sample(RunEvent.class));

    assertRefused(
        decoder.decode(Arrays.copyOf(whole, whole.length + 1)), ReasonCode.UNDECODABLE_RECORD, 1);
  }

  @Test
  void shouldReadAnEnumSymbolOfTheFutureAsUnknown() {
    Schema future =
        new Schema.Parser()
            .parse(SchemaTexts.of(RunEvent.getClassSchema()).replace("CANCELLED", "EXPLODED"));
    int id = registry.register("run-events-value", future);
    GenericData.Record event = newer(future);
    event.put("type", new GenericData.EnumSymbol(future.getField("type").schema(), "EXPLODED"));

    Decoded<RunEvent> decoded = decoder.decode(WriterBytes.of(event, id));

    assertThat(decoded)
        .isInstanceOfSatisfying(
            Decoded.Value.class,
            value ->
                assertThat(((RunEvent) value.record()).getType()).isEqualTo(RunEventType.UNKNOWN));
  }

  @Test
  void shouldSkipAFieldOfTheFuture() {
    Schema future =
        new Schema.Parser()
            .parse(
                SchemaTexts.of(RunEvent.getClassSchema())
                    .replace(
                        "{\"name\":\"environment\"",
                        "{\"name\":\"mood\",\"type\":{\"type\":\"array\",\"items\":\"string\"},"
                            + "\"default\":[]},{\"name\":\"environment\""));
    int id = registry.register("run-events-value", future);
    GenericData.Record event = newer(future);
    event.put("mood", List.of("good", "better"));
    event.put("runId", "r");

    Decoded<RunEvent> decoded = decoder.decode(WriterBytes.of(event, id));

    assertThat(decoded)
        .isInstanceOfSatisfying(
            Decoded.Value.class,
            value -> assertThat(((RunEvent) value.record()).getRunId()).isEqualTo("r"));
  }

  @Test
  void shouldGoOnWithSchemasSeenBeforeWhenTheRegistryIsAway() {
    RunEvent event = Contract.sample(RunEvent.class);
    byte[] seen = bytes(event);
    decoder.decode(seen);
    registry.setAvailable(false);

    assertThat(decoder.decode(seen)).isEqualTo(new Decoded.Value<>(event, 1));
  }

  @Test
  void shouldSayThatTheRegistryIsAwayWhenTheSchemaIsUnseen() {
    byte[] unseen = bytes(Contract.sample(RunEvent.class));
    registry.setAvailable(false);

    assertThatThrownBy(() -> decoder.decode(unseen))
        .isInstanceOf(RegistryUnavailableException.class);
    registry.setAvailable(true);
    assertThat(decoder.decode(unseen)).isInstanceOf(Decoded.Value.class);
  }

  @Test
  void shouldRefuseASchemaWhoseRecordsKnowNoBounds() {
    Schema node = Schema.createRecord("Node", null, "other", false);
    node.setFields(
        List.of(
            new Schema.Field("next", Schema.createUnion(Schema.create(Schema.Type.NULL), node))));
    int nested = registry.register("nested-value", withExtra(node));
    int repeated =
        registry.register(
            "repeated-value", withExtra(Schema.createArray(Schema.create(Schema.Type.NULL))));

    assertRefused(decoder.decode(header(nested)), ReasonCode.FOREIGN_SCHEMA, nested);
    assertRefused(decoder.decode(header(repeated)), ReasonCode.FOREIGN_SCHEMA, repeated);
  }

  @Test
  void shouldReadAWideProfile() {
    TableProfile profile = Contract.sample(TableProfile.class);
    int id = registry.register("profiles-value", TableProfile.getClassSchema());
    RecordDecoder<TableProfile> profiles = new RecordDecoder<>(registry, TableProfile.class);

    assertThat(profiles.decode(new RecordEncoder().encode(profile, id)))
        .isEqualTo(new Decoded.Value<>(profile, id));
  }

  private static Schema withExtra(Schema extra) {
    Schema schema = Schema.createRecord("RunEvent", null, "io.profilemesh.schema", false);
    schema.setFields(List.of(new Schema.Field("extra", extra)));
    return schema;
  }

  private static byte[] header(int id) {
    byte[] header = new byte[20];
    WireFormat.writeHeader(header, id);
    return header;
  }

  private static GenericData.Record newer(Schema schema) {
    GenericData.Record record = new GenericData.Record(schema);
    schema
        .getFields()
        .forEach(field -> record.put(field.pos(), GenericData.get().getDefaultValue(field)));
    return record;
  }

  private byte[] bytes(SpecificRecord record) {
    int id = registry.register("run-events-value", record.getSchema());
    return new RecordEncoder().encode(record, id);
  }

  private static void assertRefused(Decoded<?> decoded, ReasonCode code, Integer schemaId) {
    assertThat(decoded)
        .isInstanceOfSatisfying(
            Decoded.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.schemaId()).isEqualTo(schemaId);
              assertThat(refused.message()).endsWith(".");
            });
  }
}
