package io.profilemesh.query.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.profilemesh.query.description.ApiDocument.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The description of the service as it is committed is complete. */
class ApiDocumentTest {

  private static final Path SNAPSHOT = Path.of("src", "main", "openapi", "openapi.yaml");
  private static final Set<String> ALWAYS = Set.of("400", "401", "406", "421", "429", "503");
  private static final ApiDocument DOCUMENT = read();

  @Test
  void shouldSayWhatEveryOperationIsFor() {
    List<String> missing = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Operation operation : DOCUMENT.operations()) {
      for (String field : List.of("operationId", "summary", "tags")) {
        if (operation.node().path(field).isMissingNode()) {
          missing.add(operation + ": " + field);
        }
      }
      if (!ids.add(operation.id())) {
        missing.add(operation + ": an operationId of its own");
      }
    }
    assertThat(DOCUMENT.operations()).hasSizeGreaterThan(40);
    assertThat(missing).isEmpty();
  }

  @Test
  void shouldSayOfEveryParameterWhatItTakesWithAnExampleThatItTakes() {
    List<String> missing = new ArrayList<>();
    for (Operation operation : DOCUMENT.operations()) {
      for (JsonNode parameter : operation.node().path("parameters")) {
        String name = operation + ": " + parameter.path("name").asText() + ": ";
        if (parameter.path("description").asText().isEmpty()) {
          missing.add(name + "description");
        }
        if (parameter.path("schema").path("type").isMissingNode()) {
          missing.add(name + "type");
        }
        if (parameter.path("example").isMissingNode()) {
          missing.add(name + "example");
        } else {
          DOCUMENT
              .faults(parameter.path("schema"), parameter.path("example"))
              .forEach(fault -> missing.add(name + fault));
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void shouldShowAnExampleOfEveryBodyThatFitsItsSchema() {
    List<String> missing = new ArrayList<>();
    for (Operation operation : DOCUMENT.operations()) {
      if (operation.takesBody()) {
        missing.addAll(bodyFaults(operation + " takes", operation.node().path("requestBody")));
      }
      DOCUMENT
          .responses(operation)
          .forEach(
              (status, response) ->
                  missing.addAll(bodyFaults(operation + " answers " + status, response)));
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void shouldNameTheErrorsOfEveryOperation() {
    List<String> missing = new ArrayList<>();
    for (Operation operation : DOCUMENT.operations()) {
      Map<String, JsonNode> responses = DOCUMENT.responses(operation);
      Set<String> needed = new HashSet<>(ALWAYS);
      if (!operation.id().equals("signIn")) {
        needed.add("403");
      }
      if (operation.path().contains("{")) {
        needed.add("404");
      }
      if (operation.takesBody()) {
        needed.addAll(Set.of("413", "415"));
      }
      for (String status : needed) {
        JsonNode response = responses.get(status);
        if (response == null
            || response.at("/content/application~1problem+json/examples").isEmpty()) {
          missing.add(operation + " " + status);
        }
      }
      if (responses.keySet().stream().noneMatch(status -> status.startsWith("2"))) {
        missing.add(operation + " succeeds never");
      }
      responses.forEach(
          (status, response) -> {
            if (response.path("description").asText().isEmpty()) {
              missing.add(operation + " " + status + ": description");
            }
          });
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void shouldSayHowOneProvesWhoOneIs() {
    JsonNode schemes = DOCUMENT.root().at("/components/securitySchemes");
    List<String> names = new ArrayList<>();
    DOCUMENT
        .root()
        .path("security")
        .forEach(each -> each.fieldNames().forEachRemaining(names::add));
    assertThat(names).containsExactlyInAnyOrder("apiKey", "bearer", "session");
    assertThat(names).allSatisfy(name -> assertThat(schemes.has(name)).isTrue());
    assertThat(DOCUMENT.operations())
        .filteredOn(operation -> operation.node().has("security"))
        .extracting(Operation::id)
        .containsExactly("signIn");
  }

  @Test
  void shouldSayOfEveryPropertyOfAnAnswerWhetherItIsThere() {
    List<String> unsaid = new ArrayList<>();
    DOCUMENT
        .root()
        .at("/components/schemas")
        .fields()
        .forEachRemaining(
            each -> {
              JsonNode schema = each.getValue();
              boolean sent = schema.has("additionalProperties");
              if (schema.has("properties") && !sent && schema.path("required").isEmpty()) {
                unsaid.add(each.getKey());
              }
            });
    assertThat(unsaid).isEmpty();
  }

  private static List<String> bodyFaults(String where, JsonNode holder) {
    List<String> faults = new ArrayList<>();
    holder
        .path("content")
        .fields()
        .forEachRemaining(
            type -> {
              JsonNode media = type.getValue();
              if (!type.getKey().endsWith("json")) {
                return;
              }
              List<JsonNode> examples = new ArrayList<>();
              media.path("examples").forEach(one -> examples.add(one.path("value")));
              if (media.has("example")) {
                examples.add(media.path("example"));
              }
              if (examples.isEmpty() || media.path("schema").isEmpty()) {
                faults.add(where + ": an example of " + type.getKey());
              }
              examples.forEach(
                  example ->
                      DOCUMENT
                          .faults(media.path("schema"), example)
                          .forEach(fault -> faults.add(where + ": " + fault)));
            });
    return faults;
  }

  private static ApiDocument read() {
    try {
      return new ApiDocument(new ObjectMapper(new YAMLFactory()).readTree(SNAPSHOT.toFile()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
