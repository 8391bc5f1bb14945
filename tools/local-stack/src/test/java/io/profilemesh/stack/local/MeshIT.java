package io.profilemesh.stack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.schema.serde.SchemaRegistration;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import io.profilemesh.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshIT {

  @TempDir private static Path parent;
  private static LocalStack stack;

  @BeforeAll
  static void startStack() throws IOException {
    Installation real = Installation.ofSystemProperty();
    Installation installation = FakeService.install(parent.resolve("home"), real);
    stack =
        LocalStack.start(LocalStackOptions.in(parent.resolve("data"), installation).notDurable());
  }

  @AfterAll
  static void stopStack() {
    stack.close();
    assertThat(stack.data().mark().findAll()).isEmpty();
  }

  @Test
  void shouldPrepareThenStartServicesWithTheirAddresses() throws Exception {
    // given
    List<String> prepared = new ArrayList<>();

    // when
    try (Mesh mesh =
        Mesh.on(stack)
            .environment("PROFILEMESH_ENVIRONMENT", "test")
            .environment(Service.DRIFT, "EXTRA", "only drift")
            .prepare("migrations", m -> prepared.add(m.metadata().jdbcUrl()))
            .start()) {

      // then
      assertThat(prepared).containsExactly(mesh.metadata().jdbcUrl());
      assertThat(environment(mesh, Service.PROFILER, "KAFKA_BOOTSTRAP_SERVERS"))
          .isEqualTo(stack.bootstrapServers());
      assertThat(environment(mesh, Service.PROFILER, "PROFILEMESH_INSTANCE_ID"))
          .isEqualTo("profiler");
      assertThat(Path.of(environment(mesh, Service.PROFILER, "PROFILEMESH_HASH_KEY_FILE")))
          .isNotEmptyFile();
      assertThat(environment(mesh, Service.DRIFT, "EXTRA")).isEqualTo("only drift");
      assertThat(environment(mesh, Service.QUERY, "EXTRA")).isEqualTo("null");
      assertThat(environment(mesh, Service.QUERY, "PROFILEMESH_METADATA_JDBC_URL"))
          .isEqualTo(mesh.metadata().jdbcUrl());
      assertThat(environment(mesh, Service.QUERY, "PROFILEMESH_ENVIRONMENT")).isEqualTo("test");
      assertThat(SchemaRegistration.check(registry(), mesh.topics().all())).isEmpty();
      assertThat(status().isRunning(Service.QUERY)).isTrue();
      assertThat(status().url(Service.QUERY)).contains(mesh.url(Service.QUERY));
    }
    assertThat(status().isRunning(Service.QUERY)).isFalse();
    assertThat(status().isRunning()).isTrue();
  }

  @Test
  void shouldStartOnFormerPortWhenKilledServiceIsStartedAgain() throws Exception {
    // given
    try (Mesh mesh =
        Mesh.on(stack).named("crash").only(Service.DRIFT).instances(Service.DRIFT, 2).start()) {
      long formerPid = mesh.pid(Service.DRIFT).orElseThrow();
      URI formerUrl = mesh.url(Service.DRIFT);
      String stateDirectory = environment(mesh, Service.DRIFT, "PROFILEMESH_STATE_DIR");

      // when
      mesh.kill(Service.DRIFT);

      // then
      assertThat(mesh.pid(Service.DRIFT)).isEmpty();
      assertThat(ProcessHandle.of(formerPid)).isEmpty();

      // when
      mesh.start(Service.DRIFT);

      // then
      assertThat(mesh.pid(Service.DRIFT)).isPresent().isNotEqualTo(formerPid);
      assertThat(mesh.url(Service.DRIFT)).isEqualTo(formerUrl);
      assertThat(environment(mesh, Service.DRIFT, "PROFILEMESH_STATE_DIR"))
          .isEqualTo(stateDirectory)
          .contains("crash-drift");
      assertThat(mesh.url(Service.DRIFT, 2)).isNotEqualTo(formerUrl);
    }
  }

  @Test
  void shouldShowWhatServiceSaidAndStopTheOthersWhenItRefusesToStart() {
    // given
    MeshOptions options =
        Mesh.on(stack).named("broken").environment(Service.QUERY, "FAKE_REFUSES", "yes");

    // when, then
    assertThatThrownBy(options::start)
        .isInstanceOf(StackException.class)
        .hasMessageContaining("query-service ended right after its start")
        .hasMessageContaining("profilemesh.config names no file");
    assertThat(status().processes()).containsOnlyKeys("postgres", "registry", "broker");
  }

  @Test
  void shouldKeepPasswordOutOfCommandLines() {
    // given
    String password = stack.postgres().password();

    // when, then
    assertThat(stack.data().mark().findAll())
        .isNotEmpty()
        .allSatisfy(
            process ->
                assertThat(process.info().commandLine().orElse("")).doesNotContain(password));
    assertThat(stack.postgres().toString()).doesNotContain(password);
  }

  private static StackStatus status() {
    return StackStatus.of(stack.data());
  }

  private static SchemaRegistryClient registry() {
    return SchemaRegistryClient.of(
        Map.of("schema.registry.url", stack.schemaRegistryUrl().toString()));
  }

  private static String environment(Mesh mesh, Service service, String variable)
      throws IOException, InterruptedException {
    URI address = URI.create(mesh.url(service) + "/environment/" + variable);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
