package io.profilemesh.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever meets a variable in the compose file or a manifest finds it explained. */
class ConfigurationPageTest {

  private static final Pattern VARIABLE =
      Pattern.compile("\\b(?:PROFILEMESH|KAFKA_BOOTSTRAP|QUARKUS_HTTP)_[A-Z_]+\\b");

  private static final Pattern CODE = Pattern.compile("`([A-Za-z][\\w.-]+)`");

  private static final List<String> USES =
      List.of(
          "k8s/base/profiler.yaml",
          "k8s/base/drift.yaml",
          "k8s/base/query.yaml",
          "k8s/base/jobs.yaml",
          "k8s/base/config/mesh.env",
          "docker-compose.yml");

  @Test
  void shouldExplainEveryVariableInUse() {
    Set<String> used = new TreeSet<>();
    for (String file : USES) {
      VARIABLE.matcher(Repository.read(file)).results().map(MatchResult::group).forEach(used::add);
    }

    assertThat(used).isNotEmpty();
    assertThat(Repository.read("docs/configuration.md"))
        .contains(used.stream().map(name -> "`" + name + "`").toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"profiler-service", "drift-service", "query-service"})
  void shouldExplainEverySettingOfService(String module) {
    String pages =
        Repository.read("docs/configuration.md") + Repository.read(module + "/README.md");
    Set<String> explained = new TreeSet<>();
    CODE.matcher(pages)
        .results()
        .flatMap(found -> Arrays.stream(found.group(1).split(",")))
        .map(name -> ServiceSettings.variable(name.strip()))
        .forEach(explained::add);

    Set<String> settings = ServiceSettings.of(module).declared();
    // Planted faults are for tests of the whole system only.
    settings.removeIf(name -> name.startsWith("PROFILEMESH_CHAOS_"));

    assertThat(settings).isNotEmpty();
    assertThat(settings).as("settings that neither page explains").isSubsetOf(explained);
  }
}
