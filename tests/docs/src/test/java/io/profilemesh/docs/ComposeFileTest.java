package io.profilemesh.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docker-compose.yml is valid, closed to the network, and speaks the services' language. */
class ComposeFileTest {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)}");

  static Stream<ComposeService> ours() {
    return ComposeService.all().filter(ComposeService::ours);
  }

  static Stream<ComposeService> everyService() {
    return ComposeService.all();
  }

  @Test
  void shouldFollowTheComposeSpecification() throws IOException {
    ObjectNode specification =
        (ObjectNode)
            Repository.JSON.readTree(
                ComposeFileTest.class.getResourceAsStream("/compose-spec/compose-spec.json"));
    // Its own id is not an absolute address, which the validator insists on.
    specification.remove("$id");

    Set<ValidationMessage> mistakes =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(specification)
            .validate(ComposeService.file());

    assertThat(mistakes).isEmpty();
  }

  @Test
  void shouldTakeEveryValueFromTheOneEnvironmentFile() {
    Set<String> defined =
        Repository.read(".env")
            .lines()
            .filter(line -> line.matches("[A-Z_]+=.+"))
            .map(line -> line.substring(0, line.indexOf('=')))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> used =
        VARIABLE
            .matcher(Repository.read("docker-compose.yml"))
            .results()
            .map((MatchResult found) -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(used).as("variables of docker-compose.yml against .env").isEqualTo(defined);
  }

  @ParameterizedTest
  @MethodSource("everyService")
  void shouldPublishPortsOnLoopbackOnly(ComposeService service) {
    assertThat(service.texts("ports")).allMatch(port -> port.startsWith("127.0.0.1:"));
  }

  @ParameterizedTest
  @MethodSource("everyService")
  void shouldLimitMemory(ComposeService service) {
    assertThat(service.definition().path("mem_limit").asText()).matches("\\d+[mg]");
  }

  @ParameterizedTest
  @MethodSource("everyService")
  void shouldMountOnlyFilesThatExist(ComposeService service) {
    assertThat(service.texts("volumes"))
        .filteredOn(mount -> mount.startsWith("./"))
        .map(mount -> Repository.path(mount.substring(2, mount.indexOf(':'))))
        .allMatch(Files::exists);
  }

  @ParameterizedTest
  @MethodSource("everyService")
  void shouldWaitOnlyForWhatCanComeTrue(ComposeService service) {
    Map<String, ComposeService> all =
        ComposeService.all().collect(Collectors.toMap(ComposeService::name, each -> each));
    service
        .definition()
        .path("depends_on")
        .properties()
        .forEach(
            dependency -> {
              ComposeService awaited = all.get(dependency.getKey());
              String condition = dependency.getValue().path("condition").asText();
              assertThat(awaited).as(service.name() + " -> " + dependency.getKey()).isNotNull();
              if (condition.equals("service_healthy")) {
                assertThat(awaited.definition().has("healthcheck")).isTrue();
              } else {
                assertThat(condition).isEqualTo("service_completed_successfully");
                assertThat(awaited.definition().has("command")).isTrue();
              }
            });
  }

  @ParameterizedTest
  @MethodSource("ours")
  void shouldRunOurContainersWithoutPrivileges(ComposeService service) {
    assertThat(service.definition().path("read_only").asBoolean()).isTrue();
    assertThat(service.texts("cap_drop")).containsExactly("ALL");
    assertThat(service.texts("security_opt")).contains("no-new-privileges:true");
  }

  @ParameterizedTest
  @MethodSource("ours")
  void shouldBuildTheImageFromItsDockerfile(ComposeService service) {
    ServiceImage image = ServiceImage.named(service.image());

    assertThat(service.definition().at("/build/dockerfile").asText()).isEqualTo(image.dockerfile());
    assertThat(Repository.path(image.dockerfile())).exists();
  }

  @ParameterizedTest
  @MethodSource("ours")
  void shouldPublishThePortThatTheImageExposes(ComposeService service) {
    List<Integer> published =
        service.texts("ports").stream()
            .map(port -> Integer.valueOf(port.substring(port.lastIndexOf(':') + 1)))
            .toList();

    assertThat(published).isEqualTo(ServiceImage.named(service.image()).port().stream().toList());
  }

  @ParameterizedTest
  @MethodSource("ours")
  void shouldSetOnlyVariablesThatTheProgramKnows(ComposeService service) {
    Set<String> set =
        StreamSupport.stream(
                ((Iterable<String>) service.environment()::fieldNames).spliterator(), false)
            .collect(Collectors.toSet());

    assertThat(set).isSubsetOf(ServiceSettings.of(ServiceImage.named(service.image())).variables());
  }

  @ParameterizedTest
  @MethodSource("ours")
  void shouldRunOnlyCommandsThatExist(ComposeService service) {
    List<String> command = service.texts("command");
    if (!command.isEmpty()) {
      CommandLineModel.commandLine().parseArgs(command.toArray(String[]::new));
    }
    assertThat(command.isEmpty()).isEqualTo(ServiceImage.named(service.image()).port().isPresent());
  }

  /** A service of the compose file, merge keys applied. */
  record ComposeService(String name, JsonNode definition) {

    static JsonNode file() {
      return Repository.yaml(Repository.read("docker-compose.yml")).get(0);
    }

    static Stream<ComposeService> all() {
      return file().path("services").properties().stream()
          .map(entry -> new ComposeService(entry.getKey(), entry.getValue()));
    }

    boolean ours() {
      return definition.has("build");
    }

    String image() {
      return definition.path("image").asText();
    }

    JsonNode environment() {
      return definition.path("environment");
    }

    List<String> texts(String field) {
      return StreamSupport.stream(definition.path(field).spliterator(), false)
          .map(JsonNode::asText)
          .toList();
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
