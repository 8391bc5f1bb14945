package io.profilemesh.schema.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.schema.Contract;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.TableProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {

  private static final String TOPIC = "profilemesh.run-events";
  private static final String SUBJECT = TOPIC + "-value";

  private final String scope = UUID.randomUUID().toString();
  private final InMemorySchemaRegistry registry = InMemorySchemaRegistry.ofScope(scope);
  private final RunEvent event = Contract.sample(RunEvent.class);

  @Test
  void shouldGiveBackWhatWasWritten() {
    registry.register(SUBJECT, RunEvent.getClassSchema());
    AvroSerde<RunEvent> serde = new AvroSerde<>(registry, RunEvent.class);

    byte[] bytes = serde.serializer().serialize(TOPIC, event);

    assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(event);
  }

  @Test
  void shouldWorkByConfigurationAlone() {
    AvroSerde<SpecificRecord> serde = configured(Map.of("auto.register.schemas", "true"));
    TableProfile profile = Contract.sample(TableProfile.class);

    byte[] one = serde.serializer().serialize(TOPIC, event);
    byte[] other = serde.serializer().serialize("profilemesh.table-profiles", profile);

    assertThat(serde.deserializer().deserialize(TOPIC, one)).isEqualTo(event);
    assertThat(serde.deserializer().deserialize(TOPIC, other)).isEqualTo(profile);
    assertThat(registry.subjects()).containsExactly(SUBJECT, "profilemesh.table-profiles-value");
  }

  @Test
  void shouldKeepTombstones() {
    AvroSerde<SpecificRecord> serde = configured(Map.of());

    assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
    assertThat(serde.deserializer().deserialize(TOPIC, null)).isNull();
  }

  @Test
  void shouldNameTheRemedyWhenTheSchemaIsNotRegistered() {
    AvroSerializer<RunEvent> serializer = new AvroSerializer<>(registry);

    assertThatThrownBy(() -> serializer.serialize(TOPIC, event))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(SUBJECT)
        .hasMessageContaining("profilemesh schemas register");
    registry.register(SUBJECT, RunEvent.getClassSchema());
    assertThat(serializer.serialize(TOPIC, event)).isNotEmpty();
  }

  @Test
  void shouldUseOnlyTheNewestVersionWhenAskedTo() {
    registry.register(SUBJECT, RunEvent.getClassSchema());
    Schema newer =
        new Schema.Parser()
            .parse(SchemaTexts.of(RunEvent.getClassSchema()).replace("CANCELLED", "CALLED_OFF"));
    registry.register(SUBJECT, newer);

    assertThat(configured(Map.of()).serializer().serialize(TOPIC, event)).isNotEmpty();
    AvroSerde<SpecificRecord> latest = configured(Map.of("use.latest.version", true));
    assertThatThrownBy(() -> latest.serializer().serialize(TOPIC, event))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void shouldWriteOnWhenTheRegistryIsAwayButTheSchemaIsKnown() {
    registry.register(SUBJECT, RunEvent.getClassSchema());
    AvroSerializer<RunEvent> serializer = new AvroSerializer<>(registry);
    byte[] before = serializer.serialize(TOPIC, event);
    registry.setAvailable(false);

    assertThat(serializer.serialize(TOPIC, event)).isEqualTo(before);
    assertThatThrownBy(() -> serializer.serialize("other", event))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  @Test
  void shouldSayThatARecordIsIncompleteAndGoOn() {
    registry.register(SUBJECT, RunEvent.getClassSchema());
    AvroSerializer<RunEvent> serializer = new AvroSerializer<>(registry);
    byte[] good = serializer.serialize(TOPIC, event);

    assertThatThrownBy(() -> serializer.serialize(TOPIC, new RunEvent()))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("RunEvent")
        .hasMessageContaining("eventId");
    assertThat(serializer.serialize(TOPIC, event)).isEqualTo(good);
  }

  @Test
  void shouldNotQuoteAValueOfTheWrongType() {
    registry.register(SUBJECT, RunEvent.getClassSchema());
    RunEvent wrong = Contract.sample(RunEvent.class);
    wrong.setTags(wrongType(List.of(new StringBuilder("s3cret"), 5)));

    assertThatThrownBy(() -> new AvroSerializer<>(registry).serialize(TOPIC, wrong))
        .isInstanceOf(SerializationException.class)
        .hasNoCause()
        .hasMessageNotContaining("s3cret");
  }

  @SuppressWarnings("unchecked")
  private static List<String> wrongType(List<?> list) {
    return (List<String>) list;
  }

  @Test
  void shouldWriteFromManyThreadsAtOnce() {
    registry.register(SUBJECT, RunEvent.getClassSchema());
    AvroSerializer<RunEvent> serializer = new AvroSerializer<>(registry);
    byte[] expected = serializer.serialize(TOPIC, event);

    assertThat(
            IntStream.range(0, 2_000).parallel().mapToObj(i -> serializer.serialize(TOPIC, event)))
        .allSatisfy(bytes -> assertThat(bytes).isEqualTo(expected));
  }

  @Test
  void shouldThrowKafkasExceptionWhenBytesAreBad() {
    AvroDeserializer<RunEvent> deserializer = new AvroDeserializer<>(registry, RunEvent.class);

    assertThatThrownBy(() -> deserializer.deserialize(TOPIC, new byte[] {1, 2, 3}))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("NOT_AVRO_WIRE_FORMAT");
  }

  @Test
  void shouldLoadNoClassBeyondItsOwnRecords() {
    Schema stranger = Schema.createRecord("Thread", null, "java.lang", false);
    stranger.setFields(List.of());
    int id = registry.register("x", stranger);
    byte[] bytes = new byte[WireFormat.HEADER_BYTES];
    WireFormat.writeHeader(bytes, id);

    assertThatThrownBy(() -> configured(Map.of()).deserializer().deserialize(TOPIC, bytes))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void shouldRefuseConfluentsKeysItCannotHonour() {
    assertThatThrownBy(() -> configured(Map.of("specific.avro.reader", "false")))
        .hasMessageContaining("specific.avro.reader");
    assertThatThrownBy(
            () ->
                configured(
                    Map.of(
                        "value.subject.name.strategy",
                        "io.confluent.kafka.serializers.subject.RecordNameStrategy")))
        .hasMessageContaining("value.subject.name.strategy");
    assertThatThrownBy(() -> configured(Map.of("auto.register.schemas", "maybe")))
        .hasMessageContaining("auto.register.schemas");
  }

  @Test
  void shouldAcceptConfluentsOwnStrategyByName() {
    assertThat(
            configured(
                Map.of(
                    "value.subject.name.strategy",
                    "io.confluent.kafka.serializers.subject.TopicNameStrategy",
                    "specific.avro.reader",
                    "true")))
        .isNotNull();
  }

  @Test
  void shouldRefuseToServeKeys() {
    assertThatThrownBy(
            () ->
                new AvroSerde<>().configure(Map.of("schema.registry.url", "mock://" + scope), true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private AvroSerde<SpecificRecord> configured(Map<String, ?> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("schema.registry.url", "mock://" + scope);
    AvroSerde<SpecificRecord> serde = new AvroSerde<>();
    serde.configure(config, false);
    return serde;
  }
}
