package io.profilemesh.query.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/**
 * Says of each property of an answer whether it is always there and whether it may be null, as its
 * record does. A record called {@code …Form} is what callers send: what may be null there may be
 * left out, and what it does not name is refused.
 */
final class RecordSchemas {

  private static final DotName NULLABLE = DotName.createSimple(Nullable.class.getName());
  private static final DotName NAMED =
      DotName.createSimple("org.eclipse.microprofile.openapi.annotations.media.Schema");
  private static final DotName INCLUDED =
      DotName.createSimple("com.fasterxml.jackson.annotation.JsonInclude");
  private static final String COMPONENTS = "#/components/schemas/";
  private static final Set<String> TEXTS = Set.of("Instant", "UUID");

  private final Map<String, ClassInfo> records = new HashMap<>();

  RecordSchemas(IndexView index) {
    for (ClassInfo one : index.getKnownClasses()) {
      if (one.isRecord() && !isNamed(one)) {
        records.put(one.simpleName(), one);
      }
    }
    for (ClassInfo one : index.getKnownClasses()) {
      if (one.isRecord() && isNamed(one)) {
        records.put(name(one), one);
      }
    }
  }

  void complete(OpenAPI api) {
    api.getComponents()
        .getSchemas()
        .forEach(
            (name, schema) -> {
              ClassInfo record = records.get(name);
              if (record != null && schema.getProperties() != null) {
                complete(schema, record);
              }
            });
  }

  private static void complete(Schema schema, ClassInfo record) {
    boolean sent = record.simpleName().endsWith("Form");
    List<String> required = new ArrayList<>();
    for (Map.Entry<String, Schema> each : List.copyOf(schema.getProperties().entrySet())) {
      boolean nullable = has(record, each.getKey(), NULLABLE);
      boolean leftOut =
          nullable && (sent || isNamedBy(record, INCLUDED) || has(record, each.getKey(), INCLUDED));
      if (!leftOut) {
        required.add(each.getKey());
      }
      if (nullable && (sent || !leftOut)) {
        schema.addProperty(each.getKey(), nullable(each.getValue()));
      }
    }
    schema.setRequired(required.isEmpty() ? null : required);
    if (sent) {
      schema.setAdditionalPropertiesBoolean(false);
    }
  }

  /** The same, or null. */
  static Schema nullable(Schema schema) {
    String ref = schema.getRef();
    if (ref != null) {
      Schema either = OASFactory.createSchema().description(schema.getDescription());
      Schema nothing = OASFactory.createSchema().type(List.of(SchemaType.NULL));
      String name = ref.substring(COMPONENTS.length());
      return TEXTS.contains(name)
          ? either
              .type(List.of(SchemaType.STRING, SchemaType.NULL))
              .format(name.equals("UUID") ? "uuid" : "date-time")
          : either.anyOf(List.of(OASFactory.createSchema().ref(ref), nothing));
    }
    List<SchemaType> types = schema.getType();
    if (types != null && !types.contains(SchemaType.NULL)) {
      schema.addType(SchemaType.NULL);
    }
    List<Object> words = schema.getEnumeration();
    if (words != null && !words.contains(null)) {
      List<Object> more = new ArrayList<>(words);
      more.add(null);
      schema.setEnumeration(more);
    }
    return schema;
  }

  /** Whether a component has an annotation, on itself or on its type. */
  private static boolean has(ClassInfo record, String component, DotName annotation) {
    FieldInfo field = record.field(component);
    MethodInfo accessor = record.method(component);
    return field != null
            && (field.hasAnnotation(annotation) || field.type().hasAnnotation(annotation))
        || accessor != null && accessor.returnType().hasAnnotation(annotation);
  }

  private static boolean isNamed(ClassInfo record) {
    return isNamedBy(record, NAMED);
  }

  private static boolean isNamedBy(ClassInfo record, DotName annotation) {
    return record.declaredAnnotation(annotation) != null;
  }

  private static String name(ClassInfo record) {
    AnnotationInstance named = record.declaredAnnotation(NAMED);
    AnnotationValue name =
        named == null || named.target().kind() != AnnotationTarget.Kind.CLASS
            ? null
            : named.value("name");
    return name == null ? record.simpleName() : name.asString();
  }
}
