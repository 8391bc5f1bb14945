package io.profilemesh.schema.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.schema.Contract;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.json.RecordJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that Confluent's own client wrote once; test/recorded/README.md says which and when. */
class RecordedBytesTest {

  private static final Path RECORDED = Contract.module().resolve("src/test/recorded");

  static List<Class<? extends SpecificRecord>> records() {
    return List.of(ProfileRequest.class, TableProfile.class, DriftEvent.class);
  }

  @ParameterizedTest
  @MethodSource("records")
  <T extends SpecificRecord> void shouldReadWhatAStockClientWrote(Class<T> type) throws Exception {
    RecordDecoder<T> decoder = new RecordDecoder<>(registry(), type);

    Decoded<T> decoded = decoder.decode(bytes(type));

    T expected = RecordJson.read(text(type, "json"), type);
    assertThat(decoded).isEqualTo(new Decoded.Value<>(expected, id(type)));
  }

  @ParameterizedTest
  @MethodSource("records")
  <T extends SpecificRecord> void shouldWriteTheHeaderThatAStockClientWrites(Class<T> type)
      throws Exception {
    T record = RecordJson.read(text(type, "json"), type);

    byte[] ours = new RecordEncoder().encode(record, id(type));

    assertThat(Arrays.copyOf(ours, WireFormat.HEADER_BYTES))
        .isEqualTo(Arrays.copyOf(bytes(type), WireFormat.HEADER_BYTES));
  }

  @ParameterizedTest
  @MethodSource("records")
  <T extends SpecificRecord> void shouldWriteAsCompactlyAsAStockClient(Class<T> type)
      throws Exception {
    T record = RecordJson.read(text(type, "json"), type);

    byte[] ours = new RecordEncoder().encode(record, id(type));

    assertThat(ours).hasSize(bytes(type).length + fieldsSinceThen(type, record.getSchema()));
  }

  /** Fields added after the recording stand at their defaults, which take one byte each. */
  private static int fieldsSinceThen(Class<?> type, Schema today) throws Exception {
    Schema recorded = new Schema.Parser().parse(text(type, "avsc"));
    return (int)
        today.getFields().stream().filter(field -> recorded.getField(field.name()) == null).count();
  }

  /** Ids from 1, in the order in which they were recorded. */
  private static SchemaRegistryClient registry() throws Exception {
    InMemorySchemaRegistry registry = InMemorySchemaRegistry.ofScope("recorded-bytes");
    for (Class<? extends SpecificRecord> type : records()) {
      registry.register(type.getSimpleName(), new Schema.Parser().parse(text(type, "avsc")));
    }
    return registry;
  }

  private static int id(Class<?> type) {
    return records().indexOf(type) + 1;
  }

  private static byte[] bytes(Class<?> type) throws Exception {
    return Files.readAllBytes(RECORDED.resolve(type.getSimpleName() + ".bin"));
  }

  private static String text(Class<?> type, String extension) throws Exception {
    return Files.readString(RECORDED.resolve(type.getSimpleName() + "." + extension));
  }
}
