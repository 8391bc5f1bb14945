package io.profilemesh.query.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.query.ServiceProcess;
import io.profilemesh.query.TopicFeed;
import io.profilemesh.query.start.Mesh;
import io.profilemesh.schema.ColumnProfile;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftCommandKind;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.Feedback;
import io.profilemesh.schema.Incident;
import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.MetricValue;
import io.profilemesh.schema.Severity;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.sink.Samples;
import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Incidents, policies and commands over REST; the drift service is played by the test. */
class DriftCareIT {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final String INCIDENTS = "/api/v1/incidents";
  private static final String POLICIES = "/api/v1/policies";
  private static ServiceProcess service;
  private static Mesh mesh;
  private static TopicFeed feed;

  @BeforeAll
  static void fill() throws IOException {
    service = ServiceProcess.create();
    service.migrations().apply(ApplyOptions.all());
    service.start().awaitReady();
    mesh = service.mesh();
    RestAssured.baseURI = "http://127.0.0.1";
    RestAssured.port = service.port();
    RestAssured.requestSpecification =
        new RequestSpecBuilder()
            .addHeader("Authorization", "Bearer " + service.key("tests", "admin"))
            .build();
    feed = new TopicFeed(mesh);
    Samples run = Samples.of("orders", "00000000-0000-4000-8000-000000000001");
    DriftEvent event = run.drift(Severity.HIGH, "blank_percent");
    event.setIncidentId(id(0));
    event.setIncidentState(IncidentState.OPENED);
    feed.wholeRun(run, Severity.LOW);
    feed.send(event);
    for (int i = 0; i < 20; i++) {
      feed.send(incident(i));
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              get(INCIDENTS + "?total=true").body("total", equalTo(20));
              get(INCIDENTS + "/" + id(0)).body("events", hasSize(1));
              get("/api/v1/runs/" + run.runId()).statusCode(200);
            });
  }

  @AfterAll
  static void end() {
    feed.close();
    service.close();
    RestAssured.reset();
  }

  @Test
  void shouldListIncidentsTheLastOpenedFirst() {
    get(INCIDENTS + "?limit=2")
        .body("items.incidentId", contains(id(19), id(18)))
        .body("items[0].datasetId", equalTo("shop/public/orders"))
        .body("items[0].group", equalTo("completeness"))
        .body("next", notNullValue());
    String next = get(INCIDENTS + "?limit=15").extract().path("next");
    get(INCIDENTS + "?limit=15&cursor=" + next).body("items", hasSize(5));
  }

  @ParameterizedTest
  @CsvSource({
    "state=open,15",
    "state=resolved,5",
    "severity=high,10",
    "minSeverity=medium,10",
    "table=orders,20",
    "table=nothing,0",
    "dataset=shop/public/orders,20",
    "column=email,20",
    "group=volume,0",
    "owner=shop-team,20",
    "assignee=ada,0",
    "from=2026-03-01T00:15:00Z,5",
    "to=2026-03-01T00:05:00Z,5"
  })
  void shouldFilterIncidents(String query, int expected) {
    given()
        .get(INCIDENTS + "?total=true&" + query)
        .then()
        .statusCode(200)
        .body("total", equalTo(expected));
  }

  @Test
  void shouldTellTheHistoryOfAnIncident() {
    get(INCIDENTS + "/" + id(0))
        .body("incident.incidentId", equalTo(id(0)))
        .body("events[0].incidentState", equalTo("opened"));
    given().get(INCIDENTS + "/" + id(99)).then().statusCode(404);
  }

  @Test
  void shouldOrderWhatIsAskedAndAnswerWhenItIsDone() {
    // given: the drift service follows the order at once
    Thread drift =
        new Thread(
            () -> {
              Awaitility.await()
                  .atMost(Duration.ofSeconds(20))
                  .until(() -> commandsOf(id(1)).size() == 2);
              Incident done = incident(1);
              done.setAcknowledgedBy("grace");
              done.setFeedback(Feedback.CONFIRMED);
              done.setRevision(3);
              feed.send(done);
            });
    drift.start();

    // when
    given()
        .contentType(ContentType.JSON)
        .body("{\"acknowledge\":true,\"feedback\":\"confirmed\",\"actor\":\"grace\"}")
        .patch(INCIDENTS + "/" + id(1))
        .then()
        .statusCode(org.hamcrest.Matchers.oneOf(200, 202));

    // then
    assertThat(commandsOf(id(1)))
        .extracting(DriftCommand::getKind, DriftCommand::getActor, DriftCommand::getFeedback)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                DriftCommandKind.ACKNOWLEDGE, "grace (tests)", null),
            org.assertj.core.api.Assertions.tuple(
                DriftCommandKind.FEEDBACK, "grace (tests)", Feedback.CONFIRMED));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                get(INCIDENTS + "/" + id(1))
                    .body("incident.acknowledgedBy", equalTo("grace"))
                    .body("commands", hasSize(2)));
  }

  @ParameterizedTest
  @CsvSource({
    "{},body",
    "{\"reason\":\"why\"},body",
    "{\"feedback\":\"nice\"},feedback",
    "{\"mutedUntil\":\"tomorrow\"},mutedUntil",
    "{\"assignee\":7},assignee",
    "{\"delete\":true},delete"
  })
  void shouldNameTheFieldThatIsWrong(String body, String field) {
    given()
        .contentType(ContentType.JSON)
        .body(body)
        .patch(INCIDENTS + "/" + id(2))
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo(field));
  }

  @Test
  void shouldForgetAnIncidentWhenItsTombstoneComes() {
    // given
    feed.send(incident(70));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> given().get(INCIDENTS + "/" + id(70)).statusCode() == 200);

    // when
    feed.remove(mesh.topics().incidents(), id(70));

    // then
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> given().get(INCIDENTS + "/" + id(70)).statusCode() == 404);
  }

  @Test
  void shouldWriteReadAndRemoveAPolicy() {
    // when
    String tag =
        put("lax", "{\"datasetPattern\":\"shop/*\",\"metrics\":[\"null_percent\"],\"rank\":7}")
            .statusCode(200)
            .body("policyId", equalTo("lax"))
            .body("policy.datasetPattern", equalTo("shop/*"))
            .body("updatedBy", equalTo("ada (tests)"))
            .extract()
            .header("ETag");

    // then
    get(POLICIES + "/lax").header("ETag", equalTo(tag)).body("rank", equalTo(7));
    given().header("If-None-Match", tag).get(POLICIES + "/lax").then().statusCode(304);
    get(POLICIES).body("items.policyId", org.hamcrest.Matchers.hasItem("lax"));
    List<DriftPolicy> written = feed.read(mesh.topics().driftPolicies());
    assertThat(written).extracting(DriftPolicy::getPolicyId).contains("lax");
    given()
        .header("If-Match", "\"policy-999\"")
        .delete(POLICIES + "/lax")
        .then()
        .statusCode(412)
        .body("code", equalTo("VERSION_CHANGED"));
    given().header("If-Match", tag).delete(POLICIES + "/lax").then().statusCode(204);
    given().get(POLICIES + "/lax").then().statusCode(404);
    given().delete(POLICIES + "/lax").then().statusCode(404);
  }

  @Test
  void shouldNotOverwriteWhatSomebodyElseChanged() {
    // given
    String tag = put("shared", "{\"rank\":1}").statusCode(200).extract().header("ETag");
    put("shared", "{\"rank\":2}").statusCode(200);

    // when
    given()
        .contentType(ContentType.JSON)
        .header("If-Match", tag)
        .body("{\"rank\":3}")
        .put(POLICIES + "/shared")
        .then()
        .statusCode(412);
    given()
        .contentType(ContentType.JSON)
        .header("If-None-Match", "*")
        .body("{\"rank\":3}")
        .put(POLICIES + "/shared")
        .then()
        .statusCode(412);

    // then
    get(POLICIES + "/shared").body("rank", equalTo(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"window\":1000}|window",
        "{\"lowThreshold\":0.9,\"highThreshold\":0.1}|body",
        "{\"absoluteFloor\":-1}|absoluteFloor",
        "{\"runbookUrl\":\"javascript:alert(1)\"}|runbookUrl",
        "{\"policyId\":\"other\"}|policyId",
        "{\"misspelt\":1}|misspelt",
        "[]|body"
      })
  void shouldRefuseAPolicyThatIsNone(String body, String field) {
    put("bad", body)
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo(field));
    given().get(POLICIES + "/bad").then().statusCode(404);
  }

  @Test
  void shouldOrderBaselinesAndMutes() {
    String table = "/api/v1/tables/shop%2Fpublic%2Forders";
    send("PUT", table + "/baseline?runId=00000000-0000-4000-8000-000000000001&requester=ada", 204);
    send("DELETE", table + "/baseline", 204);
    send("PUT", table + "/accepted-schema?column=email", 204);
    send("PUT", table + "/mute?until=2026-12-01T00:00:00Z&metric=mean", 204);
    send("PUT", table + "/baseline?runId=00000000-0000-4000-8000-000000000009", 404);
    send("PUT", table + "/baseline", 400);

    List<DriftCommand> commands = feed.read(mesh.topics().driftCommands());
    assertThat(commands)
        .extracting(DriftCommand::getKind)
        .containsSubsequence(
            DriftCommandKind.PIN,
            DriftCommandKind.UNPIN,
            DriftCommandKind.ACCEPT_SCHEMA,
            DriftCommandKind.MUTE);
  }

  @Test
  void shouldTellOneDriftEvent() {
    String event = get(INCIDENTS + "/" + id(0)).extract().path("events[0].eventId");

    get("/api/v1/drift-events/" + event)
        .body("eventId", equalTo(event))
        .body("metric", equalTo("blank_percent"))
        .body("metadata.strategy", equalTo("previous"));
    given().get("/api/v1/drift-events/unheard").then().statusCode(404);
  }

  @Test
  void shouldShowABaselineAndForgetADataset() {
    // given
    String table = "/api/v1/tables/shop%2Fpublic%2Fpinned";
    String run = "00000000-0000-4000-8000-000000000201";
    Samples pinned = new Samples(DatasetId.of("shop", "public", "pinned"), run, START);
    feed.wholeRun(pinned, Severity.LOW);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> raw(table + "/baseline").body("judgedRunId", equalTo(run)));

    // when
    send("PUT", table + "/baseline?runId=" + run + "&requester=ada&reason=audited", 204);

    // then
    raw(table + "/baseline")
        .body("pinnedRunId", equalTo(run))
        .body("pinnedBy", equalTo("ada (tests)"))
        .body("pinReason", equalTo("audited"))
        .body("strategy", equalTo("previous"))
        .body("baselineRunIds", hasSize(1));
    send("DELETE", table + "/memory?requester=ada", 204);
    raw(table + "/baseline").body("pinnedRunId", org.hamcrest.Matchers.nullValue());
    send("GET", "/api/v1/tables/shop%2Fpublic%2Funheard/baseline", 404);
    List<DriftCommand> commands = feed.read(mesh.topics().driftCommands());
    assertThat(commands)
        .filteredOn(command -> command.getDatasetId().equals("shop/public/pinned"))
        .extracting(DriftCommand::getKind)
        .containsExactly(DriftCommandKind.PIN, DriftCommandKind.FORGET);
  }

  @Test
  void shouldCompareRuns() {
    // given
    DatasetId dataset = DatasetId.of("shop", "public", "compared");
    Samples before = new Samples(dataset, "00000000-0000-4000-8000-000000000101", START);
    Samples now =
        new Samples(
            dataset, "00000000-0000-4000-8000-000000000102", START.plus(Duration.ofDays(1)));
    feed.send(before.profile());
    feed.send(withNulls(now.profile()));
    String compare = "/api/v1/compare?table=compared";
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> get(compare).body("current.runId", equalTo(now.runId())));

    // when / then
    get(compare)
        .body("datasetId", equalTo("shop/public/compared"))
        .body("baseline.runId", equalTo(before.runId()))
        .body("strategy", equalTo("auto"))
        .body("outcome", org.hamcrest.Matchers.oneOf("drift", "no_drift"))
        .body("verdict", org.hamcrest.Matchers.nullValue());
    get("/api/v1/compare?strategy=previous&current=" + now.runId())
        .body("totals.all", equalTo(1))
        .body("changes[0].metric", equalTo("null_percent"))
        .body("changes[0].baselineValue", equalTo(1.0f))
        .body("changes[0].metadata.strategy", equalTo("previous"));
    get("/api/v1/compare?baseline=" + before.runId() + "&current=" + now.runId())
        .body("strategy", equalTo("pinned"))
        .body("changes.message", hasSize(1));
    get("/api/v1/compare?format=csv&strategy=previous&current=" + now.runId())
        .body(containsString("column_0,null_percent"));
  }

  @ParameterizedTest
  @CsvSource({
    "current=nonsense,400,current",
    "current=00000000-0000-4000-8000-000000000999,404,",
    "table=unheard,404,",
    "dataset=shop%2Fpublic%2Funheard,404,",
    "strategy=guess&table=orders,400,strategy",
    "runs=1&table=orders,400,runs",
    "runs=7&strategy=auto&table=orders,400,baseline",
    "baselineFrom=yesterday&table=orders,400,baselineFrom",
    "policyVersion=-1&table=orders,400,policyVersion",
    "policyVersion=999999&table=orders,400,policyVersion",
    "baseline=00000000-0000-4000-8000-000000000001&table=orders,400,baseline",
    "baseline=00000000-0000-4000-8000-000000000999&table=orders,404,",
    "runs=7,400,current",
    "tabel=orders,400,tabel"
  })
  void shouldSayWhatIsWrongWithAComparison(String query, int status, String field) {
    given()
        .urlEncodingEnabled(false)
        .get("/api/v1/compare?" + query)
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("field", equalTo(field));
  }

  @Test
  void shouldTryPoliciesWithoutWritingThem() {
    given()
        .contentType(ContentType.JSON)
        .body("{\"policies\":[{\"policyId\":\"tried\",\"ignore\":true}],\"days\":3650}")
        .post(POLICIES + "/test")
        .then()
        .statusCode(200)
        .body("complete", equalTo(true))
        .body("runs", org.hamcrest.Matchers.greaterThan(0))
        .body("totals.added", equalTo(0));
    given().get(POLICIES + "/tried").then().statusCode(404);
    given()
        .contentType(ContentType.JSON)
        .header("Accept", "text/csv")
        .body("{\"removed\":[\"nothing\"],\"from\":\"2026-01-01T00:00:00Z\"}")
        .post(POLICIES + "/test")
        .then()
        .statusCode(200)
        .body(containsString("datasetId,runId,at"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|policies",
        "[]|body",
        "{\"policies\":{}}|policies",
        "{\"policies\":[{}]}|policyId",
        "{\"policies\":[{\"policyId\":\"a\"},{\"policyId\":\"a\"}]}|policyId",
        "{\"policies\":[{\"policyId\":\"a\",\"window\":1000}]}|window",
        "{\"policies\":[{\"policyId\":\"a\"}],\"days\":0}|days",
        "{\"policies\":[{\"policyId\":\"a\"}],\"days\":1,\"from\":\"2026-01-01T00:00:00Z\"}|days",
        "{\"removed\":[\"a\"],\"to\":\"tomorrow\"}|to",
        "{\"removed\":[\"a\"],\"misspelt\":1}|misspelt"
      })
  void shouldSayWhatIsWrongWithAProposal(String body, String field) {
    given()
        .contentType(ContentType.JSON)
        .body(body)
        .post(POLICIES + "/test")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo(field));
  }

  @Test
  void shouldAnswerAsCsv() {
    given()
        .header("Accept", "text/csv")
        .get(INCIDENTS + "?limit=1")
        .then()
        .statusCode(200)
        .body(containsString("incidentId,environment,datasetId"));
  }

  private static void send(String method, String path, int status) {
    given().urlEncodingEnabled(false).request(method, path).then().statusCode(status);
  }

  private static io.restassured.response.ValidatableResponse put(String id, String body) {
    return given()
        .contentType(ContentType.JSON)
        .body(body)
        .put(POLICIES + "/" + id + "?requester=ada")
        .then();
  }

  private static TableProfile withNulls(TableProfile profile) {
    ColumnProfile column = profile.getColumnProfiles().get(0);
    column.setHistogram(null);
    column.setQuantiles(null);
    column.setFrequentValues(null);
    for (MetricValue metric : column.getMetrics()) {
      switch (metric.getName()) {
        case "null_count" -> metric.setNumber(400.0);
        case "null_percent" -> metric.setNumber(40.0);
        default -> {}
      }
    }
    return profile;
  }

  private static io.restassured.response.ValidatableResponse raw(String path) {
    return given().urlEncodingEnabled(false).get(path).then().statusCode(200);
  }

  private static io.restassured.response.ValidatableResponse get(String path) {
    return given().get(path).then().statusCode(200);
  }

  private static List<DriftCommand> commandsOf(String incident) {
    List<DriftCommand> all = feed.read(mesh.topics().driftCommands());
    return all.stream().filter(command -> incident.equals(command.getIncidentId())).toList();
  }

  private static String id(int i) {
    return "%032x".formatted(i + 1);
  }

  private static Incident incident(int i) {
    Instant at = START.plusSeconds(60L * i);
    return Incident.newBuilder()
        .setIncidentId(id(i))
        .setEnvironment("test")
        .setDatasetId("shop/public/orders")
        .setColumn("email")
        .setMetricGroup("completeness")
        .setState(i % 4 == 3 ? IncidentState.RESOLVED : IncidentState.OPENED)
        .setSeverity(i % 2 == 0 ? Severity.HIGH : Severity.LOW)
        .setHighestSeverity(Severity.HIGH)
        .setOpenedAt(at)
        .setUpdatedAt(at)
        .setResolvedAt(i % 4 == 3 ? at.plusSeconds(30) : null)
        .setFirstEventId(id(1_000 + i))
        .setLastEventId(id(1_000 + i))
        .setFirstRunId("00000000-0000-4000-8000-000000000001")
        .setLastRunId("00000000-0000-4000-8000-000000000001")
        .setRuns(1)
        .setMessage("email of orders: 60 % of values are missing.")
        .setOwner("shop-team")
        .setTags(List.of("gold"))
        .setRevision(1)
        .build();
  }
}
