package io.profilemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.profilemesh.e2e.MeshLog.Entry;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.stack.local.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a bad batch in a captured table to its drift event, with no one asking. */
class ChangeCaptureE2E {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path directory;
  private static TestMesh mesh;

  @BeforeAll
  static void startMesh() {
    mesh =
        new TestMesh(
            "capture",
            directory,
            Map.of(),
            "capture: { heartbeat: 1s }",
            """
              - source: shop
                include: ["public.*"]
                capture: { quiet: 1s, min-interval: 100ms, share: off }
            """);
    for (String table : List.of("calm", "killed")) {
      mesh.source(
          "CREATE TABLE public.%s (id bigint PRIMARY KEY, email text)".formatted(table),
          "INSERT INTO public.%s SELECT i, 'c' || i || '@example.org' FROM generate_series(1, 1000) i"
              .formatted(table));
    }
  }

  @AfterAll
  static void stopMesh() {
    mesh.services().stop(Service.PROFILER);
    mesh.dropSlots();
    mesh.close();
  }

  @Test
  void shouldTellOfDriftWhenABadBatchIsInserted() {
    // given
    profileOnce("calm");
    awaitSweep("calm");
    assertThat(
            new Typist(mesh)
                .type("doctor --format csv --config " + directory.resolve("profilemesh.yaml"))
                .out())
        .containsPattern("shop: changes,ok,\"?slot profilemesh_shop_\\w+ is read");

    // when
    mesh.source("INSERT INTO public.calm SELECT i, NULL FROM generate_series(1001, 1500) i");

    // then
    Entry event = awaitDrift("calm");
    assertThat(runEvents("calm"))
        .anySatisfy(
            run -> {
              assertThat(run.text("runId")).isEqualTo(event.text("runId"));
              assertThat(run.text("trigger")).isEqualTo("CHANGE_CAPTURE");
              assertThat(run.text("reason")).startsWith("500 rows inserted");
            });
  }

  @Test
  void shouldTellOfDriftOnceWhenTheProfilerIsKilledBetweenCommitAndRequest() {
    // given
    profileOnce("killed");
    awaitSweep("killed");

    // when: the quiet period has only begun
    mesh.source("UPDATE public.killed SET email = NULL WHERE id % 2 = 0");
    mesh.services().kill(Service.PROFILER);
    mesh.services().start(Service.PROFILER);

    // then
    awaitDrift("killed");
    List<Entry> asked =
        runEvents("killed").stream()
            .filter(event -> "CHANGE_CAPTURE".equals(event.text("trigger")))
            .toList();
    assertThat(asked)
        .extracting(event -> event.text("runId"))
        .containsOnly(asked.get(0).text("runId"));
  }

  /** One good run, and capture at work: it has nothing to say before that. */
  private static void profileOnce(String table) {
    mesh.produce(
        mesh.topics().profileRequests().name(),
        table,
        ProfileRequest.newBuilder()
            .setRequestId("good-" + table)
            .setSource("shop")
            .setTable("public." + table)
            .build());
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                runEvents(table).stream()
                    .anyMatch(event -> "COMPLETED".equals(event.text("type"))));
    await()
        .atMost(PATIENCE)
        .until(() -> mesh.health(Service.PROFILER).contains("\"capture.shop\": \"following\""));
  }

  /**
   * A table that is new to capture is swept once; a change before that would be told by the sweep.
   */
  private static void awaitSweep(String table) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                runEvents(table).stream()
                    .filter(event -> "SWEEP".equals(event.text("trigger")))
                    .anyMatch(
                        event -> List.of("COMPLETED", "SKIPPED").contains(event.text("type"))));
  }

  private static Entry awaitDrift(String table) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                mesh.log().read(mesh.topics().driftEvents().name()).stream()
                    .filter(event -> event.key().endsWith("/" + table))
                    .filter(event -> "null_percent".equals(event.text("metric")))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static List<Entry> runEvents(String table) {
    return mesh.log().read(mesh.topics().runEvents().name()).stream()
        .filter(event -> event.key().endsWith("/" + table))
        .toList();
  }
}
