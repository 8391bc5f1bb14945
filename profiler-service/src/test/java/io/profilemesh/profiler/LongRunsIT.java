package io.profilemesh.profiler;

import static io.profilemesh.profiler.MeshTopics.requestFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.profilemesh.core.profile.RunId;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stack;
import io.profilemesh.stack.Stacks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scans that take long, and everything that may end them early. */
@Timeout(180)
class LongRunsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Shorter than the longest scans here: a worker that did not poll meanwhile would be put out. */
  private static final String MAX_POLL_INTERVAL_MS = "6000";

  @TempDir static Path directory;

  private static Stack stack;
  private static PostgresEndpoint shop;
  private final String prefix = "long-runs-" + System.nanoTime() + ".";
  private final MeshTopics mesh = new MeshTopics(stack, prefix, 3);
  private final Map<String, ServiceProcess> services = new HashMap<>();

  @BeforeAll
  static void fill() throws SQLException {
    stack = Stacks.shared();
    shop = stack.createDatabase("long_runs_" + System.nanoTime());
    execute(
        "CREATE TABLE orders (id int PRIMARY KEY, amount numeric(10,2))",
        "INSERT INTO orders SELECT i, i * 1.5 FROM generate_series(1, 500) i",
        "CREATE TABLE locked AS SELECT 1 AS id",
        "CREATE VIEW endless AS SELECT i, pg_sleep(0.01)::text AS s FROM generate_series(1, 60000)"
            + " i",
        "CREATE VIEW stuck AS SELECT 1 AS i, pg_sleep(600)::text AS s",
        // Wide rows: the source sends what it has read by blocks of 8 kB.
        "CREATE VIEW ten_seconds AS SELECT i, pg_sleep(0.02)::text || repeat('x', 2000) AS s FROM"
            + " generate_series(1, 500) i");
    for (int i = 0; i < 6; i++) {
      execute("CREATE VIEW slow" + i + " AS SELECT * FROM ten_seconds");
    }
  }

  @AfterEach
  void stop() {
    services.values().forEach(ServiceProcess::close);
    mesh.close();
  }

  @Test
  void shouldEndACancelledScanAtTheSourceAndPublishNoProfile() throws Exception {
    // given
    start("one");
    for (String table : List.of("public.endless", "public.stuck")) {
      String requestId = request(requestFor(table));
      RunId run = RunId.derivedFrom(requestId);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(backends(run))
                      .as(() -> table + " after " + mesh.eventsOfRequest(requestId))
                      .isEqualTo(1));

      // when
      mesh.cancel(run, null, "ada", "wrong table");

      // then
      await().atMost(Duration.ofSeconds(5)).until(() -> backends(run) == 0);
      awaitSteps(requestId, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.CANCELLED);
      RunEvent end = last(requestId);
      assertThat(end.getCode()).isEqualTo(ReasonCode.CANCELLED.name());
      assertThat(end.getMessage()).isEqualTo("Cancelled by ada: wrong table.");
      assertThat(RecordRules.check(end)).isEmpty();
      assertThat(mesh.profilesOfRequest(requestId)).isEmpty();
    }

    // and: repeated, late, of one dataset or of nothing known, it does no harm
    String done = request(requestFor("public.orders"));
    awaitSteps(done, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED);
    mesh.cancel(RunId.derivedFrom(done), null, "ada", null);
    mesh.cancel(RunId.derivedFrom(done), "warehouse/public/orders", "ada", null);
    mesh.cancel(RunId.derivedFrom("nobody knows it"), null, "ada", null);
    byte[] garbage = "cancel everything".getBytes(StandardCharsets.UTF_8);
    mesh.send(mesh.topics().runCommands(), 1, garbage);
    await().atMost(PATIENCE).until(() -> mesh.deadLetters().size() == 1);
    DeadLetter letter = mesh.deadLetters().get(0);
    assertThat(letter.getTopic()).isEqualTo(mesh.topics().runCommands().name());
    assertThat(letter.getCode()).isEqualTo(ReasonCode.NOT_AVRO_WIRE_FORMAT.name());
    String next = request(requestFor("public.orders"));
    awaitSteps(next, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED);
    assertThat(mesh.stepsOfRequest(done)).hasSize(3);
  }

  @Test
  void shouldRememberACancellationAcrossARestart() throws Exception {
    // given: nobody is there
    start("one").stop();
    String waiting = request(requestFor("public.endless"));
    String later = UUID.randomUUID().toString();

    // when
    mesh.cancel(RunId.derivedFrom(waiting), "warehouse/public/endless", "ada", null);
    mesh.cancel(RunId.derivedFrom(later), null, "ada", null);
    start("one");

    // then
    awaitEnd(waiting, ReasonCode.CANCELLED);
    assertThat(mesh.profilesOfRequest(waiting)).isEmpty();
    await().atMost(PATIENCE).until(() -> ordersTaken() == 2);
    services.get("one").stop();
    start("one");
    mesh.request(requestFor("public.orders").setRequestId(later).build());
    awaitSteps(later, RunEventType.ACCEPTED, RunEventType.CANCELLED);
    assertThat(last(later).getMessage()).isEqualTo("Cancelled before its scan began by ada.");
  }

  @Test
  void shouldNotBePutOutOfItsGroupHoweverLongAScanTakes() throws Exception {
    start("one");

    String requestId = request(requestFor("public.ten_seconds"));

    awaitSteps(requestId, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED);
    RunEvent end = last(requestId);
    assertThat(end.getAttempt()).isEqualTo(1);
    assertThat(end.getDurationMs()).isGreaterThan(Long.parseLong(MAX_POLL_INTERVAL_MS));
    List<RunEvent> progress =
        mesh.eventsOfRequest(requestId).stream()
            .filter(event -> event.getType() == RunEventType.PROGRESS)
            .toList();
    assertThat(progress).hasSizeBetween(4, 11);
    assertThat(progress).extracting(RunEvent::getRowsRead).isSorted();
    for (int i = 1; i < progress.size(); i++) {
      Instant before = progress.get(i - 1).getOccurredAt();
      assertThat(Duration.between(before, progress.get(i).getOccurredAt()))
          .isGreaterThanOrEqualTo(Duration.ofMillis(950));
    }
  }

  @Test
  void shouldEndScansAtOnceWhenItIsStoppedAndScanAgainLater() throws Exception {
    // given
    ServiceProcess one = start("one");
    String requestId = request(requestFor("public.ten_seconds"));
    RunId run = RunId.derivedFrom(requestId);
    await().atMost(PATIENCE).until(() -> backends(run) == 1);

    // when
    CompletableFuture<Integer> exit =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return one.stop();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });

    // then
    await().atMost(Duration.ofSeconds(3)).until(() -> backends(run) == 0);
    assertThat(exit.get(15, TimeUnit.SECONDS)).isIn(0, 143);
    awaitSteps(requestId, RunEventType.ACCEPTED, RunEventType.STARTED);
    start("one");
    awaitSteps(
        requestId,
        RunEventType.ACCEPTED,
        RunEventType.STARTED,
        RunEventType.STARTED,
        RunEventType.COMPLETED);
    assertThat(last(requestId).getAttempt()).isEqualTo(2);
    assertThat(mesh.profilesOfRequest(requestId)).hasSize(1);
  }

  @Test
  void shouldHandPartitionsOverOnlyWhenTheirScansHaveEnded() throws Exception {
    // given
    start("one");
    List<String> requests =
        IntStream.range(0, 6).mapToObj(i -> request(requestFor("public.slow" + i))).toList();
    await()
        .atMost(PATIENCE)
        .until(() -> requests.stream().allMatch(id -> backends(RunId.derivedFrom(id)) == 1));

    // when: another instance takes some of the partitions
    start("two");
    Map<String, Integer> most = new HashMap<>();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              requests.forEach(id -> most.merge(id, backends(RunId.derivedFrom(id)), Math::max));
              return requests.stream()
                  .allMatch(id -> mesh.stepsOfRequest(id).contains(RunEventType.COMPLETED));
            });

    // then
    assertThat(most).allSatisfy((id, backends) -> assertThat(backends).isLessThanOrEqualTo(1));
    assertThat(requests).extracting(id -> last(id).getAttempt()).contains(1, 2);
    assertThat(requests).allSatisfy(id -> assertThat(mesh.profilesOfRequest(id)).hasSize(1));
  }

  @Test
  void shouldSayWhyARunThatTookTooLongFailed() throws Exception {
    start("one");

    String statement = request(requestFor("public.stuck").setSource("hasty"));
    String deadline =
        request(requestFor("public.endless").setDeadline(Instant.now().plusSeconds(4)));
    String limit = request(requestFor("public.endless").setSource("other"));

    awaitEnd(statement, ReasonCode.STATEMENT_TIMEOUT);
    assertThat(last(statement).getMessage()).contains("statement-timeout");
    awaitEnd(deadline, ReasonCode.DEADLINE_EXPIRED);
    awaitEnd(limit, ReasonCode.RUN_TIME_EXCEEDED);
    assertThat(last(limit).getMessage()).contains("max-run-time");
    for (String each : List.of(statement, deadline, limit)) {
      assertThat(mesh.stepsOfRequest(each))
          .containsExactly(RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.FAILED);
      assertThat(backends(RunId.derivedFrom(each))).isZero();
    }
  }

  @Test
  void shouldTryALockedTableAgainAndSaySoWhenTheLockStays() throws Exception {
    // given
    start("one");
    String given;
    try (Connection owner = shop.connect();
        Statement statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      statement.execute("LOCK TABLE locked IN ACCESS EXCLUSIVE MODE");

      // when
      given = request(requestFor("public.locked").setSource("hasty"));

      // then
      awaitEnd(given, ReasonCode.LOCK_TIMEOUT);
      assertThat(last(given).getMessage()).contains("lock-timeout");
      String patient = request(requestFor("public.locked"));
      await()
          .atMost(PATIENCE)
          .until(() -> mesh.stepsOfRequest(patient).contains(RunEventType.STARTED));
      owner.rollback();
      awaitSteps(patient, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED);
    }
  }

  private ServiceProcess start(String instance) throws IOException {
    String source =
        """
          %s:
            type: postgresql
            host: %s
            port: %d
            database: %s
            username: %s
            password: ${IT_PASSWORD}
            max-scans: 6
            statement-timeout: %s
            lock-timeout: %s
        """;
    Path config =
        Files.writeString(
            directory.resolve(prefix + "yaml"),
            "sources:\n"
                + source(source, "warehouse", "10m", "1s")
                + source(source, "hasty", "1s", "300ms")
                + source(source, "other", "10m", "1s"));
    ServiceProcess service =
        new ServiceProcess(stack, prefix, instance, config)
            .with("IT_PASSWORD", shop.password())
            .with("KAFKA_MAX_POLL_INTERVAL_MS", MAX_POLL_INTERVAL_MS)
            .with("PROFILEMESH_WORKER_CONCURRENCY", "8")
            .with("PROFILEMESH_WORKER_MAX_RUN_TIME", "14s")
            .with("PROFILEMESH_WORKER_RETRY_FOR", "3s")
            .start();
    services.put(instance, service);
    return service.awaitReady();
  }

  private static String source(String text, String name, String statements, String locks) {
    return text.formatted(
        name, shop.host(), shop.port(), shop.database(), shop.username(), statements, locks);
  }

  private String request(ProfileRequest.Builder request) {
    String requestId = UUID.randomUUID().toString();
    mesh.request(request.setRequestId(requestId).build());
    return requestId;
  }

  private void awaitSteps(String requestId, RunEventType... steps) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(mesh.stepsOfRequest(requestId)).containsExactly(steps));
  }

  private void awaitEnd(String requestId, ReasonCode code) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(mesh.eventsOfRequest(requestId))
                    .extracting(RunEvent::getCode)
                    .contains(code.name()));
  }

  private RunEvent last(String requestId) {
    List<RunEvent> events = mesh.eventsOfRequest(requestId);
    return events.get(events.size() - 1);
  }

  /** Commands that have found their way into the ledger. */
  private long ordersTaken() throws Exception {
    return mesh
        .admin()
        .listConsumerGroupOffsets(prefix + "profiler-commands")
        .partitionsToOffsetAndMetadata()
        .get()
        .values()
        .stream()
        .mapToLong(OffsetAndMetadata::offset)
        .sum();
  }

  /** Sessions of a run that are at work in the source. */
  private static int backends(RunId run) {
    return Integer.parseInt(
        ask("SELECT count(*) FROM pg_stat_activity WHERE application_name = ?", name(run)));
  }

  private static String name(RunId run) {
    return "profilemesh/" + run;
  }

  private static String ask(String sql, String parameter) {
    try (Connection connection = shop.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : "";
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
