package io.profilemesh.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever meets a variable in the compose file or a manifest finds it explained. */
class ConfigurationPageTest {

  private static final Pattern VARIABLE =
      Pattern.compile("\\b(?:PROFILEMESH|KAFKA_BOOTSTRAP|QUARKUS_HTTP)_[A-Z_]+\\b");

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
}
