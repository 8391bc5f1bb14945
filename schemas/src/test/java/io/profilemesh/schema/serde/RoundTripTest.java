package io.profilemesh.schema.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.schema.Contract;
import io.profilemesh.schema.json.RecordJson;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.specific.SpecificRecord;

class RoundTripTest {

  private static final InMemorySchemaRegistry REGISTRY =
      InMemorySchemaRegistry.ofScope("round-trip");
  private static final RecordEncoder ENCODER = new RecordEncoder();

  @Property(tries = 300)
  void shouldGiveBackWhatWasWritten(
      @ForAll("types") Class<? extends SpecificRecord> type, @ForAll Random random) {
    SpecificRecord record = RandomRecords.of(type, random);
    int id = REGISTRY.register(type.getSimpleName(), record.getSchema());

    Decoded<? extends SpecificRecord> decoded =
        new RecordDecoder<>(REGISTRY, type).decode(ENCODER.encode(record, id));

    assertThat(decoded).isEqualTo(new Decoded.Value<>(record, id));
  }

  @Property(tries = 300)
  void shouldGiveBackWhatWasWrittenAsJson(
      @ForAll("types") Class<? extends SpecificRecord> type, @ForAll Random random)
      throws Exception {
    SpecificRecord record = RandomRecords.of(type, random);

    assertThat(RecordJson.read(RecordJson.writeLine(record), type)).isEqualTo(record);
  }

  @Provide
  Arbitrary<Class<? extends SpecificRecord>> types() {
    return Arbitraries.of(Contract.records());
  }
}
