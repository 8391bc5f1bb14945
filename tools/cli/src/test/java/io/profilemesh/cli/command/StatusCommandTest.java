package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.profilemesh.cli.command.Terminal.Result;
import io.profilemesh.cli.mesh.LocalMesh.Part;
import io.profilemesh.cli.mesh.LocalMesh.State;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StatusCommandTest {

  private final Terminal terminal = new Terminal();

  @Test
  void shouldGiveEveryAddressWhenJson() {
    terminal.mesh.parts = List.of(part("Kafka broker", State.READY));

    Result result = terminal.type("status --format json");

    assertThat(result.code()).isZero();
    var json = Fakes.json(result.out());
    assertThat(json.path("ready").asBoolean()).isTrue();
    assertThat(json.path("bootstrapServers").asText()).isEqualTo("127.0.0.1:9092");
    assertThat(json.path("schemaRegistryUrl").asText()).contains("8081");
    assertThat(json.path("metadataJdbcUrl").asText()).startsWith("jdbc:postgresql:");
    assertThat(json.path("shopJdbcUrl").asText()).endsWith("/shop");
    assertThat(json.path("restUrl").asText()).isEqualTo("http://127.0.0.1:8090");
    assertThat(json.path("dashboardUrl").asText()).isEqualTo("http://127.0.0.1:8090/");
    assertThat(json.path("parts").get(0).path("state").asText()).isEqualTo("ready");
    assertThat(result.out()).doesNotContain("s3cret");
  }

  @Test
  void shouldShowChangesUntilInterruptedWhenWatching() throws Exception {
    terminal.mesh.parts = List.of(part("drift-service", State.STARTING));
    AtomicReference<Result> result = new AtomicReference<>();
    Thread watching = new Thread(() -> result.set(terminal.type("status --watch")));

    watching.start();
    await().until(() -> terminal.mesh.looks.get() > 1);
    terminal.mesh.parts = List.of(part("drift-service", State.READY));
    await().until(() -> terminal.mesh.looks.get() > 3);
    watching.interrupt();
    watching.join();

    assertThat(result.get().out()).containsSubsequence("starting", "ready");
    assertThat(result.get().err()).contains("interrupted");
    assertThat(terminal.type("status --watch --output here").code()).isEqualTo(2);
  }

  @Test
  void shouldFailWhenPartIsNotReady() {
    terminal.mesh.parts =
        List.of(part("Kafka broker", State.READY), part("drift-service", State.STARTING));

    Result result = terminal.type("status");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("drift-service").contains("starting");
    assertThat(result.err()).contains("logs");
  }

  @Test
  void shouldSayHowToStartWhenNothingRuns() {
    terminal.mesh.addresses = Optional.empty();
    terminal.mesh.parts = List.of(new Part("Kafka broker", State.STOPPED, null, null, null));

    Result result = terminal.type("status");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("profilemesh up");
  }

  @Test
  void shouldStopWhatRunsWhenDown() {
    terminal.mesh.parts = List.of(part("Kafka broker", State.READY));

    Result result = terminal.type("down --data-dir /data/mesh");

    assertThat(result.code()).isZero();
    assertThat(terminal.mesh.stopped).isTrue();
    assertThat(result.err()).contains("/data/mesh");
  }

  @Test
  void shouldSaySoWhenDownFindsNothing() {
    Result result = terminal.type("down");

    assertThat(result.code()).isZero();
    assertThat(result.err()).contains("No local mesh runs in /opt/profilemesh/.profilemesh");
  }

  @Test
  void shouldPrintAddressesWhenUpAlready() {
    Result result = terminal.type("up");

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("http://127.0.0.1:8090/api/v1");
    assertThat(result.err()).contains("up already");
  }

  @Test
  void shouldRefuseDemoWhenMeshRunsThere() {
    terminal.mesh.parts = List.of(part("Kafka broker", State.READY));

    Result result = terminal.type("demo --exit --data-dir /data/mesh");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("runs already in /data/mesh")
        .contains("down --data-dir /data/mesh");
  }

  private static Part part(String name, State state) {
    return new Part(name, state, "127.0.0.1:1", 42L, "/log");
  }
}
