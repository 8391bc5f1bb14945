package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.check.Finding;
import io.profilemesh.cli.command.Terminal.Result;
import io.profilemesh.cli.mesh.LocalMesh.Part;
import io.profilemesh.cli.mesh.LocalMesh.State;
import io.profilemesh.cli.rest.RestProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

  private final Terminal terminal = new Terminal();

  @BeforeEach
  void answerAsAMeshThatIsWell() {
    terminal.mesh.parts = List.of(new Part("drift-service", State.READY, "here", 7L, "drift.log"));
    terminal.mesh.answer("/me", "{\"kind\":\"key\",\"name\":\"ada\",\"grants\":[\"admin\"]}");
    terminal.mesh.answer("/schema-version", "{\"version\":15,\"history\":[]}");
  }

  @Test
  void shouldNameEveryPartWhenAllIsWell() {
    Result result = terminal.type("doctor --format json");

    assertThat(result.code()).as(result.out()).isZero();
    assertThat(Fakes.json(result.out()).path("items"))
        .extracting(item -> item.path("subject").asText())
        .contains(
            "drift-service",
            "query service",
            "key",
            "versions",
            "broker",
            "registry",
            "tables",
            "changes of the shop");
    assertThat(result.out()).contains("ada may admin").doesNotContain("s3cret");
  }

  @Test
  void shouldGoOnAndGiveARemedyForEachProblem() {
    terminal.mesh.parts = List.of(new Part("drift-service", State.STARTING, null, 7L, "drift.log"));
    terminal.mesh.health =
        "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"sinks\",\"status\":\"DOWN\",\"data\":{\"run-events\":\"no"
            + " broker\"}}]}";
    terminal.mesh.answers.put(
        "/me",
        parameters -> {
          throw new RestProblem(401, "Show a key.");
        });
    terminal.mesh.schemaProblems = List.of("Subject 'x' lacks the schema of Y.");
    terminal.mesh.brokerFindings = List.of(Finding.problem("topics", "one is missing", "Make it."));

    Result result = terminal.type("doctor --format json");

    assertThat(result.code()).isEqualTo(1);
    JsonNode items = Fakes.json(result.out()).path("items");
    assertThat(items)
        .filteredOn(item -> item.path("state").asText().equals("problem"))
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(item -> assertThat(item.path("remedy").asText()).isNotEmpty());
    assertThat(result.out())
        .contains("drift.log")
        .contains("schemas register")
        .contains("Make it.");
  }

  @Test
  void shouldPassOverWhatNobodyNamed() {
    terminal.mesh.addresses = Optional.empty();

    Result nothing = terminal.type("doctor");
    Result remote = terminal.type("doctor --url http://mesh.example:8090");

    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err()).contains("nothing to look at").contains("--url");
    assertThat(remote.code()).as(remote.err()).isZero();
    assertThat(remote.out()).contains("skipped").contains("mesh.example");
    assertThat(terminal.type("doctor --url nonsense").code()).isEqualTo(2);
  }

  @Test
  void shouldTestTheSourcesOfAFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("profilemesh.yaml");
    Files.writeString(
        file,
        """
        sources:
          shop: { type: sqlite, path: %1$s/shop.db }
          old: { type: sqlite, path: %1$s/old.db, enabled: false }
        """
            .formatted(directory));
    terminal.mesh.sourceFindings =
        name ->
            name.equals("shop")
                ? Finding.problem("shop: rights", "no SELECT", "GRANT SELECT")
                : Finding.ok(name, "answers");

    Result all = terminal.type("source test --config " + file);
    Result old = terminal.type("source test old --format csv -c " + file);

    assertThat(all.code()).isEqualTo(1);
    assertThat(all.out()).contains("GRANT SELECT").doesNotContain("old");
    assertThat(old.code()).as(old.err()).isZero();
    assertThat(old.out()).contains("old,ok,answers");
    assertThat(terminal.type("source test nowhere -c " + file).err()).contains("old, shop");
    assertThat(terminal.type("source test").code()).isEqualTo(2);
    assertThat(terminal.type("doctor --format csv -c " + file).out()).contains("shop: rights");
  }
}
