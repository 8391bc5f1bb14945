package io.profilemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.e2e.MeshLog.Entry;
import io.profilemesh.schema.ProfileRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a request message to a drift event to a REST answer; and a stranger's client reads it. */
class MainJobE2E {

  @TempDir static Path directory;
  private static TestMesh mesh;

  @BeforeAll
  static void startMesh() {
    mesh =
        new TestMesh(
            "mainjob",
            directory,
            Map.of(),
            """
              - source: shop
                include: ["public.*", "broad.*"]
            """);
    mesh.source(
        "CREATE TABLE public.customers (id bigint PRIMARY KEY, email text, balance numeric(12,2))",
        "CREATE TABLE public.orders (id bigint PRIMARY KEY, customer bigint, placed_at"
            + " timestamptz)",
        "INSERT INTO public.customers SELECT i, 'c' || i || '@example.org', i * 1.25"
            + " FROM generate_series(1, 1000) i",
        "INSERT INTO public.orders SELECT i, i % 1000, timestamptz '2026-01-01Z' + i * interval '1"
            + " h' FROM generate_series(1, 2000) i");
  }

  @AfterAll
  static void stopMesh() {
    mesh.close();
  }

  @Test
  void shouldTellOfDriftOnTopicAndOverRestWhenATableIsDamaged() throws IOException {
    // given
    request("first", "public.*");
    await().atMost(Duration.ofSeconds(30)).until(() -> completed("first") == 2);

    // when
    mesh.source("UPDATE public.customers SET email = NULL WHERE id % 3 = 0");
    mesh.produce(
        mesh.topics().profileRequestsJson().name(),
        null,
        "{\"requestId\":\"second\",\"source\":\"shop\",\"table\":\"public.customers\"}"
            .getBytes(StandardCharsets.UTF_8));

    // then
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> driftEvents().stream().anyMatch(e -> e.key().endsWith("customers")));
    Entry event =
        driftEvents().stream()
            .filter(e -> e.key().equals("shop/public/customers"))
            .filter(e -> "null_percent".equals(e.text("metric")))
            .findFirst()
            .orElseThrow();
    assertThat(event.text("column")).isEqualTo("email");
    assertThat(event.text("severity")).isEqualTo("HIGH");
    assertThat(event.text("message")).contains("email").contains("33.3");

    String events = "/api/v1/drift-events?table=customers&column=email";
    await().atMost(Duration.ofSeconds(10)).until(() -> items(events).size() > 0);
    JsonNode answered = items(events).get(0);
    assertThat(answered.get("eventId").asText()).isEqualTo(event.text("eventId"));
    String run = event.text("runId");
    assertThat(json("/api/v1/runs/" + run + "/verdict").get("outcome").asText())
        .isEqualToIgnoringCase("drift");
    assertThat(mesh.get("/api/v1/runs/" + run).statusCode()).isEqualTo(200);
    checkThatAComparisonSaysTheSame(run);
    assertThat(items("/api/v1/runs?status=completed&table=customers")).hasSize(2);
    assertThat(items("/api/v1/tables/shop%2Fpublic%2Fcustomers/history")).hasSize(2);
  }

  @Test
  void shouldJudgeAForgottenTableByItsStoredRunsWhenTheyAreSeeded() throws IOException {
    // given: two runs, which the drift service then forgets
    mesh.source(
        "CREATE SCHEMA IF NOT EXISTS broad",
        "CREATE TABLE broad.returns AS SELECT i, 'r' || i AS reason FROM generate_series(1, 500)"
            + " i");
    for (String id : List.of("returns 1", "returns 2")) {
      request(id, "broad.returns");
      await().atMost(Duration.ofSeconds(30)).until(() -> completed(id) == 1);
    }
    String memory = "/api/v1/tables/shop%2Fbroad%2Freturns/memory";
    await().atMost(Duration.ofSeconds(30)).until(() -> verdicts("shop/broad/returns").size() == 2);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> items("/api/v1/tables/shop%2Fbroad%2Freturns/history").size() == 2);
    assertThat(mesh.send("DELETE", memory).statusCode()).isIn(202, 204);

    // when
    assertThat(mesh.send("PUT", memory).statusCode()).isIn(200, 202);
    request("returns 3", "broad.returns");

    // then
    await().atMost(Duration.ofSeconds(30)).until(() -> verdicts("shop/broad/returns").size() == 3);
    List<Entry> judged = verdicts("shop/broad/returns");
    assertThat(judged.get(0).text("outcome")).isEqualTo("NOT_EVALUATED");
    assertThat(judged.get(2).text("outcome")).isEqualTo("NO_DRIFT");
    assertThat((List<?>) judged.get(2).value().get("baselineRunIds"))
        .hasToString("[" + judged.get(1).text("runId") + "]");
  }

  @Test
  void shouldBeReadableWithAStockConfluentClient() throws IOException {
    // given
    StockClient client = StockClient.installed();
    request("for the stock client", "public.orders");
    await().atMost(Duration.ofSeconds(30)).until(() -> completed("for the stock client") == 1);
    mesh.source("DELETE FROM public.orders WHERE id % 2 = 0");
    request("for the stock client again", "public.orders");
    await().atMost(Duration.ofSeconds(30)).until(() -> !driftEvents().isEmpty());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> driftEvents().stream().anyMatch(e -> e.key().endsWith("orders")));

    // when
    List<JsonNode> profiles = client.read(mesh, mesh.topics().tableProfiles());
    List<JsonNode> events = client.read(mesh, mesh.topics().driftEvents());

    // then
    assertThat(profiles)
        .anySatisfy(
            profile -> {
              assertThat(profile.at("/value/datasetId").asText()).isEqualTo("shop/public/orders");
              assertThat(profile.at("/value/rowCount").asLong()).isEqualTo(1000);
            });
    assertThat(events)
        .anySatisfy(found -> assertThat(found.at("/value/metric").asText()).isEqualTo("row_count"));
  }

  @Test
  void shouldProfileAndJudgeATableOfManyColumnsWhole() throws IOException {
    // given
    mesh.source(
        "CREATE SCHEMA IF NOT EXISTS broad",
        "DO $$ BEGIN EXECUTE 'CREATE TABLE broad.readings AS SELECT '"
            + " || (SELECT string_agg(format('(i * %s) %% 9973 AS c%s', 2 * n + 1, n), ', ')"
            + " FROM generate_series(1, 1600) n) || ' FROM generate_series(1, 9000) i'; END $$");
    request("broad", "broad.readings");
    await().atMost(Duration.ofSeconds(60)).until(() -> completed("broad") == 1);

    // when
    mesh.source("UPDATE broad.readings SET c1500 = NULL WHERE c1 % 2 = 0");
    request("broad again", "broad.readings");

    // then: no part is larger than a broker takes by default
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> driftEvents().stream().anyMatch(e -> e.key().endsWith("broad/readings")));
    List<Entry> parts =
        mesh.log().read(mesh.topics().tableProfiles().name()).stream()
            .filter(e -> "broad".equals(e.text("requestId")))
            .toList();
    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(parts).hasSize((int) parts.get(0).number("partCount"));
    assertThat(parts).flatExtracting(e -> (List<?>) e.value().get("columnProfiles")).hasSize(1600);

    Entry event =
        driftEvents().stream()
            .filter(e -> e.key().endsWith("broad/readings"))
            .filter(e -> "null_percent".equals(e.text("metric")))
            .findFirst()
            .orElseThrow();
    assertThat(event.text("column")).isEqualTo("c1500");
    String run = event.text("runId");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> mesh.get("/api/v1/runs/" + run + "/verdict").statusCode() == 200);
    assertThat(json("/api/v1/runs/" + run).get("columns")).hasSize(1600);
    checkThatAComparisonSaysTheSame(run);
  }

  @Test
  void shouldAnswerCommandsAsTheirUserTypesThem() throws IOException {
    // given
    TypedCommands commands = new TypedCommands(mesh, directory);

    // when
    String run = commands.profileADamagedTable();

    // then
    commands.checkThatEachAnswersInEveryForm(run);
    commands.checkWhatTheySay(run);
    commands.checkThatTheTestOfAlertsIsNoHistory();
    commands.checkPeople();
    commands.checkThatARefusedRecordIsReplayedOnce();
  }

  private static void checkThatAComparisonSaysTheSame(String run) throws IOException {
    JsonNode verdict = json("/api/v1/runs/" + run + "/verdict");
    JsonNode comparison = json("/api/v1/compare?current=" + run);
    assertThat(comparison.at("/verdict/comparable").asBoolean()).isTrue();
    List<String> found = new ArrayList<>();
    verdict.get("findingIds").forEach(id -> found.add(id.asText()));
    assertThat(comparison.get("changes"))
        .extracting(change -> change.get("eventId").asText())
        .containsExactlyElementsOf(found);
    assertThat(comparison.get("judgements")).isEqualTo(verdict.get("judgements"));
    assertThat(comparison.get("notEvaluated")).isEqualTo(verdict.get("notEvaluated"));
    for (JsonNode told : items("/api/v1/drift-events?runId=" + run)) {
      assertThat(comparison.get("changes"))
          .anySatisfy(
              change -> {
                assertThat(change.get("eventId")).isEqualTo(told.get("eventId"));
                assertThat(change.get("message")).isEqualTo(told.get("message"));
                assertThat(change.get("severity")).isEqualTo(told.get("severity"));
                assertThat(change.get("metadata")).isEqualTo(told.get("metadata"));
              });
    }
  }

  private static void request(String id, String table) {
    mesh.produce(
        mesh.topics().profileRequests().name(),
        id,
        ProfileRequest.newBuilder().setRequestId(id).setSource("shop").setTable(table).build());
  }

  private static long completed(String requestId) {
    return mesh.log().read(mesh.topics().runEvents().name()).stream()
        .filter(e -> requestId.equals(e.text("requestId")))
        .filter(e -> "COMPLETED".equals(e.text("type")))
        .count();
  }

  private static List<Entry> verdicts(String dataset) {
    return mesh.log().read(mesh.topics().runVerdicts().name()).stream()
        .filter(verdict -> dataset.equals(verdict.key()))
        .toList();
  }

  private static List<Entry> driftEvents() {
    return mesh.log().read(mesh.topics().driftEvents().name());
  }

  private static JsonNode items(String path) throws IOException {
    return json(path).get("items");
  }

  private static JsonNode json(String path) throws IOException {
    return new ObjectMapper().readTree(mesh.get(path).body());
  }
}
