package io.profilemesh.query.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.sun.net.httpserver.HttpServer;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.access.ApiKeySecret;
import io.profilemesh.metadata.access.Role;
import io.profilemesh.query.ServiceProcess;
import io.profilemesh.query.TopicFeed;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.Severity;
import io.profilemesh.sink.Samples;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may what, walked over every route. */
@Timeout(120)
class AccessIT {

  /** Every operation with the role it needs; a new one has to be entered here. */
  private static final Map<String, Role> ROLES =
      Map.ofEntries(
          Map.entry("listRuns", Role.READER),
          Map.entry("getRun", Role.READER),
          Map.entry("cancelRun", Role.OPERATOR),
          Map.entry("getVerdict", Role.READER),
          Map.entry("listDriftEvents", Role.READER),
          Map.entry("listTables", Role.READER),
          Map.entry("getTableHistory", Role.READER),
          Map.entry("requestProfile", Role.OPERATOR),
          Map.entry("getProfileRequest", Role.READER),
          Map.entry("cancelProfileRequest", Role.OPERATOR),
          Map.entry("streamDriftEvents", Role.READER),
          Map.entry("getTable", Role.READER),
          Map.entry("changeTable", Role.OPERATOR),
          Map.entry("changeColumn", Role.OPERATOR),
          Map.entry("listTableSchemas", Role.READER),
          Map.entry("getTableSeries", Role.READER),
          Map.entry("getColumnSeries", Role.READER),
          Map.entry("search", Role.READER),
          Map.entry("listTableStates", Role.READER),
          Map.entry("getSchemaVersion", Role.READER),
          Map.entry("listPipelines", Role.READER),
          Map.entry("listPipelineRuns", Role.READER),
          Map.entry("listIncidents", Role.READER),
          Map.entry("getIncident", Role.READER),
          Map.entry("changeIncident", Role.OPERATOR),
          Map.entry("pinBaseline", Role.OPERATOR),
          Map.entry("unpinBaseline", Role.OPERATOR),
          Map.entry("acceptSchema", Role.OPERATOR),
          Map.entry("muteDataset", Role.OPERATOR),
          Map.entry("getDriftEvent", Role.READER),
          Map.entry("compare", Role.READER),
          Map.entry("getBaseline", Role.READER),
          Map.entry("forgetDataset", Role.OPERATOR),
          Map.entry("seedDataset", Role.OPERATOR),
          Map.entry("testPolicies", Role.READER),
          Map.entry("listPolicies", Role.READER),
          Map.entry("getPolicy", Role.READER),
          Map.entry("putPolicy", Role.ADMIN),
          Map.entry("deletePolicy", Role.ADMIN),
          Map.entry("listUsers", Role.ADMIN),
          Map.entry("getUser", Role.ADMIN),
          Map.entry("createUser", Role.ADMIN),
          Map.entry("changeUser", Role.ADMIN),
          Map.entry("signOutUser", Role.ADMIN),
          Map.entry("signOut", Role.READER),
          Map.entry("getMe", Role.READER),
          Map.entry("listAuditLogs", Role.ADMIN),
          Map.entry("listQueryHistory", Role.ADMIN),
          Map.entry("listApiKeys", Role.ADMIN),
          Map.entry("getApiKey", Role.ADMIN),
          Map.entry("createApiKey", Role.ADMIN),
          Map.entry("revokeApiKey", Role.ADMIN));

  /** What answers with nothing, rather than not at all, for what is out of scope or not there. */
  private static final Set<String> EMPTY =
      Set.of("getTableHistory", "listTableSchemas", "getTableSeries", "getColumnSeries");

  /** A word that is in every name of what a restricted caller must not see. */
  private static final String HIDDEN = "vault";

  private static final Instant AT = Instant.parse("2026-03-01T00:00:00Z");
  private static final UUID VAULT_RUN = new UUID(0x4000L, Long.MIN_VALUE | 1);
  private static final UUID SHOP_RUN = new UUID(0x4000L, Long.MIN_VALUE | 2);
  private static final UUID SHARED_RUN = new UUID(0x4000L, Long.MIN_VALUE | 3);
  private static final String NOBODYS_KEY = "pmk_aaaaaaaa_" + "A".repeat(43);

  private static ServiceProcess service;
  private static String admin;
  private static List<Operation> operations;
  private static HttpServer provider;
  private static RsaJsonWebKey providerKey;

  private record Operation(String id, String method, String path) {
    boolean reads() {
      return method.equals("GET");
    }
  }

  @BeforeAll
  static void fill() throws Exception {
    startProvider();
    service =
        ServiceProcess.create()
            .with("profilemesh.access.last-use-interval", "100ms")
            .with("profilemesh.access.requests-per-second", "60")
            .with("profilemesh.access.oidc.issuer", "https://provider.example")
            .with(
                "profilemesh.access.oidc.jwks-url",
                "http://127.0.0.1:" + provider.getAddress().getPort() + "/keys");
    service.migrations().apply(ApplyOptions.all());
    service.start().awaitReady();
    RestAssured.baseURI = "http://127.0.0.1";
    RestAssured.port = service.port();
    admin = service.key("admin", "admin");
    try (TopicFeed feed = new TopicFeed(service.mesh())) {
      feed.wholeRun(
          new Samples(DatasetId.of("shop", "vault", "vault"), VAULT_RUN.toString(), AT),
          Severity.HIGH);
      feed.wholeRun(
          new Samples(DatasetId.of("shop", "public", "orders"), SHOP_RUN.toString(), AT),
          Severity.HIGH);
      for (DatasetId dataset :
          List.of(DatasetId.of("shop", "public", "a"), DatasetId.of("vault", "public", "a"))) {
        feed.send(
            new Samples(dataset, SHARED_RUN.toString(), AT).event(RunEventType.ACCEPTED, 1, 0));
      }
      for (String pattern : List.of("vault/public/*", "shop/public/*")) {
        feed.send(
            DriftPolicy.newBuilder()
                .setPolicyId(pattern.replaceAll("[/*]", "-"))
                .setDatasetPattern(pattern)
                .build());
      }
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              as(admin).get("/api/v1/runs?total=true").then().body("total", equalTo(4));
              as(admin).get("/api/v1/drift-events?total=true").then().body("total", equalTo(4));
              as(admin).get("/api/v1/policies?total=true").then().body("total", equalTo(2));
              as(admin).get("/api/v1/runs/" + VAULT_RUN + "/verdict").then().statusCode(200);
            });
    operations = operations();
    operations.removeIf(operation -> operation.id().equals("signIn"));
  }

  @AfterAll
  static void end() {
    service.close();
    provider.stop(0);
    RestAssured.reset();
  }

  @Test
  void shouldKnowTheRoleOfEveryRoute() {
    assertThat(operations)
        .extracting(Operation::id)
        .containsExactlyInAnyOrderElementsOf(ROLES.keySet());
  }

  @Test
  void shouldAnswerNobodyWithoutAKey() {
    for (Operation operation : operations) {
      for (RequestSpecification caller :
          List.of(
              given(),
              as(""),
              as("secret"),
              as(NOBODYS_KEY),
              as(admin.substring(0, 50) + "AAAAAA"),
              given().header("Authorization", "Basic YWRtaW46YWRtaW4="),
              given().header("Authorization", "Bearer"),
              given().queryParam("api_key", admin),
              given().cookie("profilemesh", admin))) {
        call(caller, operation, VAULT_RUN)
            .then()
            .statusCode(401)
            .contentType("application/problem+json")
            .header("WWW-Authenticate", startsWith("Bearer"))
            .body("code", equalTo("UNAUTHENTICATED"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reader", "operator", "admin"})
  void shouldLetEachRoleDoWhatItMayAndNoMore(String role) {
    // given
    String key = service.key("all " + role, role);
    Role own = Role.of(role).orElseThrow();
    List<String> wrong = new ArrayList<>();

    // when
    for (Operation operation : operations) {
      if (!operation.reads() && own.includes(needed(operation))) {
        continue;
      }
      int status = call(as(key), operation, UUID.randomUUID()).statusCode();
      boolean allowed = own.includes(needed(operation));
      if (allowed ? status == 401 || status == 403 || status >= 500 : status != 403) {
        wrong.add(operation + " answers " + status);
      }
    }

    // then
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"reader:shop/public", "operator:shop/public", "reader:sh*/pub*"})
  void shouldHideWhatIsOutOfScope(String grant) {
    // given
    String key = service.key("some " + grant.replace('*', '-'), grant);
    Role own = Role.of(grant.split(":")[0]).orElseThrow();

    for (Operation operation : operations) {
      if (!own.includes(needed(operation))) {
        continue;
      }

      // when
      Response answer = call(as(key), operation, VAULT_RUN);

      // then
      assertThat(answer.asString()).as(operation.toString()).doesNotContain(HIDDEN);
      if (operation.path().contains("{") && !EMPTY.contains(operation.id())) {
        assertThat(answer.statusCode()).as(operation.toString()).isIn(404, 400);
      }
    }
    as(key).get("/api/v1/runs/" + SHOP_RUN).then().statusCode(200);
    as(key).get("/api/v1/runs?total=true").then().body("total", equalTo(2));
    as(key).get("/api/v1/drift-events?total=true").then().body("total", equalTo(2));
    as(key).get("/api/v1/tables").then().body("items.source", not(hasSize(0)));
    as(key)
        .get("/api/v1/policies")
        .then()
        .body("items.policyId", equalTo(List.of("shop-public--")));
    as(key).get("/api/v1/runs/" + VAULT_RUN + "?dataset=shop/vault/vault").then().statusCode(404);
    as(key)
        .urlEncodingEnabled(false)
        .get("/api/v1/tables/shop%2Fvault%2Fvault/history")
        .then()
        .statusCode(200)
        .body("items", hasSize(0));
    as(key).get("/api/v1/search?q=public").then().body("datasetId", not(hasSize(0)));
    for (String hidden : List.of("?q=vault", "?q=column", "?q=mean")) {
      String found =
          as(key).get("/api/v1/search" + hidden).then().statusCode(200).extract().asString();
      assertThat(found).doesNotContain(HIDDEN);
    }
    assertThat(as(admin).get("/api/v1/search?q=vault").asString()).contains(HIDDEN);
  }

  @ParameterizedTest
  @CsvSource({
    "operator, shop, public.*, 202",
    "operator:shop, shop, orders, 202",
    "operator:shop/public, shop, public.orders, 202",
    "operator:shop/public, shop, *.orders, 403",
    "operator:shop/public, shop, /public.*|vault.*/, 403",
    "operator:shop/public, shop, vault.orders, 403",
    "operator:shop/public, bank, public.orders, 403"
  })
  void shouldTakeRequestsOnlyForWhatTheCallerOperates(
      String grant, String source, String table, int status) {
    as(service.key("asks " + UUID.randomUUID(), grant))
        .contentType(ContentType.JSON)
        .body(Map.of("source", source, "table", table))
        .post("/api/v1/profile-requests")
        .then()
        .statusCode(status);
  }

  @Test
  void shouldActOnlyWhereTheCallerIsOperator() {
    String key = service.key("both", "reader", "operator:shop/public");

    as(key)
        .urlEncodingEnabled(false)
        .put("/api/v1/tables/shop%2Fvault%2Fvault/baseline?runId=" + VAULT_RUN)
        .then()
        .statusCode(403)
        .body("code", equalTo("FORBIDDEN"));
    as(key).delete("/api/v1/runs/" + SHARED_RUN).then().statusCode(403);
    as(key)
        .urlEncodingEnabled(false)
        .delete("/api/v1/runs/" + SHARED_RUN + "?dataset=shop%2Fpublic%2Fa&requester=ci")
        .then()
        .statusCode(202);
    as(service.key("only", "operator:shop/public"))
        .delete("/api/v1/runs/" + SHARED_RUN)
        .then()
        .statusCode(403)
        .body("detail", containsString("others"));
  }

  @Test
  void shouldMakeUseAndRevokeAKey() {
    // given
    Response made =
        as(admin)
            .contentType(ContentType.JSON)
            .body(
                "{\"name\":\"ci\",\"grants\":[\"reader:shop/public\"],\"expiresAt\":\"2126-01-01T00:00:00Z\"}")
            .post("/api/v1/api-keys");
    made.then()
        .statusCode(201)
        .header("Cache-Control", "no-store")
        .body("apiKey.state", equalTo("active"));
    String key = made.path("key");
    String id = made.path("apiKey.keyId");

    // when
    given().header("Authorization", "bearer " + key).get("/api/v1/runs").then().statusCode(200);

    // then
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                as(admin)
                    .get("/api/v1/api-keys/" + id)
                    .then()
                    .body("lastUsedAt", notNullValue())
                    .body("lastUsedAddress", equalTo("127.0.0.1"))
                    .body("createdBy", equalTo("admin")));
    as(admin).delete("/api/v1/api-keys/" + id).then().body("state", equalTo("revoked"));
    as(key).get("/api/v1/runs").then().statusCode(401);
    assertThat(as(admin).get("/api/v1/api-keys?limit=500").asString()).doesNotContain(key);
  }

  @Test
  void shouldRefuseAKeyThatSomebodyElseRevokedWithinASecond() throws Exception {
    // given
    String key = service.key("stolen", "reader");
    as(key).get("/api/v1/runs").then().statusCode(200);

    // when
    change("UPDATE profilemesh_api_keys SET revoked_at = now() WHERE name = 'stolen'");

    // then
    Awaitility.await()
        .atMost(Duration.ofSeconds(2))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> as(key).get("/api/v1/runs").statusCode() == 401);
  }

  @Test
  void shouldRefuseAKeyThatHasEnded() throws Exception {
    String key = service.key("old", "reader");
    change(
        "UPDATE profilemesh_api_keys SET created_at = now() - interval '2 days',"
            + " expires_at = now() - interval '1 day' WHERE name = 'old'");

    as(key).get("/api/v1/runs").then().statusCode(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\":\"x\"}",
        "{\"name\":\"x\",\"grants\":[]}",
        "{\"name\":\"x\",\"grants\":[\"root\"]}",
        "{\"name\":\"x\",\"grants\":[\"admin:shop\"]}",
        "{\"name\":\"x\",\"grants\":[\"reader:\"]}",
        "{\"name\":\"x\",\"grants\":[\"reader\"],\"expiresAt\":\"2020-01-01T00:00:00Z\"}",
        "{\"name\":\"x\\ny\",\"grants\":[\"reader\"]}",
        "{\"name\":\"x\",\"grants\":[\"reader\"],\"key\":\"mine\"}",
        "[]"
      })
  void shouldRefuseAKeyThatMakesNoSense(String body) {
    as(admin)
        .contentType(ContentType.JSON)
        .body(body)
        .post("/api/v1/api-keys")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs;x=1",
        "/api/v1/runs/",
        "//api/v1/runs",
        "/api/v1/%2e/runs",
        "/api/v1/../v1/runs",
        "/api/v1/runs;v1/users/login",
        "/API/v1/runs",
        "/api/v1/runs%00",
        "/api/v1/./runs",
        "/q/../api/v1/runs"
      })
  void shouldNotBeTrickedByPaths(String path) {
    assertThat(given().urlEncodingEnabled(false).get(path).statusCode()).isIn(400, 401, 404);
  }

  @Test
  void shouldTellTheStateOfTheServiceToEverybody() {
    for (String path : List.of("/q/health/ready", "/q/metrics", "/q/openapi")) {
      given().get(path).then().statusCode(200);
    }
  }

  @Test
  void shouldWriteDownChangesAndRefusedAttempts() {
    // given
    String key = service.key("auditor", "operator:shop/public");

    // when
    as(key)
        .header("User-Agent", "x\ty")
        .delete("/api/v1/policies/vault-public--")
        .then()
        .statusCode(403);
    as(key)
        .urlEncodingEnabled(false)
        .put("/api/v1/tables/shop%2Fpublic%2Forders/mute?until=2096-01-01T00:00:00Z&reason=quiet")
        .then()
        .statusCode(org.hamcrest.Matchers.oneOf(202, 204));
    as(admin)
        .contentType(ContentType.JSON)
        .body("{\"name\":\"audited\",\"grants\":[\"reader\"]}")
        .post("/api/v1/api-keys")
        .then()
        .statusCode(201);

    // then
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              as(admin)
                  .get("/api/v1/audit-logs?actor=auditor&outcome=refused")
                  .then()
                  .statusCode(200)
                  .body("items", hasSize(1))
                  .body("items[0].action", equalTo("delete"))
                  .body("items[0].error", equalTo("FORBIDDEN"))
                  .body("items[0].address", equalTo("127.0.0.1"));
              as(admin)
                  .get("/api/v1/audit-logs?actor=auditor&outcome=done")
                  .then()
                  .body("items", hasSize(1))
                  .body("items[0].action", equalTo("mute"))
                  .body("items[0].resourceType", equalTo("dataset"))
                  .body("items[0].resourceId", equalTo("shop/public/orders"))
                  .body("items[0].after.reason", equalTo("quiet"));
              as(admin)
                  .get("/api/v1/audit-logs?action=create&resourceType=api_key")
                  .then()
                  .body("items[0].actor", equalTo("admin"))
                  .body("items[0].after.grants", equalTo(List.of("reader")));
            });
    assertThat(as(admin).accept("text/csv").get("/api/v1/audit-logs?limit=500").asString())
        .doesNotContainPattern("pmk_[a-z2-7]{8}_[A-Za-z0-9]");
  }

  @Test
  void shouldWriteDownWhoAskedWhat() {
    String key = service.key("asker", "reader:shop/public");

    as(key).get("/api/v1/runs?limit=1").then().statusCode(200);
    as(key).get("/api/v1/runs?tabel=" + key).then().statusCode(400);

    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                as(admin)
                    .get("/api/v1/query-history?actor=asker")
                    .then()
                    .body("items", hasSize(2))
                    .body("items[0].status", equalTo(400))
                    .body("items[0].errorType", equalTo("UNKNOWN_PARAMETER"))
                    .body("items[0].text", not(containsString(key)))
                    .body("items[1].route", equalTo("GET /api/v1/runs"))
                    .body("items[1].text", equalTo("/api/v1/runs?limit=1"))
                    .body("items[1].rows", equalTo(1))
                    .body("items[1].tables", hasItem("profilemesh_runs"))
                    .body("items[1].rowsWritten", nullValue())
                    .body("items[1].bytes", org.hamcrest.Matchers.greaterThan(100))
                    .body("items[1].actorKind", equalTo("key")));
  }

  @Test
  void shouldSignInAndOutWithAPassword() {
    // given
    String user =
        as(admin)
            .contentType(ContentType.JSON)
            .body(
                "{\"name\":\"Ada\",\"password\":\"correct horse"
                    + " battery\",\"grants\":[\"operator:shop/public\"]}")
            .post("/api/v1/users")
            .then()
            .statusCode(201)
            .body("name", equalTo("ada"))
            .body("password", org.hamcrest.Matchers.nullValue())
            .extract()
            .path("userId");
    signIn("ada", "wrong").then().statusCode(401);
    signIn("nobody", "correct horse battery").then().statusCode(401);

    // when
    Response session = signIn("ADA", "correct horse battery");

    // then
    session
        .then()
        .statusCode(201)
        .header("Set-Cookie", containsString("HttpOnly"))
        .header("Set-Cookie", containsString("SameSite=Strict"));
    String cookie = session.cookie("profilemesh_session");
    String proof = session.path("csrfToken");
    with(cookie)
        .get("/api/v1/me")
        .then()
        .statusCode(200)
        .body("name", equalTo("ada"))
        .body("kind", equalTo("user"));
    with(cookie).get("/api/v1/runs?total=true").then().body("total", equalTo(2));
    String mute = "/api/v1/tables/shop%2Fpublic%2Fa/mute?until=2096-01-01T00:00:00Z";
    with(cookie).urlEncodingEnabled(false).put(mute).then().statusCode(401);
    with(cookie)
        .header("X-CSRF-Token", "x")
        .urlEncodingEnabled(false)
        .put(mute)
        .then()
        .statusCode(401);
    with(cookie)
        .header("X-CSRF-Token", proof)
        .urlEncodingEnabled(false)
        .put(mute)
        .then()
        .statusCode(org.hamcrest.Matchers.oneOf(202, 204));
    with(cookie)
        .header("X-CSRF-Token", proof)
        .delete("/api/v1/sessions/current")
        .then()
        .statusCode(204);
    with(cookie).get("/api/v1/me").then().statusCode(401);

    // and: an administrator ends sessions, a stale cookie does not keep anybody from signing in
    Response again =
        with(cookie)
            .contentType(ContentType.JSON)
            .body("{\"name\":\"ada\",\"password\":\"correct horse battery\"}")
            .post("/api/v1/sessions");
    again.then().statusCode(201);
    as(admin).delete("/api/v1/users/" + user + "/sessions").then().statusCode(204);
    with(again.cookie("profilemesh_session")).get("/api/v1/me").then().statusCode(401);
    as(admin)
        .contentType(ContentType.JSON)
        .body("{\"active\":false}")
        .patch("/api/v1/users/" + user)
        .then()
        .statusCode(200)
        .body("active", equalTo(false));
    signIn("ada", "correct horse battery").then().statusCode(401);
    assertThat(as(admin).get("/api/v1/audit-logs?limit=500").asString())
        .contains("sign_in")
        .doesNotContain("correct horse")
        .doesNotContain(cookie);
  }

  @Test
  void shouldMakeWrongPasswordsWait() {
    as(admin)
        .contentType(ContentType.JSON)
        .body("{\"name\":\"grace\",\"password\":\"correct horse battery\",\"grants\":[\"reader\"]}")
        .post("/api/v1/users")
        .then()
        .statusCode(201);
    as(admin)
        .contentType(ContentType.JSON)
        .body("{\"name\":\"grace\",\"password\":\"correct horse battery\"}")
        .post("/api/v1/users")
        .then()
        .statusCode(409);

    for (int i = 0; i < 5; i++) {
      signIn("grace", "wrong " + i).then().statusCode(401);
    }

    signIn("grace", "correct horse battery").then().statusCode(401);
    as(admin)
        .get("/api/v1/users")
        .then()
        .body("items.find { it.name == 'grace' }.lockedUntil", notNullValue());
  }

  @Test
  void shouldLetAKeyOfAPersonEndWithThem() {
    // given
    String person =
        as(admin)
            .contentType(ContentType.JSON)
            .body(Map.of("name", "linus", "password", "correct horse", "grants", List.of("admin")))
            .post("/api/v1/users")
            .then()
            .statusCode(201)
            .extract()
            .path("userId");
    Response session = signIn("linus", "correct horse");

    // when
    Response made =
        with(session.cookie("profilemesh_session"))
            .header("X-CSRF-Token", session.<String>path("csrfToken"))
            .contentType(ContentType.JSON)
            .body(Map.of("name", "his own", "grants", List.of("reader")))
            .post("/api/v1/api-keys");

    // then
    made.then()
        .statusCode(201)
        .body("apiKey.userId", equalTo(person))
        .body("apiKey.createdBy", equalTo("linus"));
    String key = made.path("key");
    as(key).get("/api/v1/me").then().statusCode(200);
    as(admin)
        .contentType(ContentType.JSON)
        .body("{\"active\":false}")
        .patch("/api/v1/users/" + person)
        .then()
        .statusCode(200);
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> as(key).get("/api/v1/me").statusCode() == 401);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                as(admin)
                    .get("/api/v1/query-history?actor=linus&status=201")
                    .then()
                    .body("items[0].rowsWritten", equalTo(2)));
  }

  @Test
  void shouldNotLookUpKeysThatNobodyHasWithoutEnd() throws IOException {
    // given
    String key = service.key("neighbour", "reader");
    assertThat(statusFrom("127.0.0.2", key)).isEqualTo(200);

    // when
    Set<Integer> answers = new TreeSet<>();
    for (int i = 0; i < 90; i++) {
      answers.add(statusFrom("127.0.0.2", ApiKeySecret.random(new SecureRandom()).reveal()));
    }

    // then
    assertThat(answers).containsExactly(401, 429);
    assertThat(statusFrom("127.0.0.2", key)).isEqualTo(200);
    assertThat(statusFrom("127.0.0.1", NOBODYS_KEY)).isEqualTo(401);
  }

  @Test
  void shouldAcceptTokensOfTheProvider() throws Exception {
    String token = token("reader:shop/public", 60);

    given()
        .header("Authorization", "Bearer " + token)
        .get("/api/v1/me")
        .then()
        .statusCode(200)
        .body("kind", equalTo("token"));
    given()
        .header("Authorization", "Bearer " + token)
        .get("/api/v1/runs?total=true")
        .then()
        .body("total", equalTo(2));
    given()
        .header("Authorization", "Bearer " + token)
        .get("/api/v1/api-keys")
        .then()
        .statusCode(403);
    given()
        .header("Authorization", "Bearer " + token("reader", -120))
        .get("/api/v1/runs")
        .then()
        .statusCode(401);
    given()
        .header("Authorization", "Bearer " + token("nothing", 60))
        .get("/api/v1/runs")
        .then()
        .statusCode(403);
  }

  @Test
  void shouldSlowDownWhoAsksTooOften() {
    String key = service.key("hasty", "reader");
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + service.port() + "/api/v1/schema-version"))
            .header("X-API-Key", key)
            .build();

    // when
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 600)
            .mapToObj(i -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
            .toList();

    // then
    assertThat(answers)
        .extracting(answer -> answer.join().statusCode())
        .contains(200, 429)
        .containsOnly(200, 429);
    assertThat(answers)
        .map(CompletableFuture::join)
        .filteredOn(answer -> answer.statusCode() == 429)
        .allSatisfy(
            answer -> {
              assertThat(answer.headers().firstValue("Retry-After")).contains("1");
              assertThat(answer.body()).contains("TOO_MANY_REQUESTS");
            });
    as(admin).get("/api/v1/schema-version").then().statusCode(200);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> as(key).get("/api/v1/schema-version").statusCode() == 200);
  }

  @Test
  void shouldLogNoKey() throws IOException {
    assertThat(service.log()).doesNotContain("pmk_");
  }

  private static RequestSpecification as(String key) {
    return given().header("X-API-Key", key);
  }

  private static RequestSpecification with(String cookie) {
    return given().cookie("profilemesh_session", cookie);
  }

  private static Response signIn(String name, String password) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("name", name, "password", password))
        .post("/api/v1/sessions");
  }

  private static void startProvider() throws Exception {
    providerKey = RsaJwkGenerator.generateJwk(2048);
    providerKey.setKeyId("one");
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext(
        "/keys",
        exchange -> {
          byte[] body = new JsonWebKeySet(providerKey).toJson().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    provider.start();
  }

  private static String token(String role, long seconds) throws Exception {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("https://provider.example");
    claims.setAudience("profilemesh");
    claims.setSubject("7");
    claims.setStringListClaim("roles", role);
    NumericDate end = NumericDate.now();
    end.addSeconds(seconds);
    claims.setExpirationTime(end);
    JsonWebSignature token = new JsonWebSignature();
    token.setPayload(claims.toJson());
    token.setKey(providerKey.getPrivateKey());
    token.setKeyIdHeaderValue("one");
    token.setAlgorithmHeaderValue("RS256");
    return token.getCompactSerialization();
  }

  private static Role needed(Operation operation) {
    Role role = ROLES.get(operation.id());
    return role == null ? Role.ADMIN : role;
  }

  private static Response call(RequestSpecification caller, Operation operation, UUID id) {
    String path =
        operation
            .path()
            .replace("{runId}", id.toString())
            .replace("{keyId}", id.toString())
            .replace("{userId}", id.toString())
            .replace("{datasetId}", "shop%2Fvault%2Fvault")
            .replace("{requestId}", "request-" + id)
            .replace("{column}", "column_0")
            .replace("{metric}", "mean")
            .replace("{policyId}", "vault-public--")
            .replace("{eventId}", "event-of-vault")
            .replace("{incidentId}", "incident-of-vault");
    Predicate<String> takesBody = method -> List.of("PUT", "POST", "PATCH").contains(method);
    // A stream would go on for a minute: it is asked to go on from nowhere, which it refuses.
    RequestSpecification request =
        caller.urlEncodingEnabled(false).header("Last-Event-ID", "nowhere");
    if (takesBody.test(operation.method())) {
      request.contentType(ContentType.JSON).body("{}");
    }
    return request.request(operation.method(), path);
  }

  private static List<Operation> operations() {
    JsonPath api = given().get("/q/openapi?format=json").jsonPath();
    Map<String, Map<String, Object>> paths = api.getMap("paths");
    List<Operation> found = new ArrayList<>();
    paths.forEach(
        (path, item) ->
            item.forEach(
                (method, operation) -> {
                  if (operation instanceof Map<?, ?> fields && fields.containsKey("operationId")) {
                    found.add(
                        new Operation(
                            String.valueOf(fields.get("operationId")),
                            method.toUpperCase(java.util.Locale.ROOT),
                            path));
                  }
                }));
    return found;
  }

  /** Status of a request from one of the addresses of this machine. */
  private static int statusFrom(String address, String key) throws IOException {
    try (Socket socket =
        new Socket("127.0.0.1", service.port(), InetAddress.getByName(address), 0)) {
      String request =
          "GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nX-API-Key: "
              + key
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      return Integer.parseInt(line.substring(9));
    }
  }

  private static void change(String sql) throws Exception {
    try (Connection connection = service.database().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
