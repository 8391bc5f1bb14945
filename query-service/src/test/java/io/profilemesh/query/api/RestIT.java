package io.profilemesh.query.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.SchemaSupport;
import io.profilemesh.query.ServiceProcess;
import io.profilemesh.query.TopicFeed;
import io.profilemesh.query.start.Mesh;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.MissedFirings;
import io.profilemesh.schema.PlanDecision;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.Schedule;
import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.ScheduleCommandKind;
import io.profilemesh.schema.Severity;
import io.profilemesh.schema.Trigger;
import io.profilemesh.sink.Samples;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RestIT {

  private static final int RUNS = 30;
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final List<String> LISTS =
      List.of("/api/v1/runs", "/api/v1/drift-events", "/api/v1/tables", "/api/v1/table-states");
  private static ServiceProcess service;
  private static Mesh mesh;

  @BeforeAll
  static void fill() throws IOException {
    service = ServiceProcess.create().with("profilemesh.access.mode", "off");
    service.migrations().apply(ApplyOptions.all());
    service.start().awaitReady();
    mesh = service.mesh();
    RestAssured.baseURI = "http://127.0.0.1";
    RestAssured.port = service.port();
    try (TopicFeed feed = new TopicFeed(mesh)) {
      for (int i = 0; i < RUNS; i++) {
        feed.wholeRun(sample(i), i % 3 == 0 ? Severity.HIGH : Severity.LOW);
      }
      Samples failed = new Samples(dataset(0), uuid(900), START.minusSeconds(10));
      feed.send(failed.event(RunEventType.ACCEPTED, 1, 0));
      feed.send(failed.event(RunEventType.FAILED, 1, 1));
      Samples one = new Samples(dataset(0), uuid(901), START.minusSeconds(5));
      Samples other = new Samples(dataset(1), uuid(901), START.minusSeconds(5));
      feed.send(one.event(RunEventType.ACCEPTED, 1, 0));
      feed.send(other.event(RunEventType.ACCEPTED, 1, 0));
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              get("/api/v1/runs?status=completed&total=true").body("total", equalTo(RUNS));
              get("/api/v1/runs?total=true").body("total", equalTo(RUNS + 3));
              get("/api/v1/drift-events?total=true").body("total", equalTo(2 * RUNS));
              get("/api/v1/runs/" + uuid(RUNS - 1) + "/verdict").statusCode(200);
            });
  }

  @AfterAll
  static void end() {
    service.close();
    RestAssured.reset();
  }

  @Test
  void shouldListRunsNewestFirst() {
    get("/api/v1/runs?source=shop&limit=2")
        .statusCode(200)
        .body("items", hasSize(2))
        .body("items[0].runId", equalTo(uuid(RUNS - 1)))
        .body("items[0].status", equalTo("completed"))
        .body("items[0].table", equalTo(dataset(RUNS - 1).table()))
        .body("items[0].rowCount", equalTo(1000))
        .body("items[0].profiledAt", startsWith("2026-03-01T"))
        .body("items[1].runId", equalTo(uuid(RUNS - 2)))
        .body("next", notNullValue())
        .body("prev", nullValue())
        .header("X-Content-Type-Options", "nosniff");
  }

  @ParameterizedTest
  @CsvSource({
    "source=shop,33",
    "source=nowhere,0",
    "schema=public,33",
    "schema=,0",
    "table=table_1,11",
    "dataset=shop/public/table_1,11",
    "status=failed,1",
    "status=FAILED,1",
    "environment=test,33",
    "environment=production,0",
    "requester=ada,33",
    "requestId=request-00000000-0000-4000-8000-000000000003,1",
    "runId=00000000-0000-4000-8000-000000000385,2",
    "from=2026-03-01T00:29:00Z,1",
    "to=2026-03-01T00:00:00Z,3",
    "from=2026-03-01T00:10:00Z&to=2026-03-01T01:15:00%2B01:00,5",
    "days=3650,33",
    "slice=2026-03,0",
    "table=x%22%3B%20drop%20table%20y%3B--,0",
    "table=%3Cimg%20src=x%20onerror=alert(1)%3E,0"
  })
  void shouldFilterRuns(String query, int expected) {
    get("/api/v1/runs?total=true&" + ofShop(query))
        .statusCode(200)
        .body("total", equalTo(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "severity=high,10",
    "severity=low,50",
    "minSeverity=medium,10",
    "minSeverity=low,60",
    "metric=mean,30",
    "column=column_0,60",
    "column=nothing,0",
    "kind=completeness,60",
    "kind=schema,0",
    "table=table_1&severity=low,20",
    "runId=00000000-0000-4000-8000-000000000003,2",
    "from=2026-03-01T00:29:00Z,2",
    "dataset=shop/public/table_0,20"
  })
  void shouldFilterDriftEvents(String query, int expected) {
    get("/api/v1/drift-events?total=true&" + ofShop(query))
        .statusCode(200)
        .body("total", equalTo(expected));
  }

  @Test
  void shouldTellWhatDrifted() {
    get("/api/v1/drift-events?runId=" + uuid(3) + "&metric=null_percent")
        .body("items[0].severity", equalTo("high"))
        .body("items[0].baselineValue", equalTo(1.0f))
        .body("items[0].currentValue", equalTo(34.0f))
        .body("items[0].message", containsString("rose from 1 % to 34 %"))
        .body("items[0].metadata.strategy", equalTo("previous"));
  }

  @Test
  void shouldGiveARunWithEveryColumnAndMetric() {
    get("/api/v1/runs/" + uuid(4))
        .statusCode(200)
        .header("ETag", notNullValue())
        .body("run.runId", equalTo(uuid(4)))
        .body("run.sampling.method", equalTo("none"))
        .body("metrics.metric", hasItems("row_count", "data_age"))
        .body("columns", hasSize(1))
        .body("columns[0].column", equalTo("column_0"))
        .body("columns[0].columnType", equalTo("decimal"))
        .body("columns[0].metrics.find { it.metric == 'distinct_count' }.upper", equalTo(510.0f))
        .body("columns[0].histogram.counts", equalTo(List.of(400, 590)))
        .body("columns[0].quantiles.values[0]", equalTo(1.5f))
        .body("columns[0].frequentValues.values[1].value", equalTo("=1+1"));
  }

  @Test
  void shouldNotSendAgainWhatTheCallerHas() {
    String path = "/api/v1/runs/" + uuid(4);
    String tag = get(path).extract().header("ETag");
    given().header("If-None-Match", tag).get(path).then().statusCode(304);
    given().header("If-None-Match", tag).accept("text/csv").get(path).then().statusCode(200);
    get("/api/v1/runs/" + uuid(901) + "?dataset=" + encode(dataset(0).toString()))
        .statusCode(200)
        .header("ETag", nullValue());
  }

  @Test
  void shouldAskWhichDatasetWhenARunCoversSeveral() {
    problem(get("/api/v1/runs/" + uuid(901)), 400, "DATASET_NEEDED", "dataset")
        .body("choices", equalTo(List.of(dataset(0).toString(), dataset(1).toString())));
  }

  @Test
  void shouldGiveTheVerdictOfARun() {
    get("/api/v1/runs/" + uuid(5) + "/verdict")
        .statusCode(200)
        .header("ETag", notNullValue())
        .body("outcome", equalTo("drift"))
        .body("highFindings", equalTo(1))
        .body("judgements[0].metrics[0].current", equalTo(34.0f))
        .body("notEvaluated[0].code", equalTo("NEW_COLUMN"));
    problem(get("/api/v1/runs/" + uuid(900) + "/verdict"), 404, "NOT_FOUND", null);
  }

  @Test
  void shouldGiveTheHistoryOfATableWithTheMetricsAskedFor() {
    String path = "/api/v1/tables/" + encode(dataset(1).toString()) + "/history";
    get(path + "?limit=3&total=true")
        .statusCode(200)
        .body("total", equalTo(10))
        .body("items", hasSize(3))
        .body("items.outcome", everyItem(equalTo("drift")))
        .body("items[0].metrics.metric", hasItems("row_count", "data_age"));
    get(path + "?column=column_0&metric=null_percent")
        .body("items", hasSize(10))
        .body("items[0].column", equalTo("column_0"))
        .body("items[0].metrics", hasSize(1))
        .body("items[0].metrics[0].value", equalTo(1.0f));
    get("/api/v1/tables/shop/public/table_1/history?limit=1").body("items", hasSize(1));
    get("/api/v1/tables/shop%2Fpublic%2Fnever/history").body("items", hasSize(0));
    problem(get("/api/v1/tables/never/history"), 400, "INVALID_PARAMETER", "datasetId");
  }

  @Test
  void shouldListTablesAndTheirStates() {
    get("/api/v1/tables?source=shop&limit=2")
        .body("items.datasetId", equalTo(List.of("shop/public/table_0", "shop/public/table_1")))
        .body("items[0].outcome", equalTo("drift"));
    get("/api/v1/table-states?table=table_1")
        .body("items", hasSize(1))
        .body("items[0].decision", equalTo("full"))
        .body("items[0].stalenessMs", equalTo(60_000))
        .body("items[0].lastRunId", equalTo(uuid(28)));
  }

  @Test
  void shouldTellWhatTheCatalogueKnowsOfATable() {
    get("/api/v1/tables/shop%2Fpublic%2Ftable_1")
        .statusCode(200)
        .body("tableId", equalTo("shop/public/table_1"))
        .body("active", equalTo(true))
        .body("firstSeenAt", equalTo("2026-03-01T00:01:01Z"))
        .body("lastRunId", equalTo(uuid(28)))
        .body("rowCount", equalTo(1000))
        .body("schemaVersion", equalTo(1))
        .body("columns.column", equalTo(List.of("column_0")))
        .body("columns[0].dataType", equalTo("numeric(10,2)"))
        .body("columns[0].statistics.null_percent", equalTo(1))
        .body("tableType", equalTo("table"))
        .body("description", startsWith("Written when table_1 was new"))
        .body("storageFormat", equalTo("heap"))
        .body("location", equalTo("pg_default"))
        .body("compressionRatio", nullValue())
        .body("sourceOwner", startsWith("role_"))
        .body("lastAccessedAt", notNullValue())
        .body("metadata.persistence", equalTo("permanent"))
        .body("columns[0].defaultValue", notNullValue())
        .body("columns[0].primaryKey", equalTo(true))
        .body("columns[0].constraints", equalTo(List.of("CHECK ((column_0 > 0))")));
    get("/api/v1/search?q=written%20table_1&kind=table")
        .body("[0].text", startsWith("Written when"));
    get("/api/v1/tables/shop%2Fpublic%2Ftable_1/schemas")
        .statusCode(200)
        .body("", hasSize(1))
        .body("[0].columns.name", equalTo(List.of("column_0")));
    problem(get("/api/v1/tables/shop%2Fpublic%2Fnever"), 404, "NOT_FOUND", null);
  }

  @Test
  void shouldTellWhichStatementsWereRunOnSources() {
    get("/api/v1/query-history?kind=statement&runId=" + uuid(28))
        .statusCode(200)
        .body("items", hasSize(2))
        .body("items.route", containsInAnyOrder("scan", "count"))
        .body("items.actor", everyItem(equalTo("ada")))
        .body("items.actorKind", everyItem(equalTo("profiler")))
        .body("items.status", everyItem(nullValue()))
        .body("items.executions", everyItem(equalTo(4)))
        .body("items.tables", everyItem(equalTo(List.of("public.table_1"))))
        .body("items.errorType", everyItem(nullValue()))
        .body("items.find { it.route == 'scan' }.rows", equalTo(1000))
        .body("items.find { it.route == 'count' }.bytes", nullValue());
    get("/api/v1/query-history?kind=statement&runId=" + uuid(900))
        .body("items.errorType", equalTo(List.of("SOURCE_TIMEOUT")))
        .body("items.text", equalTo(List.of("SELECT SCAN FROM table_0 WHERE n > ?")));
    get("/api/v1/query-history?kind=statement&limit=1").body("next", notNullValue());
    problem(get("/api/v1/query-history?kind=statements"), 400, "INVALID_PARAMETER", "kind");
  }

  @Test
  void shouldLetWhatPeopleWriteWinUntilTheyTakeItAway() {
    // given
    String table = "/api/v1/tables/shop%2Fpublic%2Ftable_2";
    get(table).body("owner", equalTo("sales")).body("tags", equalTo(List.of("gold", "shop")));

    // when
    patch(table, "{\"owner\":\"logistics\",\"description\":\"Parcels\\nsent\",\"tags\":[]}")
        .statusCode(200)
        .body("owner", equalTo("logistics"))
        .body("tags", hasSize(0));
    patch(table + "/columns/column_0", "{\"description\":\"Weight in g\",\"actor\":\"ada\"}")
        .statusCode(200)
        .body("description", equalTo("Weight in g"));

    // then
    get(table)
        .body("owner", equalTo("logistics"))
        .body("description", equalTo("Parcels\nsent"))
        .body("editedBy", notNullValue())
        .body("columns[0].description", equalTo("Weight in g"));
    get("/api/v1/tables?source=shop&owner=logistics")
        .body("items.datasetId", equalTo(List.of("shop/public/table_2")));
    get("/api/v1/tables?source=shop&tag=gold").body("items", hasSize(2));
    get("/api/v1/search?q=parc").body("datasetId", equalTo(List.of("shop/public/table_2")));
    get("/api/v1/search?q=weight&kind=column").body("column", equalTo(List.of("column_0")));
    patch(table, "{\"owner\":null,\"tags\":null}")
        .body("owner", equalTo("sales"))
        .body("tags", hasSize(2))
        .body("description", equalTo("Parcels\nsent"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|body",
        "{}|body",
        "{\"actor\":\"ada\"}|body",
        "{\"owner\":1}|owner",
        "{\"owner\":\"two\\nlines\"}|owner",
        "{\"description\":\"\"}|description",
        "{\"tags\":\"gold\"}|tags",
        "{\"tags\":[\"\\u0000\"]}|tags",
        "{\"colour\":\"red\"}|colour",
      })
  void shouldRefuseNotesThatAreNone(String body, String field) {
    patch("/api/v1/tables/shop%2Fpublic%2Ftable_0", body)
        .statusCode(400)
        .body("field", equalTo(field));
  }

  @Test
  void shouldGiveAMetricOverTime() {
    String column = "/api/v1/tables/shop%2Fpublic%2Ftable_1/columns/column_0/metrics/null_percent";
    get(column)
        .statusCode(200)
        .body("", hasSize(10))
        .body("[0].at", equalTo("2026-03-01T00:01:01Z"))
        .body("[9].lastRunId", equalTo(uuid(28)));
    get(column + "?limit=2&to=2026-03-01T00:20:00Z")
        .body("at", equalTo(List.of("2026-03-01T00:16:01Z", "2026-03-01T00:19:01Z")));
    get(column + "?bucket=week")
        .body("", hasSize(1))
        .body("[0].at", equalTo("2026-02-23T00:00:00Z"))
        .body("[0].runs", equalTo(10))
        .body("[0].avg", equalTo(1.0f));
    get("/api/v1/tables/shop%2Fpublic%2Ftable_1/metrics/row_count?bucket=day")
        .body("[0].last", equalTo(1000.0f));
    get("/api/v1/tables/shop%2Fpublic%2Ftable_1/metrics/never").body("", hasSize(0));
    problem(get(column + "?bucket=year"), 400, "INVALID_PARAMETER", "bucket");
  }

  @Test
  void shouldFindByTheBeginningsOfWords() {
    get("/api/v1/search?q=tab%20public&kind=table&limit=2").body("", hasSize(2));
    get("/api/v1/search?q=COLUMN_0&kind=column")
        .body("kind", everyItem(equalTo("column")))
        .body("datasetId", hasItems("shop/public/table_0", "shop/public/table_1"));
    get("/api/v1/search?q=never%20seen").statusCode(200).body("", hasSize(0));
    get("/api/v1/search?q='%20%26%20!%3A*").statusCode(200).body("", hasSize(0));
    problem(get("/api/v1/search"), 400, "INVALID_PARAMETER", "q");
  }

  @Test
  void shouldShowPipelinesTheirRunsAndWhatThePlannerDecided() {
    // given
    Instant at = Instant.parse("2026-11-20T02:00:00Z");
    try (TopicFeed feed = new TopicFeed(mesh)) {
      feed.send(
          Schedule.newBuilder()
              .setEnvironment("test")
              .setPipeline("nightly")
              .setSource("warehouse")
              .setInclude(List.of("public.*"))
              .setCron("0 2 * * *")
              .setZone("Europe/Berlin")
              .setMissed(MissedFirings.ONCE)
              .setConsideredUntil(at)
              .setUpdatedAt(at)
              .build());
      feed.send(
          ScheduleCommand.newBuilder()
              .setCommandId(uuid(702))
              .setKind(ScheduleCommandKind.PAUSE)
              .setPipeline("nightly")
              .setActor("cli:ada")
              .setIssuedAt(at)
              .build());
      for (int i = 0; i < 3; i++) {
        RunEvent skipped =
            new Samples(DatasetId.of("warehouse", "public", "t" + i), uuid(700), at)
                .event(RunEventType.SKIPPED, 1, 0);
        skipped.setRequestId("schedule/nightly/2026-11-20T01:00:00Z");
        skipped.setCode("UNCHANGED");
        skipped.setPipeline("nightly");
        skipped.setDatasets(3);
        skipped.setPlan(
            PlanDecision.newBuilder()
                .setDecision("skip")
                .setReason("Unchanged.")
                .setChangeToken("t1")
                .setRows(0L)
                .setFullRows(1000L)
                .build());
        feed.send(skipped);
      }
      RunEvent asked =
          new Samples(DatasetId.of("warehouse", "public", "t0"), uuid(701), at.plusSeconds(60))
              .event(RunEventType.SKIPPED, 1, 0);
      asked.setCode("DRY_RUN");
      asked.setDatasets(1);
      asked.setPlan(PlanDecision.newBuilder().setDecision("full").setChangeToken("t2").build());
      feed.send(asked);
    }

    // then
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                get("/api/v1/pipelines?pipeline=nightly")
                    .body("items[0].status", equalTo("paused"))
                    .body("items[0].zone", equalTo("Europe/Berlin"))
                    .body("items[0].configuration.include[0]", equalTo("public.*"))
                    .body("items[0].commandedBy", equalTo("cli:ada"))
                    .body("items[0].lastRun.status", equalTo("skipped"))
                    .body("items[0].lastRun.datasets", equalTo(3))
                    .body("items[0].totals.skipped", equalTo(3))
                    .body("items[0].totals.failed", equalTo(0)));
    get("/api/v1/pipeline-runs?pipeline=nightly&total=true")
        .body("total", equalTo(1))
        .body("items[0].runs.skipped", equalTo(3))
        .body("items[0].dryRun", equalTo(false))
        .body("items[0].endedAt", startsWith("2026-11-20T02:00:00"));
    get("/api/v1/runs?pipeline=nightly&total=true")
        .body("total", equalTo(3))
        .body("items[0].requestDatasets", equalTo(3))
        .body("items[0].plan.decision", equalTo("skip"))
        .body("items[0].plan.fullRows", equalTo(1000));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> get("/api/v1/runs/" + uuid(701)).body("run.plan.decision", equalTo("full")));
    get("/api/v1/table-states?table=t0")
        .body("items[0].decision", equalTo("skip"))
        .body("items[0].changeToken", equalTo("t1"));
  }

  @Test
  void shouldTellTheVersionOfTheTables() {
    get("/api/v1/schema-version")
        .body("version", equalTo(SchemaSupport.VERSION))
        .body("history[0].migrationScript", equalTo("V1__create_runs.sql"));
  }

  @Test
  void shouldWalkForwardAndBackWithoutRepeatingOrMissingAnything() {
    for (String list : LISTS) {
      // when
      List<String> forward = new ArrayList<>();
      List<String> pages = new ArrayList<>();
      String cursor = null;
      do {
        Response page = page(list, 7, cursor);
        pages.add(keys(list, page).toString());
        forward.addAll(keys(list, page));
        cursor = page.path("next");
      } while (cursor != null);
      List<String> backward = new ArrayList<>();
      Response last = page(list, 7, null);
      while (last.path("next") != null) {
        last = page(list, 7, last.path("next"));
      }
      for (String prev = last.path("prev"); prev != null; ) {
        Response page = page(list, 7, prev);
        backward.add(0, keys(list, page).toString());
        prev = page.path("prev");
      }

      // then
      assertThat(Set.copyOf(forward)).hasSameSizeAs(forward);
      assertThat(forward).isEqualTo(keys(list, page(list, 500, null)));
      assertThat(backward).isEqualTo(pages.subList(0, pages.size() - 1));
    }
  }

  @Test
  void shouldKeepPagesStableWhileRowsArrive() {
    // given
    Response first = page("/api/v1/runs?source=shop", 5, null);
    Set<String> seen = new LinkedHashSet<>(keys("/api/v1/runs", first));
    Samples newest =
        new Samples(DatasetId.of("other", "", "late"), uuid(950), START.plusSeconds(9_000));
    Samples oldest =
        new Samples(DatasetId.of("other", "", "early"), uuid(951), START.minusSeconds(9_000));

    // when
    try (TopicFeed feed = new TopicFeed(mesh)) {
      feed.send(newest.event(RunEventType.ACCEPTED, 1, 0));
      feed.send(oldest.event(RunEventType.ACCEPTED, 1, 0));
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> get("/api/v1/runs?source=other&total=true").body("total", equalTo(2)));
    for (String cursor = first.path("next"); cursor != null; ) {
      Response page = page("/api/v1/runs?source=shop", 5, cursor);
      assertThat(keys("/api/v1/runs", page)).doesNotContainAnyElementsOf(seen);
      seen.addAll(keys("/api/v1/runs", page));
      cursor = page.path("next");
    }

    // then
    assertThat(seen).hasSize(RUNS + 3);
  }

  @Test
  void shouldTakeLimitAndOffsetToo() {
    List<String> all = keys("/api/v1/runs", page("/api/v1/runs?source=shop", 500, null));
    Response page = page("/api/v1/runs?source=shop&offset=10", 5, null);
    assertThat(keys("/api/v1/runs", page)).isEqualTo(all.subList(10, 15));
    assertThat(keys("/api/v1/runs", page("/api/v1/runs?source=shop", 5, page.path("next"))))
        .isEqualTo(all.subList(15, 20));
  }

  @Test
  void shouldRefuseForgedAndForeignCursors() {
    String cursor = page("/api/v1/runs?source=shop", 5, null).path("next");
    String forged = cursor.substring(0, cursor.length() - 2) + "AA";
    for (String bad : List.of(forged, "abc", "", "%00", "x".repeat(5_000), "'; drop table x;--")) {
      problem(
          get("/api/v1/runs?source=shop&cursor=" + encode(bad)), 400, "INVALID_CURSOR", "cursor");
    }
    problem(get("/api/v1/runs?cursor=" + cursor), 400, "INVALID_CURSOR", "cursor");
    problem(
        get("/api/v1/drift-events?source=shop&cursor=" + cursor), 400, "INVALID_CURSOR", "cursor");
    problem(
        get("/api/v1/runs?source=shop&offset=1&cursor=" + cursor),
        400,
        "INVALID_PARAMETER",
        "offset");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=2147483647",
        "limit=-1",
        "limit=0",
        "limit=501",
        "limit=ten",
        "limit=",
        "limit=1.5",
        "limit=99999999999999999999",
        "offset=-1",
        "offset=10001",
        "total=maybe"
      })
  void shouldRefuseUnusablePages(String query) {
    for (String list : LISTS) {
      problem(
          get(list + "?" + query),
          400,
          "INVALID_PARAMETER",
          query.substring(0, query.indexOf('=')));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status=done", "from=yesterday", "from=2026-03-01T00:00:00", "days=0", "days=x",
        "runId=17", "dataset=orders", "table=", "source=a%00b", "format=xml",
        "limit=1&limit=2"
      })
  void shouldNameTheParameterThatIsWrong(String query) {
    problem(
        get("/api/v1/runs?" + query),
        400,
        "INVALID_PARAMETER",
        query.substring(0, query.indexOf('=')));
  }

  @Test
  void shouldRefuseParametersItDoesNotKnow() {
    for (String list : LISTS) {
      problem(get(list + "?tabel=orders"), 400, "UNKNOWN_PARAMETER", "tabel");
    }
    problem(get("/api/v1/runs/" + uuid(1) + "?limit=5"), 400, "UNKNOWN_PARAMETER", "limit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs/not-a-uuid",
        "/api/v1/runs/..%2f..%2fetc",
        "/api/v1/runs/%00",
      })
  void shouldRefuseRunIdsThatAreNone(String path) {
    problem(get(path), 400, "INVALID_PARAMETER", "runId");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/nothing",
        "/api/v2/runs",
        "/api/v1/runs/00000000-0000-4000-8000-0000000fffff",
        "/api/v1/runs/00000000-0000-4000-8000-000000000003/nothing",
        "/api/v1;x=y/nothing"
      })
  void shouldSayWhatIsNotThere(String path) {
    problem(get(path), 404, "NOT_FOUND", null);
  }

  @Test
  void shouldAnswerOtherMethodsAndFormatsAsProblems() {
    problem(given().post("/api/v1/runs").then(), 405, "METHOD_NOT_ALLOWED", null);
    problem(given().put("/api/v1/runs/" + uuid(1)).then(), 405, "METHOD_NOT_ALLOWED", null);
    problem(
        given().accept("application/xml").get("/api/v1/runs").then(),
        406,
        "NOT_ACCEPTABLE",
        "Accept");
  }

  @Test
  void shouldAnswerAsCsvByHeaderAndByParameter() {
    for (String path :
        List.of(
            "/api/v1/runs",
            "/api/v1/drift-events",
            "/api/v1/tables",
            "/api/v1/table-states",
            "/api/v1/schema-version",
            "/api/v1/runs/" + uuid(1),
            "/api/v1/runs/" + uuid(1) + "/verdict",
            "/api/v1/tables/shop%2Fpublic%2Ftable_1",
            "/api/v1/tables/shop%2Fpublic%2Ftable_1/schemas",
            "/api/v1/tables/shop%2Fpublic%2Ftable_1/metrics/row_count",
            "/api/v1/search?q=table",
            "/api/v1/tables/shop%2Fpublic%2Ftable_1/history")) {
      String byHeader =
          given()
              .urlEncodingEnabled(false)
              .accept("text/csv")
              .get(path)
              .then()
              .statusCode(200)
              .contentType(startsWith("text/csv"))
              .extract()
              .asString();
      String more = path.contains("?") ? "&" : "?";
      String byParameter =
          get(path + more + "format=csv").contentType(startsWith("text/csv")).extract().asString();
      assertThat(byHeader).isEqualTo(byParameter).contains("\r\n").doesNotContain("\n=");
      get(path + more + "format=json").contentType(startsWith("application/json"));
    }
    assertThat(get("/api/v1/runs?format=csv&limit=1").extract().header("Link"))
        .contains("rel=\"next\"");
  }

  @Test
  void shouldTakeHostileNamesThroughEveryRouteUnharmed() {
    // given
    List<String> names =
        List.of(
            "x\"; drop table y;--",
            "=cmd|' /C calc'!A0",
            "\ud83d\ude00",
            "n".repeat(63),
            "\u200frtl",
            "<img src=x onerror=alert(1)>",
            "a/b@c%d;e?f#g",
            "..",
            "%2e%2e");
    try (TopicFeed feed = new TopicFeed(mesh)) {
      for (int i = 0; i < names.size(); i++) {
        feed.wholeRun(hostile(names, i), Severity.MEDIUM);
      }
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              get("/api/v1/runs?source=hostile&status=completed&total=true")
                  .body("total", equalTo(names.size()));
              get("/api/v1/drift-events?source=hostile&total=true")
                  .body("total", equalTo(2 * names.size()));
            });

    for (int i = 0; i < names.size(); i++) {
      // when / then
      String name = names.get(i);
      Samples run = hostile(names, i);
      given()
          .queryParam("table", name)
          .get("/api/v1/runs")
          .then()
          .statusCode(200)
          .body("items", hasSize(1))
          .body("items[0].table", equalTo(name));
      get("/api/v1/runs/" + run.runId()).body("run.table", equalTo(name));
      get("/api/v1/tables/" + encode(run.datasetId()) + "/history").body("items", hasSize(1));
      get("/api/v1/tables/" + encode(run.datasetId())).body("table", equalTo(name));
      patch("/api/v1/tables/" + encode(run.datasetId()), "{\"description\":\"odd\"}")
          .statusCode(200)
          .body("table", equalTo(name));
      given().queryParam("q", name).get("/api/v1/search").then().statusCode(200);
      String csv =
          given()
              .queryParam("table", name)
              .queryParam("format", "csv")
              .get("/api/v1/tables")
              .asString();
      assertThat(csv).doesNotContain(",=cmd");
    }
  }

  @Test
  void shouldOrderThatARunBeCancelledAndSayWhenItIs() {
    // given
    Samples run =
        new Samples(
            DatasetId.of("busy", "", "t"), UUID.randomUUID().toString(), START.minusSeconds(900));
    String path = "/api/v1/runs/" + run.runId();
    try (TopicFeed feed = new TopicFeed(mesh)) {
      feed.send(run.event(RunEventType.ACCEPTED, 1, 0));
      feed.send(run.event(RunEventType.STARTED, 1, 1));

      // when: nobody follows the order yet
      given()
          .queryParam("requester", "ada")
          .queryParam("reason", "Wrong table")
          .delete(path)
          .then()
          .statusCode(202)
          .body("runId", equalTo(run.runId()))
          .body("runs[0].status", equalTo("running"));

      // then
      assertThat(feed.commands())
          .filteredOn(command -> command.getRunId().equals(run.runId()))
          .singleElement()
          .satisfies(
              command -> {
                assertThat(RecordRules.check(command)).isEmpty();
                assertThat(command.getActor()).isEqualTo("ada");
                assertThat(command.getReason()).isEqualTo("Wrong table");
                assertThat(command.getDatasetId()).isNull();
              });
      feed.send(run.event(RunEventType.CANCELLED, 1, 2));
      Awaitility.await().untilAsserted(() -> get(path).body("run.status", equalTo("cancelled")));
      given().delete(path).then().statusCode(200).body("runs[0].status", equalTo("cancelled"));
      assertThat(feed.commands())
          .filteredOn(command -> command.getRunId().equals(run.runId()))
          .hasSize(1);
    }
  }

  @Test
  void shouldRefuseToCancelWhatCannotBeCancelled() {
    problem(given().delete("/api/v1/runs/" + uuid(0)).then(), 409, "RUN_ENDED", null);
    problem(given().delete("/api/v1/runs/" + UUID.randomUUID()).then(), 404, "NOT_FOUND", null);
    problem(
        given().queryParam("dataset", "shop/public/other").delete("/api/v1/runs/" + uuid(0)).then(),
        404,
        "NOT_FOUND",
        null);
    problem(given().delete("/api/v1/runs/one").then(), 400, "INVALID_PARAMETER", "runId");
    problem(
        given().queryParam("reason", "two\nlines").delete("/api/v1/runs/" + uuid(0)).then(),
        400,
        "INVALID_PARAMETER",
        "reason");
    problem(
        given().queryParam("force", "true").delete("/api/v1/runs/" + uuid(0)).then(),
        400,
        "UNKNOWN_PARAMETER",
        "force");
  }

  @Test
  void shouldShowHowFarARunningRunIs() {
    // given
    Samples run =
        new Samples(
            DatasetId.of("busy", "", "t"), UUID.randomUUID().toString(), START.minusSeconds(800));
    String path = "/api/v1/runs/" + run.runId();
    RunEvent early = run.event(RunEventType.PROGRESS, 1, 2);
    early.setRowsRead(1_000L);
    RunEvent late = run.event(RunEventType.PROGRESS, 1, 3);
    late.setRowsRead(3_000L);
    late.setRowsEstimated(10_000L);
    late.setDurationMs(1_500L);

    // when
    try (TopicFeed feed = new TopicFeed(mesh)) {
      feed.send(run.event(RunEventType.ACCEPTED, 1, 0));
      feed.send(run.event(RunEventType.STARTED, 1, 1));
      feed.send(late);
      feed.send(early);

      // then
      Awaitility.await()
          .untilAsserted(
              () ->
                  get(path)
                      .body("run.status", equalTo("running"))
                      .body("run.progress.rowsRead", equalTo(3_000))
                      .body("run.progress.percent", equalTo(30))
                      .body("run.progress.rowsPerSecond", equalTo(2_000))
                      .body("run.progress.remainingMs", equalTo(3_500)));
      feed.send(run.event(RunEventType.CANCELLED, 1, 4));
      Awaitility.await()
          .untilAsserted(
              () ->
                  get(path)
                      .body("run.status", equalTo("cancelled"))
                      .body("run.progress", nullValue()));
    }
  }

  @Test
  void shouldTakeARequestAndTellWhatBecameOfIt() {
    // when
    Response answer =
        given()
            .contentType("application/json")
            .body(
                "{\"source\":\"asked\",\"table\":\"public.*\",\"requester\":\"ada\","
                    + "\"requestId\":\"nightly 7/7\"}")
            .post("/api/v1/profile-requests");

    // then
    answer.then().statusCode(202).body("status", equalTo("requested"));
    String path = answer.getHeader("Location").replaceFirst("http://[^/]*", "");
    assertThat(path).isEqualTo("/api/v1/profile-requests/nightly%207%2F7");
    try (TopicFeed feed = new TopicFeed(mesh)) {
      assertThat(feed.<ProfileRequest>read(mesh.topics().profileRequests()))
          .filteredOn(request -> request.getSource().equals("asked"))
          .singleElement()
          .satisfies(
              request -> {
                assertThat(RecordRules.check(request)).isEmpty();
                assertThat(request.getRequestId()).isEqualTo("nightly 7/7");
                assertThat(request.getRequester()).isEqualTo("ada");
                assertThat(request.getTrigger()).isEqualTo(Trigger.REST);
              });
      Samples run = new Samples(DatasetId.of("asked", "", "t"), uuid(950), START.minusSeconds(90));
      RunEvent accepted = run.event(RunEventType.ACCEPTED, 1, 0);
      accepted.setRequestId("nightly 7/7");
      feed.send(accepted);
      get(path).statusCode(200).body("status", equalTo("running")).body("counts.open", equalTo(1));
      given().urlEncodingEnabled(false).delete(path).then().statusCode(202);
      assertThat(feed.commands())
          .filteredOn(command -> command.getRunId().equals(uuid(950)))
          .hasSize(1);
      RunEvent cancelled = run.event(RunEventType.CANCELLED, 1, 1);
      cancelled.setRequestId("nightly 7/7");
      feed.send(cancelled);
      Awaitility.await().untilAsserted(() -> get(path).body("status", equalTo("cancelled")));
    }
    problem(get("/api/v1/profile-requests/never"), 404, "NOT_FOUND", null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"source\":\"asked\"}",
        "{\"source\":\"asked\",\"table\":\"t\",\"colour\":\"red\"}",
        "{\"source\":\"asked\",\"table\":\"t\",\"runId\":\"7\"}"
      })
  void shouldRefuseRequestsThatAreNone(String body) {
    problem(
        given().contentType("application/json").body(body).post("/api/v1/profile-requests").then(),
        400,
        "INVALID_PARAMETER",
        "body");
  }

  @Test
  void shouldStreamDriftEventsAndGoOnWhereAListenerLeft() throws Exception {
    // given
    Samples first = new Samples(DatasetId.of("live", "", "t"), uuid(960), START);
    Samples second = new Samples(DatasetId.of("live", "", "t"), uuid(961), START);
    String position;

    // when
    try (TopicFeed feed = new TopicFeed(mesh);
        Listener listener = new Listener("?source=live", null)) {
      position = listener.id("position");
      feed.send(
          new Samples(DatasetId.of("dead", "", "t"), uuid(962), START).drift(Severity.LOW, "mean"));
      feed.send(first.drift(Severity.LOW, "mean"));

      // then: only what was asked for
      assertThat(listener.data("drift")).contains(uuid(960)).contains("\"metric\":\"mean\"");

      // and: what came while nobody listened
      listener.close();
      feed.send(second.drift(Severity.HIGH, "mean"));
    }
    try (Listener listener = new Listener("?source=live", position)) {
      assertThat(List.of(listener.data("drift"), listener.data("drift")))
          .anyMatch(data -> data.contains(uuid(960)))
          .anyMatch(data -> data.contains(uuid(961)));
    }
    problem(
        given().header("Last-Event-ID", "7").get("/api/v1/stream/drift-events").then(),
        400,
        "INVALID_PARAMETER",
        "Last-Event-ID");
  }

  /** Reads a stream line by line. */
  private static final class Listener implements AutoCloseable {

    private final HttpURLConnection connection;
    private final BufferedReader lines;

    Listener(String query, String last) throws IOException {
      URI uri =
          URI.create("http://127.0.0.1:" + service.port() + "/api/v1/stream/drift-events" + query);
      connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setReadTimeout(30_000);
      connection.setRequestProperty("Accept", "text/event-stream");
      if (last != null) {
        connection.setRequestProperty("Last-Event-ID", last);
      }
      lines =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }

    String id(String name) throws IOException {
      return next(name).get("id");
    }

    String data(String name) throws IOException {
      return next(name).get("data");
    }

    /** The fields of the next event of a name. */
    private Map<String, String> next(String name) throws IOException {
      Map<String, String> fields = new HashMap<>();
      while (true) {
        String line = lines.readLine();
        if (line == null) {
          throw new AssertionError("the stream ended");
        }
        int colon = line.indexOf(':');
        if (colon > 0) {
          fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
        } else if (line.isEmpty()) {
          if (name.equals(fields.get("event"))) {
            return fields;
          }
          fields.clear();
        }
      }
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }

  @Test
  void shouldShowADriftEventSoonAfterItIsCommitted() {
    // given
    List<Long> milliseconds = new ArrayList<>();
    try (TopicFeed feed = new TopicFeed(mesh)) {
      for (int i = 0; i < 20; i++) {
        Samples run =
            new Samples(DatasetId.of("speed", "", "t"), uuid(700 + i), START.plusSeconds(i));
        DriftEvent event = run.drift(Severity.LOW, "mean");

        // when
        feed.send(event);
        long start = System.nanoTime();
        Awaitility.await()
            .pollInterval(Duration.ofMillis(2))
            .pollDelay(Duration.ZERO)
            .atMost(Duration.ofSeconds(10))
            .until(
                () ->
                    !get("/api/v1/drift-events?runId=" + run.runId())
                        .extract()
                        .<List<?>>path("items")
                        .isEmpty());
        milliseconds.add((System.nanoTime() - start) / 1_000_000);
      }
    }

    // then
    milliseconds.sort(null);
    System.out.println("drift event committed to readable, ms: " + milliseconds);
    assertThat(milliseconds.get(milliseconds.size() / 2)).isLessThan(1_000);
  }

  @Test
  void shouldAnswerToThisMachinesNamesOnly() throws IOException {
    assertThat(status("Host: evil.example")).isEqualTo(421);
    assertThat(status("Host: localhost")).isEqualTo(200);
    assertThat(status("Host: 127.0.0.1:" + service.port())).isEqualTo(200);
    assertThat(status("Host: [::1]:1")).isEqualTo(200);
    assertThat(status("Host: localhost.evil.example")).isEqualTo(421);
    assertThat(status("Host: localhost\r\nX-Big: " + "x".repeat(1_000_000))).isEqualTo(431);
  }

  @Test
  void shouldNotLetOtherOriginsRead() {
    given()
        .header("Origin", "https://evil.example")
        .get("/api/v1/runs")
        .then()
        .header("Access-Control-Allow-Origin", nullValue());
  }

  @Test
  void shouldTellItsHealthAndMetrics() {
    get("/q/health/ready").statusCode(200).body("status", equalTo("UP"));
    get("/q/health/live").statusCode(200).body("status", equalTo("UP"));
    assertThat(get("/q/metrics").extract().asString())
        .contains("profilemesh_sink_rows_total")
        .contains("profilemesh_sink_lag")
        .contains("http_server_requests")
        .contains("agroal_active_count{datasource=\"default\"}")
        .contains("agroal_active_count{datasource=\"reading\"}")
        .contains("agroal_active_count{datasource=\"access\"}");
  }

  @Test
  void shouldDescribeItselfAsWrittenDown() throws IOException {
    // given
    Path snapshot =
        Path.of(System.getProperty("profilemesh.home"))
            .resolve("query-service/src/main/openapi/openapi.yaml");

    // when
    String described =
        new String(
            get("/q/openapi").statusCode(200).extract().asByteArray(), StandardCharsets.UTF_8);

    // then
    assertThat(described)
        .contains("openapi: 3.1")
        .contains("code: INVALID_CURSOR")
        .contains("code: QUERY_TIMEOUT");
    if (Boolean.getBoolean("profilemesh.update")) {
      Files.createDirectories(snapshot.getParent());
      Files.writeString(snapshot, described);
    }
    assertThat(Files.readString(snapshot)).isEqualTo(described);
  }

  // ---------------------------------------------------------------------------------------------

  private static Samples hostile(List<String> names, int i) {
    return new Samples(
        DatasetId.of("hostile", "", names.get(i)), uuid(800 + i), START.minusSeconds(100_000 + i));
  }

  private static Samples sample(int i) {
    return new Samples(dataset(i), uuid(i), START.plusSeconds(60L * i));
  }

  private static DatasetId dataset(int i) {
    return DatasetId.of("shop", "public", "table_" + i % 3);
  }

  /** Other tests add runs of other sources meanwhile. */
  private static String ofShop(String query) {
    return query.contains("source=") ? query : query + "&source=shop";
  }

  private static String uuid(int i) {
    return new UUID(0x4000L, 0x8000_0000_0000_0000L | i).toString();
  }

  private static ValidatableResponse get(String path) {
    return given().urlEncodingEnabled(false).get(path).then();
  }

  private static ValidatableResponse patch(String path, String body) {
    return given()
        .urlEncodingEnabled(false)
        .contentType("application/json")
        .body(body)
        .patch(path)
        .then();
  }

  private static ValidatableResponse problem(
      ValidatableResponse response, int status, String code, String field) {
    return response
        .statusCode(status)
        .contentType(startsWith("application/problem+json"))
        .body("code", equalTo(code))
        .body("status", equalTo(status))
        .body("detail", notNullValue())
        .body("field", equalTo(field));
  }

  private static Response page(String list, int limit, String cursor) {
    String path = list + (list.contains("?") ? "&" : "?") + "limit=" + limit;
    Response page =
        given()
            .urlEncodingEnabled(false)
            .get(
                cursor == null
                    ? path
                    : path.replaceFirst("&?offset=\\d+", "") + "&cursor=" + cursor);
    page.then().statusCode(200);
    return page;
  }

  private static List<String> keys(String list, Response page) {
    String key =
        list.contains("runs")
            ? "items.collect { it.runId + it.datasetId }"
            : list.contains("drift") ? "items.eventId" : "items.datasetId";
    return page.path(key);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Status of a request with headers that no client would send. */
  private int status(String headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", service.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET /api/v1/runs?limit=1 HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      String line = new String(in.readNBytes(12), StandardCharsets.UTF_8);
      return Integer.parseInt(line.substring(9, 12));
    }
  }
}
