package io.profilemesh.profiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.Trigger;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stack;
import io.profilemesh.stack.Stacks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ChangeCaptureIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CANARY = "canary-3f9d2b71";

  @TempDir static Path directory;

  private final List<ServiceProcess> services = new ArrayList<>();
  private Stack stack;
  private PostgresEndpoint shop;
  private String prefix;
  private MeshTopics mesh;

  @BeforeEach
  void open() throws Exception {
    stack = Stacks.shared();
    shop = stack.createDatabase("capture_it_" + System.nanoTime());
    execute(
        "CREATE TABLE orders (id int PRIMARY KEY, state text)",
        "CREATE TABLE visits (at int, path text)",
        "INSERT INTO orders SELECT n, 'new' FROM generate_series(1, 1000) n",
        "ANALYZE");
    prefix = "capture-it-" + System.nanoTime() + ".";
    mesh = new MeshTopics(stack, prefix, 3);
  }

  @AfterEach
  void close() throws Exception {
    for (ServiceProcess service : services) {
      service.close();
    }
    mesh.close();
    dropSlots();
  }

  @Test
  void shouldAskForATableOnceItsChangesGoQuiet() throws Exception {
    // given
    ServiceProcess service = service("one", config("1s", "")).start().awaitReady();
    awaitFollowing(service);

    // when
    execute(
        "INSERT INTO orders SELECT n, '" + CANARY + "' FROM generate_series(2001, 2050) n",
        "UPDATE orders SET state = '" + CANARY + "' WHERE id <= 3",
        "DELETE FROM orders WHERE id = 9");

    // then
    RunEvent run = awaitRuns(1).get(0);
    assertThat(run.getRowCount()).isEqualTo(1049);
    assertThat(run.getReason())
        .isEqualTo("50 rows inserted, 3 updated, 1 deleted, then none for 1s.");
    assertThat(service.log()).doesNotContain(CANARY);
    assertThat(mesh.records()).noneMatch(one -> contains(one.value(), CANARY));
  }

  @Test
  void shouldAskAtOnceWhenEnoughRowsChangeOrTheTableIsEmptied() throws Exception {
    // given
    ServiceProcess service = service("one", config("1h", ", rows: 100")).start().awaitReady();
    awaitFollowing(service);

    // when
    execute("INSERT INTO orders SELECT n, 'x' FROM generate_series(2001, 2099) n");
    execute("INSERT INTO orders VALUES (3000, 'x')");

    // then
    assertThat(awaitRuns(1)).hasSize(1).allMatch(run -> run.getRowCount() == 1_100);

    // when
    execute("TRUNCATE orders");

    // then
    assertThat(awaitRuns(2)).hasSize(2);
    assertThat(completed().get(1).getReason()).isEqualTo("The table truncated.");
  }

  @Test
  void shouldLeaveTablesWithoutAKeyToTheirOwners() throws Exception {
    // given
    ServiceProcess service = service("one", config("1s", "")).start().awaitReady();
    awaitFollowing(service);

    // when
    execute("INSERT INTO visits VALUES (1, '/')", "UPDATE visits SET at = 2", "DELETE FROM visits");

    // then
    assertThat(service.body("/q/health/ready"))
        .contains("1 tables without a replica identity are left to the sweep");
  }

  @Test
  void shouldAskOnceForWhatWasCommittedBeforeAKill() throws Exception {
    // given
    ServiceProcess service = service("one", config("3s", "")).start().awaitReady();
    awaitFollowing(service);

    // when
    execute("INSERT INTO orders VALUES (5001, 'x')");
    await().atMost(PATIENCE).until(() -> counted(service) == 1);
    service.kill();
    service.start().awaitReady();

    // then
    assertThat(awaitRuns(1)).hasSize(1);
    execute("INSERT INTO orders VALUES (5002, 'x')");
    assertThat(awaitRuns(2)).hasSize(2);
    assertThat(mesh.events(event -> event.getType() == RunEventType.SKIPPED)).isEmpty();
  }

  @Test
  void shouldSeeWhatHappenedWhileNobodyWasThere() throws Exception {
    // given
    ServiceProcess service = service("one", config("1s", "")).start().awaitReady();
    awaitFollowing(service);
    service.kill();

    // when
    execute("UPDATE orders SET state = 'x' WHERE id <= 7");
    service.start();

    // then
    assertThat(awaitRuns(1).get(0).getReason()).startsWith("7 rows updated");
  }

  @Test
  void shouldBeTakenOverWhenTheOwnerDies() throws Exception {
    // given
    String config = config("500ms", "");
    List<ServiceProcess> both =
        List.of(
            service("one", config).start().awaitReady(),
            service("two", config).start().awaitReady());
    ServiceProcess owner =
        await()
            .atMost(PATIENCE)
            .until(
                () -> both.stream().filter(ChangeCaptureIT::isFollowing).findFirst(),
                Optional::isPresent)
            .orElseThrow();

    // when
    owner.kill();
    execute("INSERT INTO orders VALUES (5001, 'x')");

    // then
    assertThat(awaitRuns(1)).hasSize(1);
    ServiceProcess other = both.stream().filter(one -> one != owner).findFirst().orElseThrow();
    assertThat(isFollowing(other)).isTrue();
  }

  @Test
  void shouldLetGoOfTheLogAndLookAtEverythingWhenItCannotKeepUp() throws Exception {
    // given: every position is too far behind
    String config = config("1h", "").replace("heartbeat: 1s", "heartbeat: 1s, max-lag: 1B");

    // when
    ServiceProcess service = service("one", config).start().awaitReady();

    // then
    List<RunEvent> swept =
        await()
            .atMost(PATIENCE)
            .until(
                () -> mesh.events(event -> event.getType() == RunEventType.COMPLETED),
                runs -> runs.size() >= 2);
    assertThat(swept).extracting(RunEvent::getTableName).contains("orders", "visits");
    assertThat(swept)
        .allSatisfy(
            run -> {
              assertThat(run.getTrigger()).isEqualTo(Trigger.SWEEP);
              assertThat(run.getReason()).contains("capture let go of them");
            });
    assertThat(service.body("/q/metrics")).contains("profilemesh_capture_resets_total");
  }

  @Test
  void shouldSayWhatIsMissingInOneSentence() throws Exception {
    // given
    execute(
        "DROP ROLE IF EXISTS capture_reader",
        "CREATE ROLE capture_reader LOGIN PASSWORD 'reader'",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO capture_reader");
    String config =
        config("1s", "").replace("heartbeat: 1s", "username: capture_reader, password: reader");
    ServiceProcess service = service("one", config).start().awaitReady();

    // then
    awaitHealth(service, "ALTER ROLE \\\"capture_reader\\\" REPLICATION");

    // when
    execute("ALTER ROLE capture_reader REPLICATION");

    // then
    awaitHealth(service, "CREATE PUBLICATION");

    // when
    execute(
        "CREATE PUBLICATION by_owner FOR TABLE orders WITH (publish_via_partition_root = true)");
    service.stop();
    ServiceProcess named =
        service(
                "two",
                config.replace("username: capture", "publication: by_owner, username: capture"))
            .start()
            .awaitReady();
    awaitFollowing(named);
    execute("INSERT INTO orders VALUES (5001, 'x')");

    // then
    assertThat(awaitRuns(1)).hasSize(1);
  }

  @Test
  void shouldCountWhatAnExternalConnectorWrites() throws Exception {
    // given
    String topic = prefix + "cdc.public.orders";
    mesh.admin().createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    String config =
        config("1s", "").replace("heartbeat: 1s", "mode: topics, topics: '" + topic + "'");
    ServiceProcess service = service("one", config).start().awaitReady();
    awaitFollowing(service);

    // when
    produce(topic, change("c"));
    produce(topic, "no change at all");
    produce(topic, null);
    produce(topic, "{\"schema\":{},\"payload\":" + change("u") + "}");

    // then
    assertThat(awaitRuns(1).get(0).getReason())
        .isEqualTo("1 row inserted, 1 updated, then none for 1s.");
    await().atMost(PATIENCE).until(() -> mesh.deadLetters().size() == 1);
    assertThat(mesh.deadLetters().get(0).getCode()).isEqualTo("INVALID_JSON");

    // when: what comes while nobody reads is read later, and nothing twice
    service.kill();
    produce(topic, change("d"));
    service.start();

    // then
    assertThat(awaitRuns(2).get(1).getReason()).startsWith("1 row deleted");
    assertThat(mesh.deadLetters()).hasSize(1);
  }

  @Test
  void shouldTakeOutOfTheSourceWhatItMadeWhenCaptureEnds() throws Exception {
    // given
    ServiceProcess service = service("one", config("1s", "")).start().awaitReady();
    awaitFollowing(service);
    assertThat(slots()).isEqualTo(1);
    service.stop();

    // when
    service("one", config("1s", "").replace("capture: { heartbeat: 1s }", "capture: off")).start();

    // then
    await().atMost(PATIENCE).until(() -> slots() == 0);
    await().atMost(PATIENCE).until(() -> publications() == 0);
  }

  private void produce(String topic, String value) throws Exception {
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    mesh.producer().send(new ProducerRecord<>(topic, bytes)).get();
  }

  private static String change(String operation) {
    return "{\"op\":\"%s\",\"after\":{\"id\":1},\"source\":{\"db\":\"x\",\"schema\":\"public\",\"table\":\"orders\"}}"
        .formatted(operation);
  }

  private int slots() throws SQLException {
    return number("SELECT count(*) FROM pg_replication_slots WHERE database = current_database()");
  }

  private int publications() throws SQLException {
    return number("SELECT count(*) FROM pg_publication");
  }

  private int number(String sql) throws SQLException {
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static boolean contains(byte[] value, String text) {
    return value != null && new String(value, StandardCharsets.ISO_8859_1).contains(text);
  }

  private String config(String quiet, String more) throws IOException {
    return """
    sources:
      warehouse: { type: postgresql, host: %s, port: %d, database: %s, username: %s,
                   password: "%s", capture: { heartbeat: 1s } }
    datasets:
      - source: warehouse
        include: ["public.*"]
        capture: { quiet: %s, min-interval: 100ms %s }
    """
        .formatted(
            shop.host(),
            shop.port(),
            shop.database(),
            shop.username(),
            shop.password(),
            quiet,
            more);
  }

  private ServiceProcess service(String instance, String config) throws IOException {
    Path file = Files.writeString(directory.resolve(prefix + instance + ".yaml"), config);
    ServiceProcess service = new ServiceProcess(stack, prefix, instance, file);
    services.add(service);
    return service;
  }

  private static void awaitFollowing(ServiceProcess service) {
    awaitHealth(service, "following");
  }

  private static void awaitHealth(ServiceProcess service, String text) {
    await().atMost(PATIENCE).until(() -> service.body("/q/health/ready").contains(text));
  }

  private static boolean isFollowing(ServiceProcess service) {
    return service.body("/q/health/ready").contains("following");
  }

  /** Rows inserted that the service has counted. */
  private static long counted(ServiceProcess service) {
    return service
        .body("/q/metrics")
        .lines()
        .filter(line -> line.startsWith("profilemesh_capture_changes_total{kind=\"insert\"}"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  private List<RunEvent> awaitRuns(int count) {
    return await().atMost(PATIENCE).until(this::completed, runs -> runs.size() >= count);
  }

  private List<RunEvent> completed() {
    return mesh.events(
        event ->
            event.getType() == RunEventType.COMPLETED
                && event.getTrigger() == Trigger.CHANGE_CAPTURE);
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void dropSlots() {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              try (Connection connection = shop.connect();
                  Statement statement = connection.createStatement();
                  ResultSet row =
                      statement.executeQuery(
                          "SELECT count(pg_drop_replication_slot(slot_name)) FROM"
                              + " pg_replication_slots WHERE database = current_database()")) {
                return row.next();
              }
            });
  }
}
