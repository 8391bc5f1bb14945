package io.profilemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that takes long, as a person at a terminal sees it: progress, leaving, cancelling. */
class LongRunE2E {

  private static final Pattern CANCEL = Pattern.compile("profilemesh cancel ([0-9a-f-]{36})");

  @TempDir static Path directory;
  private static TestMesh mesh;

  @BeforeAll
  static void startMesh() {
    mesh = new TestMesh("longrun", directory, Map.of());
    mesh.source(
        "CREATE VIEW public.endless AS SELECT i, pg_sleep(0.01)::text || repeat('x', 2000) AS s"
            + " FROM generate_series(1, 60000) i");
  }

  @AfterAll
  static void stopMesh() {
    mesh.close();
  }

  @Test
  void shouldShowProgressGoOnWithoutThePersonAndEndWhenCancelled() throws IOException {
    String run;
    // given: a person watches
    try (CliProcess watching = CliProcess.onTerminal(mesh, "profile", "public.endless", "--wait")) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(watching.err()).containsPattern("endless  [0-9,]+ rows  [0-9,]+/s"));

      // when: the person leaves
      watching.interrupt();
      watching.awaitExit();

      // then
      assertThat(watching.out()).isEmpty();
      assertThat(watching.err()).contains("The run goes on.");
      Matcher cancel = CANCEL.matcher(watching.err());
      assertThat(cancel.find()).isTrue();
      run = cancel.group(1);
    }
    JsonNode status = run(run);
    assertThat(status.path("status").asText()).isEqualTo("running");
    assertThat(status.at("/progress/rowsPerSecond").asLong()).isBetween(20L, 200L);

    // and
    try (CliProcess cancelling =
        CliProcess.start(mesh, "cancel", run, "--reason", "seen enough", "--format", "json")) {
      assertThat(cancelling.awaitExit()).as(cancelling.err()).isZero();
      assertThat(new ObjectMapper().readTree(cancelling.out()).at("/items/0/status").asText())
          .isEqualTo("cancelled");
    }
    assertThat(run(run).path("errorMessage").asText()).endsWith(": seen enough.");
    assertThat(run(run).path("errorCode").asText()).isEqualTo("CANCELLED");
    assertThat(mesh.log().read(mesh.topics().tableProfiles().name())).isEmpty();
    try (CliProcess again = CliProcess.start(mesh, "cancel", run)) {
      assertThat(again.awaitExit()).as(again.err()).isZero();
    }
  }

  private static JsonNode run(String run) throws IOException {
    return new ObjectMapper().readTree(mesh.get("/api/v1/runs/" + run).body()).get("run");
  }
}
