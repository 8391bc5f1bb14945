package io.profilemesh.query.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jspecify.annotations.Nullable;

/** Gives every body of a request and of an answer an example, made of its schema. */
final class Examples {

  private static final String JSON = "application/json";
  private static final String COMPONENTS = "#/components/schemas/";
  private static final int DEEPEST = 8;

  private static final Map<String, Object> VALUES =
      Map.ofEntries(
          Map.entry("datasetId", "shop/public/orders"),
          Map.entry("tableId", "shop/public/orders"),
          Map.entry("lastDatasetId", "shop/public/orders"),
          Map.entry("status", "completed"),
          Map.entry("trigger", "schedule"),
          Map.entry("columnType", "decimal"),
          Map.entry("dataType", "numeric(10,2)"),
          Map.entry("rowCountQuality", "exact"),
          Map.entry("quality", "exact"),
          Map.entry("severity", "high"),
          Map.entry("kind", "completeness"),
          Map.entry("detector", "relative_change"),
          Map.entry("strategy", "window"),
          Map.entry("outcome", "drift"),
          Map.entry("message", "null_percent of price rose from 1 % to 34 %."),
          Map.entry("schemaFingerprint", "0123456789abcdef"),
          Map.entry("fingerprint", "0123456789abcdef"),
          Map.entry("valuePolicy", "hashed"),
          Map.entry("semanticType", "money"),
          Map.entry("description", "One row per order placed."),
          Map.entry("grants", List.of("operator:shop/public")),
          Map.entry("tags", List.of("gold")),
          Map.entry("tables", List.of("public.customers")),
          Map.entry("exclude", List.of("public.tmp_*")),
          Map.entry("name", "ada"),
          Map.entry("displayName", "Ada"),
          Map.entry("email", "ada@example.com"),
          Map.entry("password", "a password of some length"),
          Map.entry("prefix", "pmk_k3n5q7wz"),
          Map.entry("key", "pmk_k3n5q7wz_…"),
          Map.entry("csrfToken", "shown once"),
          Map.entry("address", "192.0.2.7"),
          Map.entry("lastUsedAddress", "192.0.2.7"),
          Map.entry("userAgent", "curl/8.5"),
          Map.entry("text", "/api/v1/runs?limit=1"),
          Map.entry("cron", "0 2 * * *"),
          Map.entry("zone", "Europe/Berlin"),
          Map.entry("missed", "once"),
          Map.entry("decision", "full"),
          Map.entry("datasetPattern", "shop/*"),
          Map.entry("columnPattern", "*"),
          Map.entry("metrics", List.of("null_percent")),
          Map.entry("columnTypes", List.of("DECIMAL")),
          Map.entry("removed", List.of("strict")),
          Map.entry("runbookUrl", "https://wiki.example/orders"),
          Map.entry("table", "orders"),
          Map.entry("code", "NOT_FOUND"),
          Map.entry("migrationScript", "V1__create_runs.sql"),
          Map.entry("next", "Zm9yIGV4YW1wbGUgb25seQ"),
          Map.entry("prev", "Zm9yIGV4YW1wbGUgb25seQ"),
          Map.entry("errorCode", "SOURCE_TIMEOUT"),
          Map.entry("errorMessage", "The source took too long."),
          Map.entry("changeToken", "lsn:0/16B3748"),
          Map.entry("window", 14),
          Map.entry("runs", 14),
          Map.entry("days", 30),
          Map.entry("lowThreshold", 0.1),
          Map.entry("mediumThreshold", 0.2),
          Map.entry("highThreshold", 0.4),
          Map.entry("fraction", 0.5),
          Map.entry("acknowledge", true),
          Map.entry(
              "histogram", sorted(Map.of("bounds", List.of(0, 10, 20), "counts", List.of(3, 7)))),
          Map.entry("quantiles", sorted(Map.of("ranks", List.of(0.5), "values", List.of(9.9)))));

  private final Map<String, Schema> schemas;
  private final OpenAPI api;

  Examples(OpenAPI api) {
    this.api = api;
    this.schemas = Objects.requireNonNull(api.getComponents().getSchemas());
  }

  /** In one order: that of {@link Map#of} is another in every JVM. */
  private static Map<String, Object> sorted(Map<String, Object> example) {
    return new TreeMap<>(example);
  }

  void addAll() {
    api.getPaths().getPathItems().values().stream()
        .flatMap(item -> item.getOperations().values().stream())
        .forEach(this::add);
  }

  private void add(Operation operation) {
    if (operation.getRequestBody() != null) {
      addTo(operation.getRequestBody().getContent(), true);
    }
    operation
        .getResponses()
        .getAPIResponses()
        .forEach(
            (status, response) -> {
              if (status.startsWith("2")) {
                addTo(response.getContent(), false);
              }
            });
  }

  private void addTo(@Nullable Content content, boolean sent) {
    MediaType json = content == null ? null : content.getMediaType(JSON);
    if (json != null && json.getExample() == null && json.getExamples() == null) {
      json.setExample(of(json.getSchema(), "", sent, 0));
    }
  }

  /**
   * A value that a schema takes.
   *
   * @param name name of the property that has it
   * @param sent whether a caller sends it: then what may be left out is, unless it is a scalar
   */
  private @Nullable Object of(@Nullable Schema schema, String name, boolean sent, int depth) {
    if (schema == null || depth > DEEPEST) {
      return null;
    }
    if (schema.getRef() != null) {
      return of(schemas.get(schema.getRef().substring(COMPONENTS.length())), name, sent, depth);
    }
    if (schema.getAnyOf() != null) {
      return of(schema.getAnyOf().get(0), name, sent, depth);
    }
    SchemaType type =
        schema.getType() == null || schema.getType().isEmpty() ? null : schema.getType().get(0);
    if (schema.getEnumeration() != null) {
      return schema.getEnumeration().get(0);
    }
    Object known = VALUES.get(name);
    if (type == null) {
      return known == null ? Map.of() : known;
    }
    return switch (type) {
      case STRING -> text(schema, name, known);
      case INTEGER -> known instanceof Integer ? known : schema.getFormat() == null ? 1 : 12;
      case NUMBER -> known instanceof Number ? known : 34.0;
      case BOOLEAN -> known instanceof Boolean ? known : !sent;
      case ARRAY ->
          known instanceof List<?> && areTexts(schema.getItems())
              ? known
              : list(schema, name, sent, depth);
      case OBJECT -> known instanceof Map<?, ?> ? known : object(schema, sent, depth);
      case NULL -> null;
    };
  }

  private static boolean areTexts(@Nullable Schema items) {
    return items != null && items.getType() != null && items.getType().contains(SchemaType.STRING);
  }

  private static Object text(Schema schema, String name, @Nullable Object known) {
    if ("date-time".equals(schema.getFormat())) {
      return "2096-11-20T02:00:00Z";
    } else if ("uuid".equals(schema.getFormat())) {
      return "0b6c9a40-6f5e-4a7a-9a55-0f8f3c1f2d11";
    } else if (known instanceof String) {
      return known;
    }
    String likeParameter = ParameterForms.example(name);
    return likeParameter == null ? name : likeParameter;
  }

  private List<?> list(Schema schema, String name, boolean sent, int depth) {
    Object item = of(schema.getItems(), name, sent, depth + 1);
    return item == null || sent && depth > 1 ? List.of() : List.of(item);
  }

  private Map<String, @Nullable Object> object(Schema schema, boolean sent, int depth) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
    if (schema.getProperties() != null) {
      schema
          .getProperties()
          .forEach(
              (name, each) -> {
                if (!sent || required.contains(name) || VALUES.containsKey(name)) {
                  object.put(name, of(each, name, sent, depth + 1));
                }
              });
    }
    return object;
  }
}
