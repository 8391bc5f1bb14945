package io.profilemesh.profiler;

import static io.profilemesh.profiler.MeshTopics.requestFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stack;
import io.profilemesh.stack.Stacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilerCrashIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int TABLES = 5;
  private static final int REQUESTS = 10;

  @TempDir static Path directory;

  private static Stack stack;
  private static PostgresEndpoint shop;
  private static Path config;

  private final List<ServiceProcess> services = new ArrayList<>();
  private String prefix;
  private MeshTopics mesh;

  @BeforeAll
  static void prepare() throws Exception {
    stack = Stacks.shared();
    shop = stack.createDatabase("crash_it_" + System.nanoTime());
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < TABLES; i++) {
        statement.execute(
            "CREATE TABLE t" + i + " AS SELECT n, n::text AS s FROM generate_series(1, 200) n");
      }
      statement.execute(
          "CREATE VIEW slow AS SELECT i FROM generate_series(1, 12) i,"
              + " LATERAL (SELECT pg_sleep(0.25 + 0 * i)) s");
    }
    config =
        Files.writeString(
            directory.resolve("profilemesh.yaml"),
            """
            sources:
              warehouse: { type: postgresql, host: %s, port: %d, database: %s, username: %s,
                           password: "${IT_PASSWORD}" }
            """
                .formatted(shop.host(), shop.port(), shop.database(), shop.username()));
  }

  @BeforeEach
  void open() {
    prefix = "crash-it-" + System.nanoTime() + ".";
    mesh = new MeshTopics(stack, prefix, 3);
  }

  @AfterEach
  void close() {
    services.forEach(ServiceProcess::close);
    mesh.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"before-publish", "between-send-and-commit"})
  void shouldAnswerAndEndEachRequestOnceWhenKilledAtNamedPoints(String point) throws Exception {
    // given
    ServiceProcess service = service("one").with("PROFILEMESH_CHAOS_HALT_AT", point);

    // when
    List<String> requests = request();
    dieOnce(service);
    reviveUntil(
        service.with("PROFILEMESH_CHAOS_HALT_PROBABILITY", "0.2"),
        () -> requests.stream().allMatch(this::isCompleted));

    // then
    assertThat(problems(requests)).isEmpty();
    service.close();
    service("one").start().awaitReady();
    awaitNoLag();
    assertThat(problems(requests)).isEmpty();
  }

  @Test
  void shouldBeSeenToRepeatWhenDeduplicationIsSwitchedOff() throws Exception {
    // given
    ServiceProcess service =
        service("one")
            .with("PROFILEMESH_CHAOS_DEDUPLICATION", "false")
            .with("PROFILEMESH_CHAOS_HALT_AT", "between-send-and-commit");

    // when
    List<String> requests = request();
    dieOnce(service);
    reviveUntil(
        service.with("PROFILEMESH_CHAOS_HALT_PROBABILITY", "0.2"),
        () -> requests.stream().anyMatch(this::isRepeated));

    // then
    assertThat(problems(requests)).isNotEmpty();
  }

  @Test
  void shouldBeginTheNextAttemptWhenKilledInMidScan() throws Exception {
    // given
    ServiceProcess service = service("one").start().awaitReady();
    mesh.request(requestFor("public.slow").setRequestId("slow").build());
    await().atMost(PATIENCE).until(() -> started("slow") == 1);

    // when
    service.kill();
    service.start().awaitReady();

    // then
    await().atMost(PATIENCE).until(() -> isCompleted("slow"));
    assertThat(mesh.stepsOfRequest("slow"))
        .containsExactly(
            RunEventType.ACCEPTED,
            RunEventType.STARTED,
            RunEventType.STARTED,
            RunEventType.COMPLETED);
    assertThat(mesh.eventsOfRequest("slow")).last().extracting(RunEvent::getAttempt).isEqualTo(2);
    assertThat(mesh.profilesOfRequest("slow"))
        .singleElement()
        .extracting(TableProfile::getAttempt)
        .isEqualTo(2);
  }

  @Test
  void shouldHandWorkOverAndLeaveTheSourceAloneWhenStopped() throws Exception {
    // given
    ServiceProcess one = service("one").start().awaitReady();
    mesh.request(requestFor("public.slow").setRequestId("slow").build());
    await().atMost(PATIENCE).until(() -> started("slow") == 1);
    ServiceProcess two = service("two").start().awaitReady();

    // when
    int code = one.stop();

    // then
    assertThat(code).isIn(0, 143);
    await().atMost(PATIENCE).until(() -> isCompleted("slow"));
    assertThat(mesh.profilesOfRequest("slow")).hasSize(1);
    two.stop();
    await().atMost(PATIENCE).until(() -> sessions() == 0);
  }

  @Test
  void shouldShareWorkBetweenTwoAndSurviveTheDeathOfOne() throws Exception {
    // given
    ServiceProcess one = service("one").start().awaitReady();
    service("two").start().awaitReady();

    // when
    List<String> requests = request();
    await().atMost(PATIENCE).until(() -> requests.stream().anyMatch(this::isCompleted));
    one.kill();
    requests.addAll(request());

    // then
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> requests.stream().allMatch(this::isCompleted));
    assertThat(problems(requests)).isEmpty();
  }

  private ServiceProcess service(String instance) {
    ServiceProcess service =
        new ServiceProcess(stack, prefix, instance, config)
            .with("IT_PASSWORD", shop.password())
            .with("PROFILEMESH_WORKER_SESSION_TIMEOUT", "6s")
            .with("MP_MESSAGING_INCOMING_REQUESTS_SESSION_TIMEOUT_MS", "6000");
    services.add(service);
    return service;
  }

  private List<String> request() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      String id = "request-" + System.nanoTime();
      ProfileRequest request = requestFor("public.t" + i % TABLES).setRequestId(id).build();
      mesh.request(request);
      ids.add(id);
    }
    return ids;
  }

  /**
   * Starts the service and waits until it has died at its point, which it does at the first try.
   */
  private static void dieOnce(ServiceProcess service) {
    start(service.with("PROFILEMESH_CHAOS_HALT_PROBABILITY", "1"));
    await().atMost(PATIENCE).until(() -> !service.isAlive());
  }

  /** Starts the service whenever it is dead, until the state is reached. */
  private static void reviveUntil(ServiceProcess service, BooleanSupplier reached) {
    await()
        .atMost(PATIENCE.multipliedBy(2))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              if (!service.isAlive()) {
                start(service);
              }
              return reached.getAsBoolean();
            });
  }

  private static void start(ServiceProcess service) {
    try {
      service.start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What contradicts: one answer, one end and one profile for each request. */
  private List<String> problems(List<String> requests) {
    List<String> problems = new ArrayList<>();
    for (String request : requests) {
      check(problems, request + " accepted", count(request, RunEventType.ACCEPTED));
      check(problems, request + " completed", count(request, RunEventType.COMPLETED));
      check(problems, request + " profiles", mesh.profilesOfRequest(request).size());
      check(
          problems,
          request + " ends in all",
          mesh.eventsOfRequest(request).stream().filter(event -> isEnd(event.getType())).count());
    }
    return problems;
  }

  private static void check(List<String> problems, String what, long count) {
    if (count != 1) {
      problems.add(what + ": " + count);
    }
  }

  private static boolean isEnd(RunEventType type) {
    return type == RunEventType.COMPLETED
        || type == RunEventType.FAILED
        || type == RunEventType.SKIPPED
        || type == RunEventType.CANCELLED;
  }

  private boolean isCompleted(String request) {
    return count(request, RunEventType.COMPLETED) > 0;
  }

  private boolean isRepeated(String request) {
    return count(request, RunEventType.ACCEPTED) > 1 || count(request, RunEventType.COMPLETED) > 1;
  }

  private long started(String request) {
    return count(request, RunEventType.STARTED);
  }

  private long count(String request, RunEventType type) {
    return mesh.stepsOfRequest(request).stream().filter(type::equals).count();
  }

  private void awaitNoLag() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              assertThat(lag("profiler-worker", mesh.topics().runWork().name())).isZero();
              assertThat(lag("profiler-intake", mesh.topics().profileRequests().name())).isZero();
            });
  }

  private long lag(String group, String topic) throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        mesh.admin().listConsumerGroupOffsets(prefix + group).partitionsToOffsetAndMetadata().get();
    Map<TopicPartition, OffsetSpec> latest =
        List.of(0, 1, 2).stream()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(topic, partition),
                    partition -> OffsetSpec.latest()));
    long lag = 0;
    for (var end : mesh.admin().listOffsets(latest).all().get().entrySet()) {
      OffsetAndMetadata position = committed.get(end.getKey());
      lag += end.getValue().offset() - (position == null ? 0 : position.offset());
    }
    return lag;
  }

  private static long sessions() throws SQLException {
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND pid <> pg_backend_pid()")) {
      result.next();
      return result.getLong(1);
    }
  }
}
