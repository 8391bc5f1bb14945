package io.profilemesh.schema.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.schema.Topic;
import io.profilemesh.schema.Topics;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class SchemaRegistrationTest {

  private final InMemorySchemaRegistry registry =
      InMemorySchemaRegistry.ofScope(UUID.randomUUID().toString());
  private final List<Topic> topics = new Topics("test.").all();

  @Test
  void shouldSetTheLevelOfEverySubjectAndRegisterItsSchema() {
    var ids = SchemaRegistration.register(registry, topics);

    assertThat(registry.subjects())
        .containsExactlyElementsOf(ids.keySet())
        .contains("test.table-profiles-value")
        .doesNotContain("test.profile-requests-json-value")
        .allSatisfy(
            subject ->
                assertThat(registry.compatibility(subject))
                    .contains(Compatibility.FULL_TRANSITIVE));
    assertThat(SchemaRegistration.check(registry, topics)).isEmpty();
  }

  @Test
  void shouldChangeNothingWhenRepeated() {
    var first = SchemaRegistration.register(registry, topics);

    assertThat(SchemaRegistration.register(registry, topics)).isEqualTo(first);
  }

  @Test
  void shouldRegisterWhatIsReadableInEveryLanguage() {
    SchemaRegistration.register(registry, topics);

    assertThat(registry.latest("test.run-events-value").orElseThrow().schema().toString())
        .doesNotContain("avro.java.string");
  }

  @Test
  void shouldTellWhatIsMissing() {
    assertThat(SchemaRegistration.check(registry, topics))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("test.run-events-value", "RunEvent", "profilemesh schemas register"))
        .anySatisfy(problem -> assertThat(problem).contains("FULL_TRANSITIVE"));
    assertThat(registry.subjects()).as("checking changes nothing").isEmpty();
  }

  @Test
  void shouldTellWhatIsIncompatible() {
    registry.setCompatibility("test.run-events-value", Compatibility.FULL_TRANSITIVE);
    registry.register("test.run-events-value", stranger());

    assertThat(SchemaRegistration.check(registry, topics))
        .anySatisfy(
            problem -> assertThat(problem).contains("test.run-events-value", "does not fit"));
    assertThatThrownBy(() -> SchemaRegistration.register(registry, topics))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("test.run-events-value");
  }

  private static Schema stranger() {
    return SchemaBuilder.record("RunEvent")
        .namespace("io.profilemesh.schema")
        .fields()
        .requiredInt("eventId")
        .endRecord();
  }
}
