package io.profilemesh.profiler;

import static io.profilemesh.profiler.MeshTopics.requestFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.profilemesh.core.profile.RunId;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.DistinctMode;
import io.profilemesh.schema.EventHeaders;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.Quality;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.RunOptions;
import io.profilemesh.schema.Sampling;
import io.profilemesh.schema.SamplingMethod;
import io.profilemesh.schema.SliceRequest;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stack;
import io.profilemesh.stack.Stacks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilerServiceIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PREFIX = "profiler-it-" + System.nanoTime() + ".";

  @TempDir static Path directory;

  private static PostgresEndpoint shop;
  private static ServiceProcess service;
  private static MeshTopics mesh;

  @BeforeAll
  static void start() throws Exception {
    Stack stack = Stacks.shared();
    shop = stack.createDatabase("profiler_it_" + System.nanoTime());
    execute(
        "CREATE TABLE customers (id int PRIMARY KEY, email text, age int)",
        "INSERT INTO customers SELECT i, CASE WHEN i % 4 > 0 THEN 'c' || i || '@shop.test' END,"
            + " 20 + i % 50 FROM generate_series(1, 1000) i",
        "CREATE TABLE orders (id int PRIMARY KEY, amount numeric(10,2), ordered_at timestamptz)",
        "INSERT INTO orders SELECT i, i * 1.5, now() FROM generate_series(1, 500) i",
        "CREATE TABLE visits (at timestamptz, page int)",
        "INSERT INTO visits SELECT now() - i * interval '1 hour', i FROM generate_series(1, 240) i",
        "INSERT INTO visits VALUES (NULL, -1), ('2024-02-29T23:59:59.999Z', 17)",
        "CREATE SCHEMA many",
        "CREATE VIEW broken AS SELECT 1 / (id - id) AS x FROM customers",
        "CREATE TABLE \"x\"\"; drop table customers;--\" (\"naïve 😀\" text)");
    for (int i = 0; i < 12; i++) {
      execute("CREATE TABLE many.t" + i + " AS SELECT " + i + " AS n");
    }
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
              closed: { type: postgresql, database: d, username: u, enabled: false }
              notes: { type: sqlite, path: notes.db }
            datasets:
              - source: warehouse
                table: public.visits
                slice: { name: daily, column: at, period: P1D }
                data-age-column: at
                histogram-bins: 4
                owner: web-team
              - source: warehouse
                include: ["public.*"]
                owner: shop-team
                tags: [gold]
            """
                .formatted(shop.host(), shop.port(), shop.database(), shop.username()));
    try (Connection notes =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("notes.db"));
        Statement statement = notes.createStatement()) {
      statement.execute(
          "CREATE TABLE \"my notes\" (id INTEGER PRIMARY KEY, text TEXT, done BOOLEAN)");
      statement.execute("INSERT INTO \"my notes\" VALUES (1, 'buy milk', 0), (2, 'sell milk', 1)");
    }
    mesh = new MeshTopics(stack, PREFIX, 3);
    service =
        new ServiceProcess(stack, PREFIX, "one", config)
            .with("IT_PASSWORD", shop.password())
            .with("PROFILEMESH_WORKER_RETRY_FOR", "2s")
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
  void shouldProfileATableWhenAskedInAvro() {
    // given
    String requestId = requestId();

    // when
    mesh.request(
        requestFor("public.customers").setRequestId(requestId).setRequester("ann").build());

    // then
    awaitSteps(requestId, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED);
    List<TableProfile> profiles = mesh.profilesOfRequest(requestId);
    assertThat(profiles).hasSize(1);
    TableProfile profile = profiles.get(0);
    assertThat(RecordRules.check(profile)).isEmpty();
    assertThat(profile.getRunId()).isEqualTo(RunId.derivedFrom(requestId).toString());
    assertThat(profile.getDatasetId()).isEqualTo("warehouse/public/customers");
    assertThat(profile.getRowCount()).isEqualTo(1000);
    assertThat(profile.getOwner()).isEqualTo("shop-team");
    assertThat(profile.getTags()).containsExactly("gold");
    assertThat(profile.getRequester()).isEqualTo("ann");
    assertThat(profile.getColumns()).extracting("name").containsExactly("id", "email", "age");
    assertThat(profile.toString()).doesNotContain("@shop.test");
    RunEvent completed = last(requestId);
    assertThat(completed.getRowCount()).isEqualTo(1000);
    assertThat(completed.getProfileParts()).isEqualTo(1);
    assertThat(mesh.eventsOfRequest(requestId))
        .allSatisfy(event -> assertThat(RecordRules.check(event)).isEmpty());
  }

  @Test
  void shouldProfileATableWhenAskedInJson() {
    String requestId = requestId();

    mesh.requestJson(
        "{\"requestId\":\"%s\",\"source\":\"warehouse\",\"table\":\"public.orders\"}"
            .formatted(requestId));

    awaitSteps(requestId, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED);
    assertThat(mesh.profilesOfRequest(requestId)).hasSize(1);
  }

  @Test
  void shouldDeriveTheRequestFromItsPlaceWhenItHasNoId() {
    RecordMetadata place = mesh.request(requestFor("public.orders").build());

    awaitSteps(
        place.topic() + '/' + place.partition() + '/' + place.offset(),
        RunEventType.ACCEPTED,
        RunEventType.STARTED,
        RunEventType.COMPLETED);
  }

  @Test
  void shouldMakeManyRunsOfAPattern() {
    // given
    String requestId = requestId();

    // when
    mesh.request(
        requestFor("many.*").setRequestId(requestId).setExclude(List.of("many.t1?")).build());

    // then
    await().atMost(PATIENCE).until(() -> count(requestId, RunEventType.COMPLETED) == 10);
    assertThat(mesh.profilesOfRequest(requestId))
        .extracting(TableProfile::getDatasetId)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 10).mapToObj(i -> "warehouse/many/t" + i).toList());
    assertThat(mesh.profilesOfRequest(requestId))
        .extracting(TableProfile::getRunId)
        .containsOnly(RunId.derivedFrom(requestId).toString());
  }

  @Test
  void shouldProfileAFileOfAnotherEngine() {
    // given
    String requestId = requestId();

    // when
    mesh.request(requestFor("my notes").setSource("notes").setRequestId(requestId).build());

    // then
    awaitSteps(requestId, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED);
    TableProfile profile = mesh.profilesOfRequest(requestId).get(0);
    assertThat(RecordRules.check(profile)).isEmpty();
    assertThat(profile.getDatasetId()).isEqualTo("notes//my notes");
    assertThat(profile.getRowCount()).isEqualTo(2);
    assertThat(profile.getSnapshot()).isEqualTo("none");
    assertThat(profile.getColumnProfiles()).hasSize(3);
    assertThat(profile.toString()).doesNotContain("milk");
  }

  @Test
  void shouldProfileEachPeriodOfASliceInARunOfItsOwn() {
    // given
    String requestId = requestId();

    // when
    mesh.request(
        requestFor("public.visits")
            .setRequestId(requestId)
            .setOptions(options(new SliceRequest("daily", null, null, 3)))
            .build());

    // then
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(mesh.profilesOfRequest(requestId)).hasSize(3));
    List<TableProfile> profiles = mesh.profilesOfRequest(requestId);
    assertThat(profiles)
        .extracting(TableProfile::getRunId)
        .doesNotHaveDuplicates()
        .contains(RunId.derivedFrom(requestId).toString());
    assertThat(profiles)
        .allSatisfy(
            profile -> {
              assertThat(RecordRules.check(profile)).isEmpty();
              assertThat(profile.getDatasetId()).isEqualTo("warehouse/public/visits@daily");
              assertThat(profile.getSliceName()).isEqualTo("daily");
              assertThat(profile.getOwner()).isEqualTo("web-team");
              assertThat(profile.getRowCount()).isEqualTo(24);
              assertThat(profile.getSlice().getColumn()).isEqualTo("at");
              assertThat(profile.getSlice().getEnd())
                  .isEqualTo(profile.getSlice().getStart().plus(Duration.ofDays(1)));
              assertThat(profile.getColumnProfiles().get(1).getHistogram().getCounts()).hasSize(4);
              assertThat(profile.getTableMetrics())
                  .extracting(metric -> metric.getName())
                  .contains("data_age");
            });
    assertThat(profiles).extracting(profile -> profile.getSlice().getStart()).isSorted();
  }

  @Test
  void shouldLeaveRowsWithoutATimeOutOfEverySlice() {
    // given
    Instant leapDay = Instant.parse("2024-02-29T00:00:00Z");
    String requestId = requestId();

    // when
    mesh.request(
        requestFor("public.visits")
            .setRequestId(requestId)
            .setOptions(
                options(new SliceRequest("daily", leapDay, leapDay.plus(Duration.ofDays(1)), null)))
            .build());

    // then
    awaitSteps(requestId, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED);
    TableProfile profile = mesh.profilesOfRequest(requestId).get(0);
    assertThat(profile.getRowCount()).isEqualTo(1);
    assertThat(profile.getSlice().getStart()).isEqualTo(leapDay);
  }

  @Test
  void shouldCountDistinctValuesExactlyAndSampleWhenAsked() {
    // given
    String exact = requestId();
    String sample = requestId();

    // when
    mesh.request(
        requestFor("public.customers")
            .setRequestId(exact)
            .setOptions(RunOptions.newBuilder().setDistinct(DistinctMode.EXACT).build())
            .build());
    mesh.request(
        requestFor("public.customers")
            .setRequestId(sample)
            .setOptions(
                RunOptions.newBuilder()
                    .setSampling(new Sampling(SamplingMethod.BERNOULLI, 0.5, null, 7L))
                    .setExcludeColumns(List.of("e*"))
                    .build())
            .build());

    // then
    awaitSteps(exact, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED);
    awaitSteps(sample, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED);
    assertThat(mesh.profilesOfRequest(exact).get(0).getColumnProfiles())
        .allSatisfy(
            column ->
                assertThat(column.getMetrics())
                    .filteredOn(metric -> metric.getName().equals("distinct_count"))
                    .singleElement()
                    .satisfies(metric -> assertThat(metric.getQuality()).isEqualTo(Quality.EXACT)));
    TableProfile sampled = mesh.profilesOfRequest(sample).get(0);
    assertThat(sampled.getSampling())
        .isEqualTo(new Sampling(SamplingMethod.BERNOULLI, 0.5, null, 7L));
    assertThat(sampled.getColumnProfiles())
        .extracting(column -> column.getColumn().getName())
        .containsExactly("id", "age");
    assertThat(sampled.getColumns()).hasSize(3);
    assertThat(sampled.getRowCountQuality()).isEqualTo(Quality.ESTIMATE);
  }

  private static RunOptions options(SliceRequest slice) {
    return RunOptions.newBuilder().setSlice(slice).build();
  }

  @Test
  void shouldAnswerARepeatWithoutDisturbingTheOriginal() {
    // given
    String requestId = requestId();
    ProfileRequest request = requestFor("public.orders").setRequestId(requestId).build();
    mesh.request(request);
    awaitSteps(requestId, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED);
    String original = RunId.derivedFrom(requestId).toString();

    // when
    mesh.request(request);
    mesh.requestJson(
        "{\"requestId\":\"%s\",\"source\":\"warehouse\",\"table\":\"public.customers\"}"
            .formatted(requestId));

    // then
    await().atMost(PATIENCE).until(() -> mesh.eventsOfRequest(requestId).size() >= 5);
    RunEvent repeat = event(requestId, ReasonCode.DUPLICATE_REQUEST);
    RunEvent conflict = event(requestId, ReasonCode.CONFLICTING_REQUEST);
    assertThat(repeat.getType()).isEqualTo(RunEventType.SKIPPED);
    assertThat(conflict.getType()).isEqualTo(RunEventType.FAILED);
    assertThat(List.of(repeat, conflict))
        .allSatisfy(event -> assertThat(event.getRunId()).isNotEqualTo(original))
        .allSatisfy(event -> assertThat(event.getMessage()).contains(original));
    assertThat(mesh.profilesOfRequest(requestId)).hasSize(1);
  }

  @Test
  void shouldAnswerEveryBadRequestWithItsReason() {
    // given
    Map<String, ReasonCode> expected = new HashMap<>();
    Instant past = Instant.now().minusSeconds(60);
    bad(expected, ReasonCode.UNKNOWN_SOURCE, requestFor("public.orders").setSource("nowhere"));
    bad(expected, ReasonCode.UNKNOWN_SOURCE, requestFor("public.orders").setSource("closed"));
    bad(
        expected,
        ReasonCode.INVALID_REQUEST,
        requestFor("public.orders").setSource("jdbc:postgresql://h/d?password=hunter2"));
    bad(expected, ReasonCode.INVALID_PATTERN, requestFor("jdbc:postgresql://h/d?password=hunter2"));
    bad(expected, ReasonCode.NO_MATCHING_TABLE, requestFor("public.vanished"));
    bad(expected, ReasonCode.NO_MATCHING_TABLE, requestFor("nothing_like_*"));
    bad(expected, ReasonCode.NO_MATCHING_TABLE, requestFor("public.Orders"));
    bad(expected, ReasonCode.NO_MATCHING_TABLE, requestFor("public.x; drop table orders;--"));
    bad(expected, ReasonCode.NO_MATCHING_TABLE, requestFor("public.😀"));
    bad(expected, ReasonCode.NO_MATCHING_TABLE, requestFor("public.\u200Forders"));
    bad(expected, ReasonCode.INVALID_REQUEST, requestFor("public.or\nders"));
    bad(expected, ReasonCode.INVALID_REQUEST, requestFor(""));
    bad(expected, ReasonCode.INVALID_PATTERN, requestFor("/(/"));
    bad(expected, ReasonCode.INVALID_PATTERN, requestFor("public."));
    bad(expected, ReasonCode.INVALID_PATTERN, requestFor("public.*").setExclude(List.of("/[/")));
    for (double fraction : new double[] {0, -1, Double.NaN, 1.01}) {
      bad(
          expected,
          ReasonCode.INVALID_OPTION,
          requestFor("public.orders")
              .setOptions(
                  RunOptions.newBuilder()
                      .setSampling(new Sampling(SamplingMethod.BERNOULLI, fraction, null, null))
                      .build()));
    }
    bad(
        expected,
        ReasonCode.INVALID_OPTION,
        requestFor("public.orders")
            .setOptions(
                RunOptions.newBuilder()
                    .setIncludeColumns(IntStream.range(0, 10_000).mapToObj(i -> "c" + i).toList())
                    .build()));
    bad(
        expected,
        ReasonCode.UNKNOWN_COLUMN,
        requestFor("public.orders")
            .setOptions(RunOptions.newBuilder().setIncludeColumns(List.of("id", "nope")).build()));
    bad(
        expected,
        ReasonCode.INVALID_OPTION,
        requestFor("public.orders")
            .setOptions(
                RunOptions.newBuilder()
                    .setSlice(new SliceRequest("daily", null, null, null))
                    .build()));
    bad(expected, ReasonCode.DEADLINE_EXPIRED, requestFor("public.orders").setDeadline(past));
    bad(expected, ReasonCode.SOURCE_UNREACHABLE, requestFor("public.*").setSource("down"));
    String neighbour = requestId();
    mesh.request(requestFor("public.orders").setRequestId(neighbour).build());

    // then
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(expected)
                    .allSatisfy(
                        (requestId, code) ->
                            assertThat(mesh.eventsOfRequest(requestId))
                                .singleElement()
                                .satisfies(
                                    event -> {
                                      assertThat(event.getType()).isEqualTo(RunEventType.FAILED);
                                      assertThat(event.getCode()).isEqualTo(code.name());
                                      assertThat(event.getMessage()).isNotBlank();
                                      assertThat(RecordRules.check(event)).isEmpty();
                                    })));
    awaitSteps(neighbour, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED);
    assertThat(mesh.records())
        .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
        .noneMatch(text -> text.contains("hunter2"));
  }

  @Test
  void shouldAnswerABadJsonRequestUnderItsOwnId() {
    String requestId = requestId();

    mesh.requestJson(
        """
        {"requestId":"%s","source":"warehouse","table":"public.orders",
         "options":{"sampling":{"fraction":0}}}
        """
            .formatted(requestId));

    await().atMost(PATIENCE).until(() -> !mesh.eventsOfRequest(requestId).isEmpty());
    RunEvent event = last(requestId);
    assertThat(event.getCode()).isEqualTo(ReasonCode.INVALID_OPTION.name());
    assertThat(event.getDatasetId()).isEqualTo("warehouse/public/orders");
  }

  @Test
  void shouldEndRunsThatFailAtTheSource() {
    String view = requestId();
    String unreachable = requestId();

    mesh.request(requestFor("public.broken").setRequestId(view).build());
    mesh.request(requestFor("public.orders").setSource("down").setRequestId(unreachable).build());

    awaitSteps(view, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.FAILED);
    assertThat(last(view).getCode()).isEqualTo(ReasonCode.SOURCE_QUERY_FAILED.name());
    awaitSteps(unreachable, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.FAILED);
    assertThat(last(unreachable).getCode()).isEqualTo(ReasonCode.SOURCE_UNREACHABLE.name());
    assertThat(service.status("/q/health/ready")).isEqualTo(200);
  }

  @Test
  void shouldFindATableWhateverItsName() {
    String requestId = requestId();

    mesh.request(requestFor("public.x\"; drop table customers;--").setRequestId(requestId).build());

    awaitSteps(requestId, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED);
  }

  @Test
  void shouldPutUndecodableRecordsAsideAndServeTheirNeighbours() {
    // given
    byte[] unknownSchema = {0, 0x7f, 0x7f, 0x7f, 0x7f, 1};
    List<byte[]> avro =
        new ArrayList<>(
            Arrays.asList(null, new byte[0], new byte[] {1, 2, 3, 4, 5, 6}, unknownSchema));
    List<String> before = deadLetterIds();
    String neighbour = requestId();

    // when: one partition, so that each stands in the way of the next
    Map<RecordMetadata, ReasonCode> bad = new HashMap<>();
    ReasonCode[] codes = {
      ReasonCode.EMPTY_RECORD,
      ReasonCode.EMPTY_RECORD,
      ReasonCode.NOT_AVRO_WIRE_FORMAT,
      ReasonCode.UNKNOWN_SCHEMA_ID
    };
    for (int i = 0; i < avro.size(); i++) {
      bad.put(mesh.send(mesh.topics().profileRequests(), 1, avro.get(i)), codes[i]);
    }
    byte[] brokenJson = "{\"source\": ".getBytes(StandardCharsets.UTF_8);
    bad.put(mesh.send(mesh.topics().profileRequestsJson(), 1, brokenJson), ReasonCode.INVALID_JSON);
    mesh.send(
        mesh.topics().profileRequestsJson(),
        1,
        "{\"requestId\":\"%s\",\"source\":\"warehouse\",\"table\":\"public.orders\"}"
            .formatted(neighbour)
            .getBytes(StandardCharsets.UTF_8));

    // then
    awaitSteps(neighbour, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED);
    await().atMost(PATIENCE).until(() -> deadLetterIds().size() == before.size() + bad.size());
    bad.forEach(
        (place, code) ->
            assertThat(mesh.deadLetters())
                .filteredOn(
                    letter ->
                        letter.getTopic().equals(place.topic())
                            && letter.getPartition() == place.partition()
                            && letter.getOffset() == place.offset())
                .singleElement()
                .satisfies(letter -> assertThat(letter.getCode()).isEqualTo(code.name()))
                .satisfies(letter -> assertThat(RecordRules.check(letter)).isEmpty()));
  }

  @Test
  void shouldPassTheTraceOnInItsHeaders() throws Exception {
    // given
    String requestId = requestId();
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    ProducerRecord<byte[], byte[]> request =
        new ProducerRecord<>(
            mesh.topics().profileRequestsJson().name(),
            "{\"requestId\":\"%s\",\"source\":\"warehouse\",\"table\":\"public.orders\"}"
                .formatted(requestId)
                .getBytes(StandardCharsets.UTF_8));
    request.headers().add("traceparent", trace.getBytes(StandardCharsets.US_ASCII));

    // when
    mesh.producer().send(request).get();
    awaitSteps(requestId, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED);

    // then
    List<ConsumerRecord<byte[], byte[]>> traced =
        mesh.records().stream()
            .filter(
                record ->
                    EventHeaders.traceparent(record.headers()).filter(trace::equals).isPresent())
            .toList();
    assertThat(traced).hasSize(4);
    assertThat(traced)
        .allSatisfy(
            record ->
                assertThat(record.headers())
                    .extracting(header -> header.key())
                    .contains("ce_id", "ce_type", "ce_source", "ce_time"));
  }

  @Test
  void shouldTellHowItStands() {
    String requestId = requestId();
    mesh.request(requestFor("public.orders").setRequestId(requestId).build());
    awaitSteps(requestId, RunEventType.ACCEPTED, RunEventType.STARTED, RunEventType.COMPLETED);

    assertThat(service.body("/q/health/ready"))
        .contains("source.warehouse", "source.down", "RUNNING");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(service.body("/q/metrics"))
                    .contains("profilemesh_runs_total{code=\"none\",outcome=\"completed\"}")
                    .contains("profilemesh_scan_rows")
                    .contains("profilemesh_queue_age_seconds")
                    .doesNotContain("orders"));
  }

  private static void bad(
      Map<String, ReasonCode> expected, ReasonCode code, ProfileRequest.Builder request) {
    String requestId = requestId();
    expected.put(requestId, code);
    mesh.request(request.setRequestId(requestId).build());
  }

  private static void awaitSteps(String requestId, RunEventType... steps) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(mesh.stepsOfRequest(requestId)).containsExactly(steps));
  }

  private static long count(String requestId, RunEventType type) {
    return mesh.stepsOfRequest(requestId).stream().filter(type::equals).count();
  }

  private static RunEvent last(String requestId) {
    List<RunEvent> events = mesh.eventsOfRequest(requestId);
    return events.get(events.size() - 1);
  }

  private static RunEvent event(String requestId, ReasonCode code) {
    return mesh.eventsOfRequest(requestId).stream()
        .filter(event -> code.name().equals(event.getCode()))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> deadLetterIds() {
    return mesh.deadLetters().stream().map(DeadLetter::getDeadLetterId).toList();
  }

  private static String requestId() {
    return "it-" + UUID.randomUUID();
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
