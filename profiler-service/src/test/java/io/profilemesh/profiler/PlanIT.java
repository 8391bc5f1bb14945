package io.profilemesh.profiler;

import static io.profilemesh.profiler.MeshTopics.requestFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.Trigger;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stack;
import io.profilemesh.stack.Stacks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What schedules read and what they leave alone, on the service as it is packaged. */
class PlanIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration MARGIN = Duration.ofSeconds(16);
  private static final String THREE = "/public\\.(orders|items|shown)/";
  private static final String PREFIX = "plan-it-" + System.nanoTime() + ".";

  @TempDir static Path directory;

  private static PostgresEndpoint shop;
  private static ServiceProcess service;
  private static MeshTopics mesh;

  @BeforeAll
  static void start() throws Exception {
    Stack stack = Stacks.shared();
    shop = stack.createDatabase("plan_it_" + System.nanoTime());
    execute(
        "CREATE TABLE orders AS SELECT i AS id, i % 7 AS kind FROM generate_series(1, 500) i",
        "CREATE TABLE items AS SELECT i AS id FROM generate_series(1, 300) i",
        "CREATE TABLE large AS SELECT i AS id, repeat('x', 200) AS t FROM generate_series(1, 20000)"
            + " i",
        "CREATE VIEW shown AS TABLE orders");
    // Counts of a session that is not over yet would be added to what ANALYZE finds.
    await().atMost(PATIENCE).until(() -> liveRows("large") == 20_000);
    execute("ANALYZE large");
    Path config =
        Files.writeString(
            directory.resolve("profilemesh.yaml"),
            """
            sources:
              warehouse:
                type: postgresql
                host: %s
                port: %d
                database: %s
                username: %s
                password: ${IT_PASSWORD}
              down: { type: postgresql, host: 127.0.0.1, port: 1, database: d, username: u,
                      connect-timeout: 1s }
            datasets:
              - source: warehouse
                table: public.large
                plan: { max-rows: 2000 }
            """
                .formatted(shop.host(), shop.port(), shop.database(), shop.username()));
    mesh = new MeshTopics(stack, PREFIX, 3);
    service =
        new ServiceProcess(stack, PREFIX, "plan", config)
            .with("IT_PASSWORD", shop.password())
            .start()
            .awaitReady();
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
    if (mesh != null) {
      mesh.close();
    }
  }

  @Test
  void shouldReadATableAgainOnlyWhenItHasChanged() throws SQLException {
    // given: read once, and the margin has passed
    String first = request(THREE, Trigger.SCHEDULE, false);
    awaitEnds(first, 3);
    assertThat(ends(first)).extracting(RunEvent::getType).containsOnly(RunEventType.COMPLETED);
    Instant read = Instant.now();
    await().atMost(PATIENCE).until(() -> Instant.now().isAfter(read.plus(MARGIN)));

    // when
    String second = request(THREE, Trigger.SCHEDULE, false);
    awaitEnds(second, 3);

    // then
    Map<String, RunEvent> ends = endsByTable(second);
    for (String table : List.of("orders", "items")) {
      assertThat(ends.get(table).getType()).as(table).isEqualTo(RunEventType.SKIPPED);
      assertThat(ends.get(table).getCode()).isEqualTo(ReasonCode.UNCHANGED.name());
      assertThat(ends.get(table).getPlan().getDecision()).isEqualTo("skip");
      assertThat(ends.get(table).getDatasets()).isEqualTo(3);
    }
    assertThat(ends.get("shown").getType()).isEqualTo(RunEventType.COMPLETED);

    // when: a batch is committed just before the look, whose counter may come later
    execute("INSERT INTO items SELECT generate_series(301, 400)");

    // then: sooner or later a schedule reads it, and only it
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              String again = request("public.items", Trigger.SCHEDULE, false);
              awaitEnds(again, 1);
              RunEvent end = endsByTable(again).get("items");
              assertThat(end.getType()).isEqualTo(RunEventType.COMPLETED);
              assertThat(end.getRowCount()).isEqualTo(400);
            });
    String third = request("public.orders", Trigger.SCHEDULE, false);
    awaitEnds(third, 1);
    assertThat(endsByTable(third).get("orders").getType()).isEqualTo(RunEventType.SKIPPED);

    // and: who asks gets a scan
    String asked = request("public.orders", Trigger.REST, false);
    awaitEnds(asked, 1);
    assertThat(endsByTable(asked).get("orders").getType()).isEqualTo(RunEventType.COMPLETED);
  }

  @Test
  void shouldShowItsPlanWithoutReading() {
    String plan = request("public.large", Trigger.CLI, true);
    awaitEnds(plan, 1);

    RunEvent end = endsByTable(plan).get("large");
    assertThat(end.getCode()).isEqualTo(ReasonCode.DRY_RUN.name());
    assertThat(end.getPlan().getDecision()).isEqualTo("sample");
    assertThat(end.getPlan().getRows()).isBetween(1_500L, 2_500L);
    assertThat(end.getPlan().getFullRows()).isBetween(19_000L, 21_000L);
    assertThat(end.getPlan().getFullBytes()).isGreaterThan(4_000_000L);
    assertThat(end.getMessage()).isEqualTo(end.getPlan().getReason());
  }

  @Test
  void shouldSampleWhatIsLargerThanItsLimit() {
    String asked = request("public.large", Trigger.REQUEST, false);
    awaitEnds(asked, 1);

    RunEvent end = endsByTable(asked).get("large");
    assertThat(end.getType()).isEqualTo(RunEventType.COMPLETED);
    assertThat(end.getRowsRead()).isBetween(200L, 6_000L);
    assertThat(end.getSampling().getFraction()).isBetween(0.09, 0.11);
  }

  @Test
  void shouldSayThatASourceCannotBePlanned() {
    String id = "plan-" + UUID.randomUUID();
    mesh.request(requestFor("public.*").setSource("down").setRequestId(id).setDryRun(true).build());
    awaitEnds(id, 1);

    RunEvent end = mesh.eventsOfRequest(id).get(0);
    assertThat(end.getType()).isEqualTo(RunEventType.FAILED);
    assertThat(end.getCode()).isEqualTo(ReasonCode.SOURCE_UNREACHABLE.name());
  }

  private static String request(String pattern, Trigger trigger, boolean dryRun) {
    String id = "plan-" + UUID.randomUUID();
    mesh.request(
        requestFor(pattern).setRequestId(id).setTrigger(trigger).setDryRun(dryRun).build());
    return id;
  }

  private static void awaitEnds(String id, int count) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> ends(id).size() == count);
  }

  private static List<RunEvent> ends(String id) {
    return mesh.events(
        event ->
            event.getRequestId().equals(id)
                && switch (event.getType()) {
                  case COMPLETED, FAILED, SKIPPED, CANCELLED -> true;
                  case ACCEPTED, STARTED, PROGRESS, UNKNOWN -> false;
                });
  }

  private static Map<String, RunEvent> endsByTable(String id) {
    return ends(id).stream().collect(Collectors.toMap(RunEvent::getTableName, event -> event));
  }

  private static long liveRows(String table) throws SQLException {
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pg_stat_get_live_tuples('" + table + "'::regclass)")) {
      row.next();
      return row.getLong(1);
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
