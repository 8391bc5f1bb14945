package io.profilemesh.query.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The OpenAPI document of the service, as a client reads it. Safe for use by many threads. */
public final class ApiDocument {

  static final ObjectMapper JSON = new ObjectMapper();
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private final JsonNode root;
  private final JsonNode strictComponents;
  private final Map<JsonNode, JsonSchema> compiled = new ConcurrentHashMap<>();
  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  public ApiDocument(JsonNode root) {
    this.root = root;
    ObjectNode components = root.path("components").deepCopy();
    components
        .path("schemas")
        .forEach(
            schema -> {
              // An answer has nothing that is not described.
              if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
              }
            });
    this.strictComponents = components;
  }

  /** One method of one path. */
  public record Operation(String id, String method, String path, JsonNode node) {

    boolean takesBody() {
      return node.has("requestBody");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** A parameter: {@code in} is path, query or header. */
  public record Input(String name, String in, boolean required, JsonNode schema) {}

  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        method -> {
                          if (method.getValue().has("responses")) {
                            operations.add(
                                new Operation(
                                    method.getValue().path("operationId").asText(),
                                    method.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey(),
                                    method.getValue()));
                          }
                        }));
    return operations;
  }

  static List<Input> inputs(Operation operation) {
    List<Input> inputs = new ArrayList<>();
    operation
        .node()
        .path("parameters")
        .forEach(
            parameter ->
                inputs.add(
                    new Input(
                        parameter.path("name").asText(),
                        parameter.path("in").asText(),
                        parameter.path("required").asBoolean(false),
                        parameter.path("schema"))));
    return inputs;
  }

  JsonNode root() {
    return root;
  }

  static JsonNode bodySchema(Operation operation) {
    return operation.node().at("/requestBody/content/application~1json/schema");
  }

  static JsonNode bodyExample(Operation operation) {
    return operation.node().at("/requestBody/content/application~1json/example");
  }

  /** Every answer of an operation by its status. */
  Map<String, JsonNode> responses(Operation operation) {
    Map<String, JsonNode> responses = new TreeMap<>();
    operation
        .node()
        .path("responses")
        .fields()
        .forEachRemaining(each -> responses.put(each.getKey(), resolved(each.getValue())));
    return responses;
  }

  Optional<JsonNode> response(Operation operation, int status) {
    return Optional.ofNullable(responses(operation).get(Integer.toString(status)));
  }

  JsonNode resolved(JsonNode node) {
    String ref = node.path("$ref").asText("");
    return ref.isEmpty() ? node : root.at(ref.substring(1));
  }

  /** What is wrong with a value by a schema of the document; empty: nothing. */
  List<String> faults(JsonNode schema, @Nullable JsonNode value) {
    if (value == null) {
      return List.of("nothing where something is described");
    }
    return compiled.computeIfAbsent(schema, this::compile).validate(value).stream()
        .map(Object::toString)
        .toList();
  }

  private JsonSchema compile(JsonNode schema) {
    ObjectNode whole = schema.deepCopy();
    whole.put("$schema", DIALECT);
    whole.set("components", strictComponents);
    return factory.getSchema(
        whole, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
  }
}
