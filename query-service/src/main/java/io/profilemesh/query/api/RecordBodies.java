package io.profilemesh.query.api;

import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.ProfileRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema.Field;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** Describes the bodies that are records of topics, by their Avro schemas. */
final class RecordBodies {

  /** What the service writes itself. */
  private static final Set<String> WRITTEN_HERE =
      Set.of("updatedBy", "updatedAt", "version", "trigger", "requestedAt");

  private RecordBodies() {}

  static void addTo(OpenAPI api) {
    Schema policy = of(DriftPolicy.getClassSchema());
    Schema request = of(ProfileRequest.getClassSchema());
    request.setRequired(List.of("source", "table"));
    api.getComponents().addSchema("PolicyDefinition", policy);
    api.getComponents().addSchema("ProfileRequest", request);
    for (Operation operation :
        api.getPaths().getPathItems().values().stream()
            .flatMap(item -> item.getOperations().values().stream())
            .toList()) {
      if ("putPolicy".equals(operation.getOperationId())) {
        body(operation, "PolicyDefinition");
      } else if ("requestProfile".equals(operation.getOperationId())) {
        body(operation, "ProfileRequest");
      }
    }
    Schema tried =
        Objects.requireNonNull(api.getComponents().getSchemas().get("PolicyTestRequest"));
    Objects.requireNonNull(tried.getProperties().get("policies")).setItems(ref("PolicyDefinition"));
  }

  private static void body(Operation operation, String schema) {
    operation.getRequestBody().getContent().getMediaTypes().values().stream()
        .forEach(type -> type.setSchema(ref(schema)));
  }

  private static Schema ref(String name) {
    return OASFactory.createSchema().ref("#/components/schemas/" + name);
  }

  private static Schema of(org.apache.avro.Schema avro) {
    return switch (avro.getType()) {
      case UNION -> RecordSchemas.nullable(of(branch(avro)));
      case RECORD -> object(avro);
      case ENUM -> words(avro);
      case ARRAY -> type(SchemaType.ARRAY).items(of(avro.getElementType()));
      case MAP -> type(SchemaType.OBJECT).additionalPropertiesSchema(of(avro.getValueType()));
      case BOOLEAN -> type(SchemaType.BOOLEAN);
      case INT -> type(SchemaType.INTEGER).format("int32");
      case LONG ->
          avro.getLogicalType() == null
              ? type(SchemaType.INTEGER).format("int64")
              : type(SchemaType.STRING).format("date-time");
      case FLOAT, DOUBLE -> type(SchemaType.NUMBER);
      case STRING, BYTES -> type(SchemaType.STRING);
      case FIXED, NULL -> throw new IllegalStateException("no record of ours has such a field");
    };
  }

  private static Schema object(org.apache.avro.Schema record) {
    Schema object = type(SchemaType.OBJECT).description(record.getDoc());
    for (Field field : record.getFields()) {
      if (!WRITTEN_HERE.contains(field.name())) {
        object.addProperty(field.name(), of(field.schema()).description(field.doc()));
      }
    }
    return object.additionalPropertiesBoolean(false);
  }

  private static Schema words(org.apache.avro.Schema symbols) {
    List<Object> words = new ArrayList<>(symbols.getEnumSymbols());
    words.remove(symbols.getEnumDefault());
    return type(SchemaType.STRING).enumeration(words);
  }

  private static org.apache.avro.Schema branch(org.apache.avro.Schema union) {
    return union.getTypes().stream()
        .filter(type -> type.getType() != org.apache.avro.Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }

  private static Schema type(SchemaType type) {
    return OASFactory.createSchema().type(List.of(type));
  }
}
