package io.profilemesh.query.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.query.ServiceProcess;
import io.profilemesh.query.TopicFeed;
import io.profilemesh.query.description.ApiDocument.Operation;
import io.profilemesh.query.description.Calls.Attempt;
import io.profilemesh.query.description.Client.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The service answers as it describes itself, whatever it is sent. The requests are made from the
 * description; {@code -Dprofilemesh.fuzz.seed} chooses others, {@code -Dprofilemesh.fuzz.hostile}
 * more of them.
 */
@Timeout(240)
class DescribedIT {

  private static final long SEED = Long.getLong("profilemesh.fuzz.seed", 20_261_120);
  private static final int HOSTILE = Integer.getInteger("profilemesh.fuzz.hostile", 6);
  private static final int AT_ONCE = 12;
  private static final DescribedRows PLAIN = new DescribedRows("plain", 0);

  private static final List<String> WORDS =
      List.of(
          "x\"; drop table y;--",
          "=cmd|' /C calc'!A0",
          "+1+1",
          "-2+3",
          "@SUM(1)",
          "a,b\"c\"\"d",
          "\ud83d\ude00\u200frtl\u2028",
          "<img src=x onerror=alert(1)>",
          "a/b@c%d;e?f#g&h=i",
          "..",
          "%2e%2e",
          "null",
          "n".repeat(200));

  private static ServiceProcess service;
  private static Client client;
  private static ApiDocument document;
  private static Judge judge;
  private static String admin;
  private static String victim;
  private static String somebody;

  @BeforeAll
  static void fill() throws IOException {
    service =
        ServiceProcess.create()
            .with("profilemesh.access.requests-per-second", "0")
            .with("profilemesh.access.query-history", "true");
    service.migrations().apply(ApplyOptions.all());
    service.start().awaitReady();
    client = new Client(service.port());
    admin = service.key("admin", "admin");
    document = new ApiDocument(json(get("/q/openapi?format=json")));
    judge = new Judge(document);
    try (TopicFeed feed = new TopicFeed(service.mesh())) {
      PLAIN.send(feed);
      for (int i = 0; i < WORDS.size(); i++) {
        new DescribedRows(WORDS.get(i), i + 1).send(feed);
      }
    }
    int all = WORDS.size() + 1;
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(total("/api/v1/runs?status=completed")).isEqualTo(2 * all);
              assertThat(total("/api/v1/drift-events?")).isEqualTo(all);
              assertThat(total("/api/v1/incidents?")).isEqualTo(all);
              assertThat(total("/api/v1/policies?")).isEqualTo(all);
              assertThat(total("/api/v1/pipelines?")).isEqualTo(all);
            });
    victim =
        json(post("/api/v1/api-keys", "{\"name\":\"victim\",\"grants\":[\"reader\"]}"))
            .at("/apiKey/keyId")
            .asText();
    somebody = json(post("/api/v1/users", "{\"name\":\"grace\"}")).path("userId").asText();
  }

  @AfterAll
  static void end() {
    service.close();
  }

  @Test
  void shouldAnswerAsDescribedWhateverIsSent() throws Exception {
    // given
    Calls calls = new Calls(known(PLAIN), admin, SEED, HOSTILE);
    List<Callable<List<String>>> attempts = new ArrayList<>();
    for (Operation operation : document.operations()) {
      calls.of(operation).forEach(attempt -> attempts.add(() -> faults(attempt)));
    }
    long start = System.nanoTime();

    // when
    List<String> faults = new ArrayList<>();
    ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
    try {
      for (Future<List<String>> each : callers.invokeAll(attempts)) {
        faults.addAll(each.get());
      }
    } finally {
      callers.shutdownNow();
    }

    // then
    System.out.printf(
        "%d requests in %d ms, seed %d, %d faults%n",
        attempts.size(), (System.nanoTime() - start) / 1_000_000, SEED, faults.size());
    assertThat(attempts).hasSizeGreaterThan(1_000);
    assertThat(faults.stream().limit(60).toList()).isEmpty();
    assertThat(service.log()).doesNotContain("A request ended in an error of ours");
  }

  /** What no library would send. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs?table=%zz",
        "/api/v1/runs?table=%",
        "/api/v1/runs/%zz",
        "/api/v1/runs?%00=1",
        "/api/v1/runs?=x",
        "/api/v1/tables/%ff%fe",
        "/api/v1/runs?limit=1&limit=2",
        "/api/v1/search?q=\u0001",
        "/api/v1/runs?table=<x>",
        "/api/v1/runs?table=\\"
      })
  void shouldRefuseWhatIsNoRequest(String target) throws IOException {
    String answer = raw("GET " + target + " HTTP/1.1", "");
    assertThat(answer).startsWith("HTTP/1.1 4");
    assertThat(answer.toLowerCase(Locale.ROOT))
        .containsAnyOf("application/problem+json", "content-length: 0");
  }

  @Test
  void shouldRefuseALongBodyThatDoesNotSayHowLongItIs() throws IOException {
    String chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";
    String answer =
        raw(
            "POST /api/v1/policies/test HTTP/1.1\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked",
            chunk.repeat(20) + "0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413");
  }

  @Test
  void shouldNotTakeLongOverALongPath() throws IOException {
    List<String> paths =
        List.of(
            "/api/v1/tables/" + "x".repeat(15_000),
            "/api/v1/tables/" + "a/".repeat(7_000),
            "/api/v1/tables/" + "/tables/".repeat(1_800),
            "/api/v1/tables/" + "/columns/a".repeat(1_500));
    long start = System.nanoTime();
    for (String path : paths) {
      assertThat(raw("GET " + path + " HTTP/1.1", "")).startsWith("HTTP/1.1 4");
    }
    // Tried at every place, each of them takes seconds.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void shouldEndAQuestionThatTakesTooLong() throws SQLException {
    try (Connection connection = service.database().connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE profilemesh_table_state IN ACCESS EXCLUSIVE MODE");

      Judge.Answer answer = get("/api/v1/table-states");

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.text()).contains("QUERY_TIMEOUT");
      assertThat(answer.headers()).contains("retry-after");
      connection.rollback();
    }
    assertThat(get("/api/v1/table-states").status()).isEqualTo(200);
  }

  @Test
  void shouldAnswerEveryExampleOfTheDocument() throws Exception {
    // given
    List<Call> examples = WrittenExamples.calls(admin, DescribedIT::filledIn);
    List<String> wrong = new ArrayList<>();

    // when
    for (Call example : examples) {
      Judge.Answer answer = client.send(example);
      // What is about tables that are not here is not found.
      if (answer.status() >= 300 && answer.status() != 404 && answer.status() != 409) {
        wrong.add(example.asCommand() + ": " + answer.text());
      }
    }
    try (Connection connection = service.database().connect();
        Statement statement = connection.createStatement()) {
      for (String sql : WrittenExamples.statements()) {
        statement.execute(sql);
      }
    }

    // then
    assertThat(examples).hasSizeGreaterThan(55);
    assertThat(WrittenExamples.statements()).hasSizeGreaterThan(5);
    assertThat(wrong).isEmpty();
  }

  @Test
  void shouldCarryTextsUnharmedThroughEveryRoute() {
    List<String> wrong = new ArrayList<>();
    int shown = 0;
    for (Operation operation : document.operations()) {
      if (!operation.method().equals("GET") || operation.id().startsWith("stream")) {
        continue;
      }
      // The search finds words, and some of these texts have none.
      boolean showsWord =
          !operation.id().equals("search") && show(operation, PLAIN).contains("\"plain\"");
      boolean hasCsv =
          document.response(operation, 200).orElseThrow().at("/content").has("text/csv");
      Call plain = call(operation, PLAIN).with("Accept", "text/csv");
      boolean showsAsCsv =
          showsWord && hasCsv && cells(client.send(plain).text()).contains(PLAIN.word());
      shown += showsWord ? 1 : 0;
      for (int i = 0; i < WORDS.size(); i++) {
        DescribedRows rows = new DescribedRows(WORDS.get(i), i + 1);
        Call call = call(operation, rows);
        Judge.Answer json = client.send(call.with("Accept", "application/json"));
        Set<String> texts = texts(json);
        judge.faults(operation, json).forEach(fault -> wrong.add(operation + ": " + fault));
        if (showsWord && !texts.contains(rows.word())) {
          wrong.add(operation + " does not show " + rows.word());
        }
        if (hasCsv) {
          Judge.Answer csv = client.send(call.with("Accept", "text/csv"));
          judge.faults(operation, csv).forEach(fault -> wrong.add(operation + ": " + fault));
          Set<String> cells = cells(csv.text());
          if (showsAsCsv && !cells.contains(rows.word()) && !cells.contains("'" + rows.word())) {
            wrong.add(operation + " as CSV does not show " + rows.word());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(shown).as("routes that show the texts of a dataset").isGreaterThan(12);
  }

  // ---------------------------------------------------------------------------------------------

  private static List<String> faults(Attempt attempt) {
    Judge.Answer answer = client.send(attempt.call());
    boolean elsewhere = attempt.changesPath() && answer.status() < 500;
    List<String> faults =
        new ArrayList<>(elsewhere ? List.of() : judge.faults(attempt.operation(), answer));
    if (attempt.fits() && List.of(400, 406, 413, 415).contains(answer.status())) {
      faults.add("refused, though the description allows it: " + answer.text());
    }
    return faults.stream()
        .map(
            fault ->
                attempt.operation().id() + ": " + fault + "\n    " + attempt.call().asCommand())
        .toList();
  }

  /** An address of a document with ids of what is there. */
  private static String filledIn(String target) {
    String page = json(get("/api/v1/runs?limit=10")).path("next").asText();
    return target
        .replace("RUN", PLAIN.secondRunId())
        .replace("EVENT", PLAIN.eventId())
        .replace("INCIDENT", PLAIN.incidentId())
        .replace("NEXT", page)
        .replace("baseline=" + PLAIN.secondRunId(), "baseline=" + PLAIN.runId());
  }

  private static Map<String, String> known(DescribedRows rows) {
    return Map.ofEntries(
        Map.entry("source", rows.word()),
        Map.entry("schema", rows.word()),
        Map.entry("table", rows.word()),
        Map.entry("runId", rows.runId()),
        Map.entry("current", rows.runId()),
        Map.entry("dataset", rows.dataset().toString()),
        Map.entry("datasetId", rows.dataset().toString()),
        Map.entry("eventId", rows.eventId()),
        Map.entry("incidentId", rows.incidentId()),
        Map.entry("policyId", rows.policyId()),
        Map.entry("requestId", "request-" + rows.runId()),
        Map.entry("pipeline", rows.word()),
        Map.entry("column", rows.word()),
        Map.entry("metric", "mean"),
        Map.entry("q", rows.word()),
        Map.entry("keyId", victim),
        Map.entry("userId", somebody),
        Map.entry("limit", "7"),
        Map.entry("days", "30"));
  }

  /** The call of a route for one dataset, narrowed to it where the route can be. */
  private static Call call(Operation operation, DescribedRows rows) {
    Map<String, String> known = known(rows);
    String path = operation.path();
    StringBuilder query = new StringBuilder("?");
    for (ApiDocument.Input input : ApiDocument.inputs(operation)) {
      String value = Inputs.encoded(known.getOrDefault(input.name(), ""));
      if (input.in().equals("path")) {
        path = path.replace("{" + input.name() + "}", value);
      } else if (List.of("source", "q", "dataset").contains(input.name())) {
        query.append(input.name()).append('=').append(value).append('&');
      } else if (input.name().equals("limit")) {
        query.append("limit=100&");
      }
    }
    String target = path + query.substring(0, query.length() - 1);
    return new Call("GET", target, new TreeMap<>(Map.of("X-API-Key", admin)), null);
  }

  private static String show(Operation operation, DescribedRows rows) {
    return client.send(call(operation, rows).with("Accept", "application/json")).text();
  }

  private static Set<String> texts(Judge.Answer answer) {
    Set<String> texts = new HashSet<>();
    collect(json(answer), texts);
    return texts;
  }

  private static void collect(JsonNode node, Set<String> texts) {
    if (node.isTextual()) {
      texts.add(node.textValue());
    }
    node.forEach(each -> collect(each, texts));
  }

  private static Set<String> cells(String csv) {
    Set<String> cells = new HashSet<>();
    try (CSVParser parser = CSVFormat.RFC4180.parse(new StringReader(csv))) {
      parser.forEach(line -> line.forEach(cells::add));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return cells;
  }

  private static long total(String list) {
    String more = list.endsWith("?") ? "" : "&";
    return json(get(list + more + "total=true")).path("total").asLong(-1);
  }

  private static Judge.Answer get(String target) {
    return client.send(new Call("GET", target, Map.of("X-API-Key", admin), null));
  }

  private static Judge.Answer post(String target, String body) {
    Map<String, String> headers = Map.of("X-API-Key", admin, "Content-Type", "application/json");
    return client.send(new Call("POST", target, headers, body.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonNode json(Judge.Answer answer) {
    try {
      return ApiDocument.JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + answer.text(), e);
    }
  }

  private static String raw(String line, String body) throws IOException {
    String request =
        line
            + "\r\nHost: 127.0.0.1\r\nX-API-Key: "
            + admin
            + "\r\nConnection: close\r\n\r\n"
            + body;
    try (Socket socket = new Socket("127.0.0.1", service.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
