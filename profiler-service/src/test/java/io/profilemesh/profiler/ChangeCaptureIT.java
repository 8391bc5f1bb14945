package io.profilemesh.profiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.Trigger;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stack;
import io.profilemesh.stack.Stacks;
import io.profilemesh.stack.local.Component;
import io.profilemesh.stack.local.LocalStack;
import io.profilemesh.stack.local.SharedLocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service follows PostgreSQL, MariaDB and the topics of an external connector at once;
 * each test has tables of its own.
 */
@Timeout(180)
class ChangeCaptureIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CANARY = "canary-3f9d2b71";
  private static final String PREFIX = "capture-it-" + System.nanoTime() + ".";
  private static final String CHANGES = PREFIX + "cdc.shipments";

  private static final List<ServiceProcess> SERVICES = new ArrayList<>();
  private static final List<PostgresEndpoint> DATABASES = new ArrayList<>();
  private static final List<String> FOLLOWED = List.of("warehouse", "narrow", "mart", "outside");

  /** What the source has been told to keep no longer. */
  private static final String FORGOTTEN =
      "SELECT min(confirmed_flush_lsn - '0/0') FROM pg_replication_slots"
          + " WHERE database = current_database()";

  @TempDir static Path directory;

  private static Stack stack;
  private static PostgresEndpoint shop;
  private static PostgresEndpoint narrow;
  private static MariaDbServer server;
  private static String mart;
  private static MeshTopics mesh;
  private static String config;
  private static ServiceProcess service;

  @BeforeAll
  static void start() throws Exception {
    stack = Stacks.shared();
    shop = database("capture_it_");
    narrow = database("capture_narrow_");
    for (String table : List.of("orders", "counted", "killed", "unplugged", "inherited")) {
      execute(shop, table(table));
    }
    execute(shop, "CREATE SCHEMA cdc", table("cdc.shipments"));
    execute(narrow, table("one"), "CREATE TABLE two (n int)");
    server = MariaDbServer.shared();
    mart = server.createDatabase();
    for (String table : List.of("orders", "killed")) {
      executeMart("CREATE TABLE " + table + " (id int PRIMARY KEY, state text)");
    }
    mesh = new MeshTopics(stack, PREFIX, 3);
    mesh.admin().createTopics(List.of(new NewTopic(CHANGES, 2, (short) 1))).all().get();
    config = config();
    service = service(PREFIX, "one", config).start().awaitReady();
    FOLLOWED.forEach(source -> awaitFollowing(service, source));
  }

  @AfterAll
  static void stop() {
    SERVICES.forEach(ServiceProcess::close);
    if (mesh != null) {
      mesh.close();
    }
    DATABASES.forEach(ChangeCaptureIT::dropSlots);
  }

  @Test
  void shouldAskForATableOnceItsChangesGoQuiet() throws Exception {
    // when
    execute(
        shop,
        "INSERT INTO orders SELECT n, '" + CANARY + "' FROM generate_series(2001, 2050) n",
        "UPDATE orders SET state = '" + CANARY + "' WHERE id <= 3",
        "DELETE FROM orders WHERE id = 9");

    // then
    RunEvent run = awaitRuns("warehouse/public/orders", 1).get(0);
    assertThat(run.getRowCount()).isEqualTo(1049);
    assertThat(run.getReason())
        .isEqualTo("50 rows inserted, 3 updated, 1 deleted, then none for 1s.");
    assertThat(service.log()).doesNotContain(CANARY);
    long written = number(shop, "SELECT (pg_current_wal_lsn() - '0/0')::bigint");
    await().atMost(PATIENCE).until(() -> number(shop, FORGOTTEN) >= written);
    assertThat(everyRecord()).isNotEmpty().noneMatch(ChangeCaptureIT::holdsCanary);
  }

  @Test
  void shouldAskAtOnceWhenEnoughRowsChangeOrTheTableIsEmptied() throws Exception {
    // when
    execute(shop, "INSERT INTO counted SELECT n, 'x' FROM generate_series(2001, 2099) n");
    execute(shop, "INSERT INTO counted VALUES (3000, 'x')");

    // then
    assertThat(awaitRuns("warehouse/public/counted", 1))
        .hasSize(1)
        .allMatch(run -> run.getRowCount() == 1_100);

    // when
    execute(shop, "TRUNCATE counted");

    // then
    assertThat(awaitRuns("warehouse/public/counted", 2).get(1).getReason())
        .isEqualTo("The table truncated.");
  }

  @Test
  void shouldPickUpNewTablesAndLeaveThoseWithoutAKeyToTheSweep() throws Exception {
    // when
    execute(shop, table("fresh"), "CREATE TABLE visits (at int, path text)");

    // then
    assertThat(awaitSweeps("warehouse/public/fresh", 1).get(0).getReason())
        .isEqualTo("The table is new to change capture.");
    awaitSweeps("warehouse/public/visits", 1);
    awaitHealth(service, "1 table without a replica identity is left to the sweep");

    // when: PostgreSQL would refuse this if the table were published
    execute(
        shop,
        "INSERT INTO visits VALUES (1, '/')",
        "UPDATE visits SET at = 2",
        "INSERT INTO fresh VALUES (5001, 'x')");

    // then
    assertThat(awaitRuns("warehouse/public/fresh", 1).get(0).getReason())
        .startsWith("1 row inserted");

    // when
    execute(shop, "ALTER TABLE visits REPLICA IDENTITY FULL");

    // then
    assertThat(awaitSweeps("warehouse/public/visits", 2).get(1).getReason())
        .isEqualTo("Changes of the table could not be seen until now.");
  }

  @Test
  void shouldCountWhatTheBinaryLogTells() throws Exception {
    // when
    executeMart(
        "INSERT INTO orders SELECT seq, '" + CANARY + "' FROM seq_1_to_50",
        "UPDATE orders SET state = 'x' WHERE id <= 3",
        "DELETE FROM orders WHERE id = 9");

    // then
    String orders = "mart/" + mart + "/orders";
    RunEvent run = awaitRuns(orders, 1).get(0);
    assertThat(run.getRowCount()).isEqualTo(49);
    assertThat(run.getReason())
        .isEqualTo("50 rows inserted, 3 updated, 1 deleted, then none for 1s.");
    assertThat(everyRecord()).noneMatch(ChangeCaptureIT::holdsCanary);

    // when
    executeMart("TRUNCATE TABLE orders");

    // then
    assertThat(awaitRuns(orders, 2).get(1).getReason()).isEqualTo("The table truncated.");
  }

  @Test
  void shouldCountWhatAnExternalConnectorWrites() throws Exception {
    // given
    String shipments = "outside/cdc/shipments";
    int before = runs(shipments).size();

    // when
    produce(change("c"));
    produce("no change at all");
    produce(null);
    produce("{\"schema\":{},\"payload\":" + change("u") + "}");

    // then
    assertThat(awaitRuns(shipments, before + 1).get(before).getReason())
        .isEqualTo("1 row inserted, 1 updated, then none for 1s.");
    await().atMost(PATIENCE).until(() -> mesh.deadLetters().size() == 1);
    assertThat(mesh.deadLetters().get(0).getCode()).isEqualTo("INVALID_JSON");
  }

  @Test
  void shouldAskOnceForWhatChangedBeforeAKillAndWhileNobodyWasThere() throws Exception {
    // given
    String killed = "mart/" + mart + "/killed";
    int outside = runs("outside/cdc/shipments").size();

    // when
    execute(shop, "INSERT INTO killed VALUES (5001, 'x')");
    executeMart("INSERT INTO killed VALUES (1, 'x')");
    service.kill();
    execute(shop, "UPDATE killed SET state = 'x' WHERE id <= 7");
    executeMart("INSERT INTO killed VALUES (2, 'x'), (3, 'x')");
    produce(change("d"));
    service.start().awaitReady();

    // then
    assertThat(awaitRuns("warehouse/public/killed", 1)).hasSize(1);
    assertThat(awaitRuns(killed, 1).get(0).getRowCount()).isEqualTo(3);
    assertThat(awaitRuns("outside/cdc/shipments", outside + 1).get(outside).getReason())
        .startsWith("1 row deleted");

    // when: the same tables go on
    execute(shop, "INSERT INTO killed VALUES (5002, 'x')");

    // then
    assertThat(awaitRuns("warehouse/public/killed", 2)).hasSize(2);
    assertThat(runs(killed)).hasSize(1);
  }

  @Test
  void shouldGoOnWhenSourceAndBrokerComeBack() throws Exception {
    // given
    Assumptions.assumeTrue(stack instanceof SharedLocalStack, "containers are not killed here");
    LocalStack local = ((SharedLocalStack) stack).local();

    // when
    local.kill(Component.POSTGRES);
    awaitHealth(service, "The source cannot be reached");
    local.restart(Component.POSTGRES);
    execute(shop, "INSERT INTO unplugged VALUES (5001, 'x')");

    // then
    assertThat(awaitRuns("warehouse/public/unplugged", 1).get(0).getReason())
        .startsWith("1 row inserted");

    // when
    awaitRegistry();
    local.kill(Component.BROKER);
    execute(shop, "UPDATE unplugged SET state = 'x' WHERE id <= 7");
    local.restart(Component.BROKER);

    // then: in one request or several, all of it
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(updatedRows("warehouse/public/unplugged"))
                    .as("%s", mesh.events(event -> "unplugged".equals(event.getTableName())))
                    .isEqualTo(7));
  }

  /** By the reasons of runs that came to their end. */
  private static long updatedRows(String dataset) {
    Pattern updated = Pattern.compile("(\\d+) (?:rows? )?updated");
    return runs(dataset).stream()
        .map(run -> updated.matcher(run.getReason()))
        .filter(Matcher::find)
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }

  /** It lost its database too: whoever comes next finds it in order. */
  private static void awaitRegistry() {
    HttpRequest subjects =
        HttpRequest.newBuilder(URI.create(stack.schemaRegistryUrl() + "/subjects")).build();
    HttpClient http = HttpClient.newHttpClient();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> http.send(subjects, BodyHandlers.discarding()).statusCode() == 200);
  }

  @Test
  void shouldBeTakenOverWithinSecondsWhenTheOwnerDies() throws Exception {
    // given
    ServiceProcess other = service(PREFIX, "two-" + System.nanoTime(), config).start().awaitReady();
    await()
        .atMost(PATIENCE)
        .until(() -> isFollowed(service, "warehouse") || isFollowed(other, "warehouse"));
    boolean first = isFollowed(service, "warehouse");
    ServiceProcess owner = first ? service : other;
    service = first ? other : service;

    // when
    owner.kill();
    execute(shop, "INSERT INTO inherited VALUES (5001, 'x')");

    // then
    await().atMost(Duration.ofSeconds(25)).until(() -> isFollowed(service, "warehouse"));
    assertThat(awaitRuns("warehouse/public/inherited", 1)).hasSize(1);
  }

  @Test
  void shouldLetGoOfTheLogAndLookAtEverythingWhenItCannotKeepUp() throws Exception {
    // when: more is written than the source may keep, for as long as it takes to be noticed
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              execute(narrow, "SELECT pg_logical_emit_message(false, 'x', repeat('x', 20000000))");
              return service.body("/q/metrics").contains("resets_total{source=\"narrow\"");
            });

    // then
    for (String table : List.of("narrow/public/one", "narrow/public/two")) {
      assertThat(awaitSweeps(table, 1).get(0).getReason()).contains("capture let go of them");
    }
    awaitFollowing(service, "narrow");
  }

  @Test
  void shouldSayWhatIsMissingAndTakeOutOfTheSourceWhatItMade() throws Exception {
    // given
    PostgresEndpoint database = database("capture_rights_");
    execute(
        database,
        table("orders"),
        "CREATE SCHEMA own",
        table("own.things"),
        "DROP ROLE IF EXISTS capture_reader",
        "CREATE ROLE capture_reader LOGIN PASSWORD 'reader'");
    String prefix = "capture-rights-" + System.nanoTime() + ".";
    MeshTopics topics = new MeshTopics(stack, prefix, 3);
    String limited = "{ publication: by_owner, username: capture_reader, password: reader }";
    ServiceProcess on =
        service(prefix, "on", rights(database, limited, "{ heartbeat: 1s }")).start().awaitReady();

    // then
    awaitHealth(on, "ALTER ROLE \\\"capture_reader\\\" REPLICATION");

    // when
    execute(database, "ALTER ROLE capture_reader REPLICATION");

    // then
    awaitHealth(on, "CREATE PUBLICATION \\\"by_owner\\\"");

    // when
    execute(
        database,
        "CREATE PUBLICATION by_owner FOR TABLE orders WITH (publish_via_partition_root = true)");

    // then: what may be read by nobody's rights but these is counted
    awaitFollowing(on, "theirs");
    awaitFollowing(on, "own");
    execute(database, "INSERT INTO orders VALUES (5001, 'x')");
    await().atMost(PATIENCE).until(() -> counted(on) == 1);
    assertThat(slots(database)).isEqualTo(2);
    assertThat(publications(database)).isEqualTo(2);

    // when
    on.stop();
    service(prefix, "off", rights(database, "off", "off")).start();

    // then: the other publication is its owner's
    await().atMost(PATIENCE).until(() -> slots(database) == 0 && publications(database) == 1);
    topics.close();
  }

  private static PostgresEndpoint database(String name) {
    PostgresEndpoint database = stack.createDatabase(name + System.nanoTime());
    DATABASES.add(database);
    return database;
  }

  private static ServiceProcess service(String prefix, String instance, String configuration)
      throws IOException {
    Path file = Files.writeString(directory.resolve(prefix + instance + ".yaml"), configuration);
    ServiceProcess started = new ServiceProcess(stack, prefix, instance, file);
    SERVICES.add(started);
    return started;
  }

  private static String table(String name) {
    return ("CREATE TABLE %s (id int PRIMARY KEY, state text);"
            + " INSERT INTO %s SELECT n, 'new' FROM generate_series(1, 1000) n; ANALYZE %s")
        .formatted(name, name, name);
  }

  private static String config() {
    return """
    sources:
      warehouse: %s
        capture: { heartbeat: 1s }
      narrow: %s
        capture: { heartbeat: 1s, max-lag: 16MB }
      outside: %s
        capture: { mode: topics, topics: '%s' }
      mart:
        type: mariadb
        port: %d
        database: %s
        username: %s
        password: "%s"
        capture: { mode: embedded }
    datasets:
      - source: warehouse
        table: public.counted
        capture: { quiet: 1h, rows: 100, min-interval: 100ms }
      - source: warehouse
        include: ["public.*"]
        capture: { quiet: 1s, share: off, min-interval: 100ms }
      - source: narrow
        include: ["public.*"]
        capture: { quiet: 1h, min-interval: 100ms }
      - source: outside
        include: ["cdc.*"]
        capture: { quiet: 1s, share: off, min-interval: 100ms }
      - source: mart
        include: ["*.*"]
        capture: { quiet: 1s, share: off, min-interval: 100ms }
    """
        .formatted(
            fields(shop),
            fields(narrow),
            fields(shop),
            CHANGES,
            server.port(),
            mart,
            server.owner(),
            server.ownerPassword());
  }

  private static String rights(PostgresEndpoint database, String theirs, String own) {
    return """
    sources:
      theirs: %s
        capture: %s
      own: %s
        capture: %s
    datasets:
      - source: theirs
        include: ["public.*"]
        capture: { quiet: 1h }
      - source: own
        include: ["own.*"]
        capture: { quiet: 1h }
    """
        .formatted(fields(database), theirs, fields(database), own);
  }

  private static String fields(PostgresEndpoint database) {
    return """

        type: postgresql
        host: %s
        port: %d
        database: %s
        username: %s
        password: "%s"\
    """
        .formatted(
            database.host(),
            database.port(),
            database.database(),
            database.username(),
            database.password())
        .stripTrailing();
  }

  private static void produce(String value) throws Exception {
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    mesh.producer().send(new ProducerRecord<>(CHANGES, bytes)).get();
  }

  private static String change(String operation) {
    return ("{\"op\":\"%s\",\"after\":{\"id\":1},"
            + "\"source\":{\"db\":\"x\",\"schema\":\"cdc\",\"table\":\"shipments\"}}")
        .formatted(operation);
  }

  private static long slots(PostgresEndpoint database) throws SQLException {
    return number(
        database, "SELECT count(*) FROM pg_replication_slots WHERE database = current_database()");
  }

  private static long publications(PostgresEndpoint database) throws SQLException {
    return number(database, "SELECT count(*) FROM pg_publication");
  }

  private static long number(PostgresEndpoint database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** All that the mesh's topics hold, states and requests included. */
  private static List<ConsumerRecord<byte[], byte[]>> everyRecord() throws Exception {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", stack.bootstrapServers());
    settings.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Set<TopicPartition> partitions = new HashSet<>();
      consumer
          .listTopics()
          .forEach(
              (topic, of) -> {
                if (topic.startsWith(PREFIX)) {
                  of.forEach(one -> partitions.add(new TopicPartition(topic, one.partition())));
                }
              });
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        consumer.poll(Duration.ofMillis(50)).forEach(all::add);
      }
    }
    return all;
  }

  private static boolean holdsCanary(ConsumerRecord<byte[], byte[]> record) {
    return record.value() != null
        && new String(record.value(), StandardCharsets.ISO_8859_1).contains(CANARY);
  }

  private static void awaitFollowing(ServiceProcess service, String source) {
    await().atMost(PATIENCE).until(() -> isFollowed(service, source));
  }

  private static boolean isFollowed(ServiceProcess service, String source) {
    return service.body("/q/health/ready").contains("\"capture." + source + "\": \"following");
  }

  private static void awaitHealth(ServiceProcess service, String text) {
    await().atMost(PATIENCE).until(() -> service.body("/q/health/ready").contains(text));
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

  private static List<RunEvent> awaitRuns(String dataset, int count) {
    return await().atMost(PATIENCE).until(() -> runs(dataset), runs -> runs.size() >= count);
  }

  private static List<RunEvent> runs(String dataset) {
    return completed(dataset, Trigger.CHANGE_CAPTURE);
  }

  private static List<RunEvent> awaitSweeps(String dataset, int count) {
    return await()
        .atMost(PATIENCE)
        .until(() -> completed(dataset, Trigger.SWEEP), runs -> runs.size() >= count);
  }

  private static List<RunEvent> completed(String dataset, Trigger trigger) {
    return mesh.events(
        event ->
            event.getType() == RunEventType.COMPLETED
                && event.getTrigger() == trigger
                && dataset.equals(event.getDatasetId()));
  }

  private static void execute(PostgresEndpoint database, String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void executeMart(String... statements) throws SQLException {
    try (Connection connection = server.connect(mart);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void dropSlots(PostgresEndpoint database) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              execute(
                  database,
                  "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                      + " WHERE database = current_database()");
              return true;
            });
  }
}
