package io.profilemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.e2e.Canaries.Sighting;
import io.profilemesh.e2e.MeshLog.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No value of a source is met anywhere outside it, unless somebody published its column: not in a
 * topic, changelog, dead letter, table, answer, metric, log or on a terminal. Services log as much
 * as they can.
 */
class PrivacyE2E {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Texts of columns that nobody published, and of errors, defaults and requests. */
  private static final List<String> SECRET =
      List.of(
          "kq7zname",
          "kq7zvarchar",
          "kq7zfixed",
          "kq7zjsonkey",
          "kq7zjsonvalue",
          "kq7zjsonbkey",
          "kq7zjsonbvalue",
          "kq7zbytes",
          "kq7zarray",
          "kq7zenum",
          "kq7zmail",
          "kq7zstreet",
          "kq7zxmltext",
          "kq7zstory",
          "kq7zdefault",
          "kq7zconstraint",
          "kq7zadded",
          "kq7zstaffmail",
          "kq7zcheck",
          "kq7zdetail",
          "kq7zwarning",
          "kq7zcategory",
          "kq7zslice",
          "kq7zbroken",
          "kq7zdeadletter",
          "+4917012345",
          "203.0.113.7");

  private static final String UUID_BYTES = "kqzcanaryuuid001";
  private static final String UUID_TEXT = "6b717a63-616e-6172-7975-756964303031";
  private static final long[] CARDS =
      LongStream.range(0, 400)
          .map(i -> 400_012_345_678_900L + i * 37)
          .map(PrivacyE2E::withCheckDigit)
          .toArray();
  private static final long[] PHONES =
      LongStream.range(0, 40).map(i -> 491_701_234_000L + i * 13).toArray();

  /** Columns that the configuration publishes: by name, or with all of their table. */
  private static final List<String> PUBLIC = List.of("kq7zcountry", "kq7ztitle");

  @TempDir static Path directory;
  private static TestMesh mesh;

  @BeforeAll
  static void startMesh() {
    mesh =
        new TestMesh(
            "privacy",
            directory,
            TestMesh.with("QUARKUS_LOG_CATEGORY__IO_PROFILEMESH__LEVEL", "DEBUG"),
            """
              - source: shop
                table: public.people
                values: { publish: [country] }
              - source: shop
                table: public.staff
                values: publish
              - source: shop
                table: public.visits
                slice: { name: daily, column: at, period: P1D }
            """);
    mesh.source(
        "CREATE TYPE mood AS ENUM ('kq7zenumgood', 'kq7zenumbad')",
        "CREATE TYPE address AS (street text, zip int)",
        "CREATE DOMAIN short AS text CHECK (length(VALUE) < 3)",
        "CREATE TABLE public.people (id bigint PRIMARY KEY, name text DEFAULT 'kq7zdefault',"
            + " code varchar(40), fixed char(20), notes json, prefs jsonb, photo bytea,"
            + " tags text[], mood mood, token uuid, mail text, card bigint, card_text text,"
            + " phone text, phone_number bigint, address address, document xml, ip inet,"
            + " story text CHECK (story <> 'kq7zconstraint'), category text, country text)",
        "CREATE TABLE public.staff (id bigint PRIMARY KEY, title text, mail text, card bigint,"
            + " phone_number bigint)",
        "CREATE TABLE public.visits (id bigint PRIMARY KEY, at timestamptz, visitor text)",
        "INSERT INTO public.visits SELECT i, timestamptz '2026-11-18Z' + i * interval '10 min',"
            + " 'kq7zslice' || i % 5 FROM generate_series(1, 400) i",
        "CREATE VIEW public.cast_failure AS SELECT name::int AS n FROM public.people",
        "CREATE VIEW public.json_failure AS SELECT ('{\"kq7zbroken' || name)::json AS n FROM"
            + " public.people",
        "CREATE VIEW public.check_failure AS SELECT ('kq7zcheck' || name)::short AS n FROM"
            + " public.people",
        "CREATE FUNCTION raised(text) RETURNS int LANGUAGE plpgsql AS $$ BEGIN"
            + " RAISE WARNING 'kq7zwarning %', $1; RAISE EXCEPTION 'no: %', $1 USING DETAIL ="
            + " 'kq7zdetail', HINT = $1; END $$",
        "CREATE VIEW public.raised_failure AS SELECT raised(name) AS n FROM public.people");
    fill();
  }

  private static void fill() {
    for (int i = 0; i < 400; i++) {
      mesh.source(
          """
          INSERT INTO public.people VALUES (%1$d, 'kq7zname%2$d', 'kq7zvarchar%2$d',
            'kq7zfixed%2$d', '{"kq7zjsonkey": "kq7zjsonvalue%2$d"}',
            '{"kq7zjsonbkey": ["kq7zjsonbvalue%2$d"]}', convert_to('kq7zbytes%2$d', 'UTF8'),
            '{kq7zarray%2$d,other}', 'kq7zenumgood', '%3$s', 'kq7zmail%2$d@example.org', %4$d,
            '%4$d', '+4917012345%5$02d', %6$d, ROW('kq7zstreet%2$d', 1),
            xmlparse(content '<a>kq7zxmltext%2$d</a>'), '203.0.113.7%2$d',
            repeat('kq7zstory%2$d ', 9000), 'kq7zcategory%2$d', 'kq7zcountry%2$d')
          """
              .formatted(i, i % 7, UUID_TEXT, CARDS[i], i % 40, PHONES[i % PHONES.length]),
          """
          INSERT INTO public.staff VALUES (%d, 'kq7ztitle%d', 'kq7zstaffmail%d@example.org', %d, %d)
          """
              .formatted(i, i % 5, i % 5, CARDS[i], PHONES[i % PHONES.length]));
    }
  }

  @AfterAll
  static void stopMesh() {
    mesh.close();
  }

  @Test
  void shouldMeetNoValueAnywhereButWhereItsColumnIsPublished() throws IOException {
    // given: every kind of run, before and after a change that drifts
    request("whole", "public.people", "");
    request("staff", "public.staff", "");
    request("sampled", "public.people", ",\"options\":{\"sampling\":{\"fraction\":0.5}}");
    request("sliced", "public.visits", ",\"options\":{\"slice\":{\"name\":\"daily\"}}");
    request("failing", "public.*_failure", "");
    awaitEnds("whole", "staff", "sampled", "sliced", "failing");
    mesh.source(
        "UPDATE public.people SET name = 'kq7zadded' || id, category = 'kq7zadded', mood ="
            + " 'kq7zenumbad', mail = NULL, story = story || story WHERE id % 3 > 0",
        "UPDATE public.staff SET title = 'kq7ztitlenew', mail = NULL WHERE id % 3 > 0");
    request("again", "public.people", "");
    request("staff again", "public.staff", "");
    awaitEnds("again", "staff again");
    mesh.produce(
        mesh.topics().profileRequests().name(),
        "k",
        "kq7zdeadletter".getBytes(StandardCharsets.UTF_8));
    mesh.produce(
        mesh.topics().profileRequestsJson().name(),
        "k",
        "{\"source\": \"kq7zdeadletter".getBytes(StandardCharsets.UTF_8));
    await().atMost(PATIENCE).until(() -> read(mesh.topics().deadLetters().name()).size() == 2);
    await().atMost(PATIENCE).until(() -> items("/api/v1/drift-events?limit=500").size() > 3);
    checkThatTheRunsWereWhatTheyShould();

    // when
    Map<String, Set<Sighting>> secrets = new TreeMap<>();
    Map<String, Set<Sighting>> published = new TreeMap<>();
    Set<String> seen = new TreeSet<>();
    new Places(mesh)
        .each(
            (place, bytes) -> {
              seen.add(place);
              note(secrets, place, SECRETS_SOUGHT.in(bytes));
              note(published, place, PUBLIC_SOUGHT.in(bytes));
            });

    // then
    assertThat(seen)
        .anyMatch(place -> place.startsWith("topic ") && place.endsWith("-changelog"))
        .anyMatch(place -> place.startsWith("file ") && place.contains("state"))
        .anyMatch(place -> place.startsWith("file logs") && place.contains("profiler"))
        .contains("topic " + mesh.topics().deadLetters().name(), "profiler /q/metrics");

    // and: what was sent to us stays where its sender put it
    for (String topic :
        List.of(
            mesh.topics().profileRequests().name(), mesh.topics().profileRequestsJson().name())) {
      Set<Sighting> own = secrets.remove("topic " + topic);
      assertThat(own).as(topic).extracting(Sighting::canary).containsOnly("kq7zdeadletter");
    }
    assertThat(secrets).isEmpty();
    for (String canary : PUBLIC) {
      assertThat(placesOf(canary, published))
          .as("places of the published " + canary)
          .contains(
              "topic " + mesh.topics().tableProfiles().name(),
              "table profilemesh_column_profiles",
              "rest /api/v1/runs/{runId}",
              "cli query run");
    }
  }

  private static void checkThatTheRunsWereWhatTheyShould() throws IOException {
    List<Entry> events = read(mesh.topics().runEvents().name());
    assertThat(events)
        .filteredOn(event -> event.text("type").equals("COMPLETED"))
        .extracting(event -> event.text("requestId"))
        .containsExactlyInAnyOrder("whole", "staff", "sampled", "sliced", "again", "staff again");
    assertThat(events)
        .filteredOn(event -> event.text("type").equals("FAILED"))
        .filteredOn(event -> event.text("requestId").equals("failing"))
        .hasSize(4)
        .allSatisfy(event -> assertThat(event.text("code")).isEqualTo("SOURCE_QUERY_FAILED"));
    for (String table : List.of("people", "staff")) {
      JsonNode run = items("/api/v1/runs?status=completed&table=" + table).get(0);
      String path = "/api/v1/runs/" + run.get("runId").asText();
      for (JsonNode column : json(path).get("columns")) {
        String name = column.get("column").asText();
        String meaning = column.path("semanticType").asText("");
        switch (name) {
          case "card", "card_text" -> assertThat(meaning).as(name).isEqualTo("credit_card");
          case "phone", "phone_number" -> assertThat(meaning).as(name).isEqualTo("phone");
          default -> {}
        }
        if (name.equals("card") || name.equals("phone_number")) {
          assertThat(column.hasNonNull("histogram")).as(name).isFalse();
          assertThat(column.hasNonNull("quantiles")).as(name).isFalse();
        }
        if (name.equals("id")) {
          assertThat(column.hasNonNull("histogram")).isTrue();
        }
      }
    }
  }

  private static final Canaries SECRETS_SOUGHT = sought(SECRET);
  private static final Canaries PUBLIC_SOUGHT = new Canaries();

  static {
    SECRETS_SOUGHT.text(UUID_TEXT).bytes(UUID_TEXT, UUID_BYTES.getBytes(StandardCharsets.US_ASCII));
    LongStream.concat(LongStream.of(CARDS), LongStream.of(PHONES)).forEach(SECRETS_SOUGHT::number);
    PUBLIC.forEach(PUBLIC_SOUGHT::text);
  }

  private static Canaries sought(List<String> texts) {
    Canaries canaries = new Canaries();
    texts.forEach(canaries::text);
    return canaries;
  }

  private static void note(Map<String, Set<Sighting>> all, String place, Set<Sighting> sightings) {
    if (!sightings.isEmpty()) {
      all.computeIfAbsent(place, key -> new TreeSet<>()).addAll(sightings);
    }
  }

  private static Set<String> placesOf(String canary, Map<String, Set<Sighting>> all) {
    return all.entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(one -> one.canary().equals(canary)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static void request(String id, String table, String more) {
    mesh.produce(
        mesh.topics().profileRequestsJson().name(),
        id,
        "{\"requestId\":\"%s\",\"source\":\"shop\",\"table\":\"%s\"%s}"
            .formatted(id, table, more)
            .getBytes(StandardCharsets.UTF_8));
  }

  /** Every accepted dataset of the requests has ended, and what completed has been judged. */
  private static void awaitEnds(String... requests) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              List<Entry> events = new ArrayList<>(read(mesh.topics().runEvents().name()));
              events.removeIf(event -> !List.of(requests).contains(event.text("requestId")));
              Set<String> known =
                  events.stream().map(event -> event.text("requestId")).collect(Collectors.toSet());
              Set<String> open = identities(events, "ACCEPTED");
              Set<String> completed = identities(events, "COMPLETED");
              List.of("COMPLETED", "FAILED", "SKIPPED")
                  .forEach(end -> open.removeAll(identities(events, end)));
              Set<String> judged = identities(read(mesh.topics().runVerdicts().name()), null);
              return known.size() == requests.length
                  && open.isEmpty()
                  && judged.containsAll(completed);
            });
  }

  private static Set<String> identities(List<Entry> records, String type) {
    return records.stream()
        .filter(record -> type == null || type.equals(record.text("type")))
        .map(record -> record.text("runId") + record.text("datasetId"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Entry> read(String topic) {
    return mesh.log().read(topic).stream().filter(entry -> entry.value() != null).toList();
  }

  private static JsonNode items(String path) throws IOException {
    return json(path).get("items");
  }

  private static JsonNode json(String path) throws IOException {
    return new ObjectMapper().readTree(mesh.get(path).body());
  }

  /** Luhn's: the number with the digit that makes it a card's. */
  private static long withCheckDigit(long body) {
    int sum = 0;
    boolean doubled = true;
    for (long rest = body; rest > 0; rest /= 10) {
      int digit = (int) (rest % 10) * (doubled ? 2 : 1);
      sum += digit > 9 ? digit - 9 : digit;
      doubled = !doubled;
    }
    return body * 10 + (10 - sum % 10) % 10;
  }
}
