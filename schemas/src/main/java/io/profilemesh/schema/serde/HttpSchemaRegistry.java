package io.profilemesh.schema.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** A registry behind one or more HTTP addresses. */
final class HttpSchemaRegistry implements SchemaRegistryClient {

  private static final int SUBJECT_UNKNOWN = 40401;
  private static final int VERSION_UNKNOWN = 40402;
  private static final int SCHEMA_UNKNOWN = 40403;
  private static final int LEVEL_UNKNOWN = 40408;

  private final RegistryHttp http;
  private final UnknownIds unknownIds = new UnknownIds();
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<SubjectText, Integer> ids = new ConcurrentHashMap<>();

  HttpSchemaRegistry(RegistryConfig config) {
    this.http = new RegistryHttp(config);
  }

  @Override
  public int register(String subject, Schema schema) {
    SubjectText key = new SubjectText(subject, SchemaTexts.of(schema));
    Integer known = ids.get(key);
    if (known != null) {
      return known;
    }
    RegistryAnswer answer = http.post(path("subjects", subject, "versions"), body(key.text()));
    int id = answer.requireOk().requireInt("id");
    ids.put(key, id);
    return id;
  }

  @Override
  public OptionalInt idOf(String subject, Schema schema) {
    SubjectText key = new SubjectText(subject, SchemaTexts.of(schema));
    Integer known = ids.get(key);
    if (known != null) {
      return OptionalInt.of(known);
    }
    RegistryAnswer answer = http.post(path("subjects", subject), body(key.text()));
    if (answer.isError(SUBJECT_UNKNOWN, VERSION_UNKNOWN, SCHEMA_UNKNOWN)) {
      return OptionalInt.empty();
    }
    int id = answer.requireOk().requireInt("id");
    ids.put(key, id);
    // Our own records of that id can be read without asking again.
    schemas.putIfAbsent(id, schema);
    return OptionalInt.of(id);
  }

  @Override
  public Optional<Schema> schemaOf(int id) {
    Schema known = schemas.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    if (id <= 0 || unknownIds.heardRecently(id)) {
      return Optional.empty();
    }
    RegistryAnswer answer = http.get("/schemas/ids/" + id);
    if (answer.isError(SUBJECT_UNKNOWN, VERSION_UNKNOWN, SCHEMA_UNKNOWN)) {
      unknownIds.heard(id);
      return Optional.empty();
    }
    Schema schema = schema(answer.requireOk());
    schemas.put(id, schema);
    return Optional.of(schema);
  }

  @Override
  public Optional<RegisteredSchema> latest(String subject) {
    RegistryAnswer answer = http.get(path("subjects", subject, "versions", "latest"));
    if (answer.isError(SUBJECT_UNKNOWN, VERSION_UNKNOWN)) {
      return Optional.empty();
    }
    answer.requireOk();
    return Optional.of(
        new RegisteredSchema(
            subject, answer.requireInt("version"), answer.requireInt("id"), schema(answer)));
  }

  @Override
  public List<String> incompatibilities(String subject, Schema schema) {
    RegistryAnswer answer =
        http.post(
            path("compatibility", "subjects", subject, "versions") + "?verbose=true",
            body(SchemaTexts.of(schema)));
    if (answer.isError(SUBJECT_UNKNOWN, VERSION_UNKNOWN)) {
      return List.of();
    }
    JsonNode json = answer.requireOk().json();
    if (json.path("is_compatible").asBoolean(false)) {
      return List.of();
    }
    List<String> messages = new ArrayList<>();
    json.path("messages").forEach(message -> messages.add(RegistryAnswer.tidy(message.asText())));
    return messages.isEmpty() ? ownWords(subject, schema) : messages;
  }

  /** For registries that only say no: what we see against the newest version. */
  private List<String> ownWords(String subject, Schema schema) {
    List<String> reasons =
        latest(subject)
            .map(RegisteredSchema::schema)
            .map(newest -> CompatibilityRules.against(Compatibility.FULL, schema, List.of(newest)))
            .orElse(List.of());
    return reasons.isEmpty()
        ? List.of("the registry calls it incompatible")
        : reasons.stream().map(RegistryAnswer::tidy).toList();
  }

  @Override
  public Optional<Compatibility> compatibility(String subject) {
    RegistryAnswer answer = http.get(path("config", subject));
    if (answer.isError(SUBJECT_UNKNOWN, LEVEL_UNKNOWN)) {
      return Optional.empty();
    }
    String level = answer.requireOk().json().path("compatibilityLevel").asText();
    return Arrays.stream(Compatibility.values())
        .filter(one -> one.name().equals(level.toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  @Override
  public void setCompatibility(String subject, Compatibility level) {
    ObjectNode body = SchemaTexts.JSON.createObjectNode().put("compatibility", level.name());
    http.put(path("config", subject), body.toString()).requireOk();
  }

  @Override
  public List<String> subjects() {
    List<String> subjects = new ArrayList<>();
    http.get("/subjects").requireOk().json().forEach(subject -> subjects.add(subject.asText()));
    return subjects.stream().sorted().toList();
  }

  @Override
  public String toString() {
    return "registry at " + http;
  }

  private Schema schema(RegistryAnswer answer) {
    String type = answer.json().path("schemaType").asText("AVRO");
    return Optional.of(answer.json().path("schema").asText())
        .filter(text -> type.equals("AVRO"))
        .flatMap(SchemaTexts::parse)
        .orElse(UnusableSchema.SCHEMA);
  }

  private static String body(String schema) {
    return SchemaTexts.JSON.createObjectNode().put("schema", schema).toString();
  }

  private static String path(String... segments) {
    StringBuilder path = new StringBuilder();
    for (String segment : segments) {
      path.append('/')
          .append(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"));
    }
    return path.toString();
  }

  private record SubjectText(String subject, String text) {}
}
