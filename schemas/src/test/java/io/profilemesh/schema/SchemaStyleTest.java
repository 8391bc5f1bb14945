package io.profilemesh.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

class SchemaStyleTest {

  @Test
  void shouldGiveEveryFieldADefaultAndADescription() {
    assertThat(namedTypes().values())
        .filteredOn(type -> type.getType() == Schema.Type.RECORD)
        .isNotEmpty()
        .allSatisfy(
            record ->
                assertThat(record.getFields())
                    .allSatisfy(
                        field -> {
                          assertThat(field.hasDefaultValue()).as(name(record, field)).isTrue();
                          assertThat(field.doc()).as(name(record, field)).isNotBlank();
                        }));
  }

  @Test
  void shouldLetNullBeTheDefaultOfEveryNullableField() {
    assertThat(namedTypes().values())
        .filteredOn(type -> type.getType() == Schema.Type.RECORD)
        .flatExtracting(Schema::getFields)
        .filteredOn(field -> field.schema().isNullable())
        .isNotEmpty()
        .allSatisfy(field -> assertThat(field.defaultVal()).isEqualTo(JsonProperties.NULL_VALUE));
  }

  @Test
  void shouldGiveEveryEnumAnUnknownDefaultInFirstPlace() {
    assertThat(namedTypes().values())
        .filteredOn(type -> type.getType() == Schema.Type.ENUM)
        .isNotEmpty()
        .allSatisfy(
            type -> {
              assertThat(type.getEnumDefault()).isEqualTo("UNKNOWN");
              assertThat(type.getEnumSymbols()).first().isEqualTo("UNKNOWN");
            });
  }

  @Test
  void shouldDescribeEveryType() {
    assertThat(namedTypes().values())
        .allSatisfy(type -> assertThat(type.getDoc()).as(type.getName()).isNotBlank());
  }

  private static String name(Schema record, Schema.Field field) {
    return record.getName() + "." + field.name();
  }

  private static Map<String, Schema> namedTypes() {
    Map<String, Schema> types = new LinkedHashMap<>();
    Contract.records().forEach(type -> collect(SpecificData.get().getSchema(type), types));
    return types;
  }

  private static void collect(Schema schema, Map<String, Schema> types) {
    switch (schema.getType()) {
      case RECORD -> {
        if (types.putIfAbsent(schema.getFullName(), schema) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), types));
        }
      }
      case ENUM -> types.putIfAbsent(schema.getFullName(), schema);
      case ARRAY -> collect(schema.getElementType(), types);
      case MAP -> collect(schema.getValueType(), types);
      case UNION -> schema.getTypes().forEach(type -> collect(type, types));
      default -> {}
    }
  }
}
