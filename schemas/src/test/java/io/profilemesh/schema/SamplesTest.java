package io.profilemesh.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.schema.json.RecordJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplesTest {

  static List<Class<? extends SpecificRecord>> records() {
    return Contract.records();
  }

  @ParameterizedTest
  @MethodSource("records")
  void shouldObeyTheRulesWhenParsed(Class<? extends SpecificRecord> type) {
    SpecificRecord sample = Contract.sample(type);

    assertThat(RecordRules.check(sample)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("records")
  void shouldBeWrittenAsItWasRead(Class<? extends SpecificRecord> type) throws Exception {
    SpecificRecord sample = Contract.sample(type);

    String written = RecordJson.write(sample);

    assertThat(RecordJson.read(written, type)).isEqualTo(sample);
  }

  @Test
  void shouldExistForEveryRecordOfATopicAndNoOther() throws IOException {
    try (Stream<Path> files = Files.list(Contract.module().resolve("src/main/samples"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              records().stream().map(type -> type.getSimpleName() + ".json").toList());
    }
  }

  @Test
  void shouldCoverEveryTopic() {
    assertThat(new Topics("").all())
        .filteredOn(topic -> topic.valueSchema() != null)
        .allSatisfy(
            topic ->
                assertThat(records())
                    .extracting(Class::getName)
                    .contains(topic.valueSchema().getFullName()));
  }
}
