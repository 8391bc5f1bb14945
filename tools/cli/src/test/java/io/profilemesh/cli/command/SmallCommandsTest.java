package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmallCommandsTest {

  private final Terminal terminal = new Terminal();

  @Test
  void shouldListSubjectsWhenSchemasAreRegistered() {
    terminal.mesh.schemaIds = Map.of("profilemesh.drift-events-value", 7);

    Result result = terminal.type("schemas register --registry-url http://registry.example:8081");

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("profilemesh.drift-events-value  7");
    assertThat(terminal.mesh.registries)
        .containsExactly(URI.create("http://registry.example:8081"));
  }

  @Test
  void shouldFailWhenRegistryDiffers() {
    terminal.mesh.schemaProblems = List.of("Subject 'x' lacks the schema of Y.");

    Result result = terminal.type("schemas check");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("lacks the schema");
  }

  @Test
  void shouldSucceedWhenRegistryFits() {
    assertThat(terminal.type("schemas check").code()).isZero();
  }

  @Test
  void shouldPrintRecordsUpToLimitWhenTailing() {
    terminal.mesh.records = List.of("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");

    Result result = terminal.type("tail drift-events --from-beginning --limit 2");

    assertThat(terminal.mesh.tailed).containsExactly("profilemesh.drift-events from the beginning");
    assertThat(result.out().lines()).containsExactly("{\"a\":1}", "{\"a\":2}");
  }

  @Test
  void shouldListTopicsWhenTopicIsUnknown() {
    Result result = terminal.type("tail drift");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("drift-events").contains("run-verdicts");
  }

  @Test
  void shouldHonourTopicPrefixWhenTailing() {
    terminal.environment.put("PROFILEMESH_TOPIC_PREFIX", "prod.");

    terminal.type("tail run-events");

    assertThat(terminal.mesh.tailed).containsExactly("prod.run-events from now");
  }

  @Test
  void shouldPrintScriptThatKnowsEveryCommandWhenCompletion() {
    Result result = terminal.type("completion");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("profilemesh")
        .contains("--fail-on-drift")
        .contains("migrate");
  }

  @Test
  void shouldNameVersionAndJava() {
    Result result = terminal.type("--version");

    assertThat(result.code()).isZero();
    assertThat(result.out()).matches("(?s)profilemesh \\d+\\.\\d+\\.\\d+\\S*\\RJava .+\\R");
  }

  @Test
  void shouldSuggestWhenCommandIsMistyped() {
    Result result = terminal.type("profil public.orders");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("Did you mean").contains("profilemesh profile");
  }

  @Test
  void shouldPrintTraceOnlyWhenDebugging() {
    terminal.mesh.addresses = java.util.Optional.empty();

    assertThat(terminal.type("query runs").err()).doesNotContain("    at ");
    terminal.environment.put("PROFILEMESH_DEBUG", "1");
    assertThat(terminal.type("query runs").err()).contains("    at ");
  }

  @Test
  void shouldReportBugWithoutTraceWhenSomethingUnexpectedHappens() {
    terminal.mesh.answers.put(
        "/runs",
        parameters -> {
          throw new IllegalStateException("odd");
        });

    Result result = terminal.type("query runs");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("PROFILEMESH_DEBUG=1").doesNotContain("    at ");
  }
}
