package io.profilemesh.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.schema.serde.Compatibility;
import io.profilemesh.schema.serde.CompatibilityRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CompatibilityTest {

  @BeforeAll
  static void keepARelease() {
    String version = System.getProperty("schemas.release");
    if (version != null) {
      ReleasedSchemas.keep(version);
    }
  }

  @Test
  void shouldStayCompatibleWithEveryRelease() {
    Map<String, Schema> today = new TreeMap<>();
    Contract.records()
        .forEach(type -> today.put(type.getSimpleName(), SpecificData.get().getSchema(type)));
    List<Path> versions = ReleasedSchemas.versions();

    assertThat(versions).isNotEmpty();
    for (Path version : versions) {
      for (Schema released : ReleasedSchemas.of(version)) {
        assertThat(today).containsKey(released.getName());
        assertThat(
                CompatibilityRules.against(
                    Compatibility.FULL_TRANSITIVE,
                    today.get(released.getName()),
                    List.of(released)))
            .as("%s against release %s", released.getName(), version.getFileName())
            .isEmpty();
      }
    }
  }

  @Test
  void shouldHoldASchemaOfEveryRecordInEveryRelease() {
    Path newest = ReleasedSchemas.versions().get(ReleasedSchemas.versions().size() - 1);

    assertThat(ReleasedSchemas.of(newest))
        .extracting(Schema::getName)
        .containsExactlyInAnyOrderElementsOf(
            Contract.records().stream().map(Class::getSimpleName).toList());
  }

  @Test
  void shouldNoticeAnIncompatibleChange() {
    Schema old = SchemaBuilder.record("Thing").fields().optionalString("name").endRecord();
    Schema narrowed = SchemaBuilder.record("Thing").fields().requiredString("name").endRecord();

    assertThat(
            CompatibilityRules.against(
                Compatibility.FULL_TRANSITIVE, narrowed, List.of(old, narrowed)))
        .isNotEmpty();
  }
}
