package io.profilemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.e2e.Typist.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The commands of the documents, typed at a mesh as their user would type them. */
final class TypedCommands {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestMesh mesh;
  private final Typist typist;
  private final Path directory;
  private String test = "";

  /**
   * @param directory where the configuration of the mesh is, and answers may be written to
   */
  TypedCommands(TestMesh mesh, Path directory) {
    this.mesh = mesh;
    this.typist = new Typist(mesh);
    this.directory = directory;
  }

  /** Profiles a table of its own twice, damaged the second time; gives the second run. */
  String profileADamagedTable() throws IOException {
    mesh.source(
        "CREATE SCHEMA typed",
        "CREATE TABLE typed.people (id bigint PRIMARY KEY, email text)",
        "INSERT INTO typed.people SELECT i, 't' || i || '@example.org' FROM generate_series(1,"
            + " 500) i");
    assertThat(done("profile typed.people --wait --quiet").code()).isZero();
    test =
        json(done("send-test-event shop.typed.people --environment test --format json"))
            .get("eventId")
            .asText();
    mesh.source("UPDATE typed.people SET email = NULL WHERE id % 2 = 0");
    Result judged = typist.type("profile typed.people --wait --quiet --fail-on-drift medium");
    assertThat(judged.code()).as(judged.err()).isEqualTo(3);
    return json(done("query runs --table people --limit 1 --format json"))
        .at("/items/0/runId")
        .asText();
  }

  /** Every reading command in every form, and to a file. */
  void checkThatEachAnswersInEveryForm(String run) throws IOException {
    List<String> commands =
        List.of(
            "query runs --table people --status completed --days 7 --all",
            "query drift --table people --min-severity low --limit 5",
            "query run " + run,
            "query run " + run + " --column email",
            "query table typed.people --days 90",
            "query table typed.people --column email --metric null_percent",
            "query tables --source shop --schema typed --table people --environment test",
            "query columns typed.people",
            "query search people --kind table",
            "query states --table people",
            "query pipelines",
            "query incidents --table people --severity high",
            "incidents --table people --status open --offset 0",
            "drift typed.people",
            "compare " + run,
            "policy list",
            "baseline show typed.people",
            "key list",
            "user list",
            "schemas check",
            "dead-letters list --topic no-such-topic",
            "migrate status",
            "migrate validate",
            "migrate history",
            "migrate apply --dry-run",
            "source test shop --config " + directory.resolve("profilemesh.yaml"),
            "doctor --config " + directory.resolve("profilemesh.yaml"));
    for (String command : commands) {
      String table = done(command).out();
      String csv = done(command + " --format csv").out();
      assertThat(json(done(command + " --format json")).isObject()).as(command).isTrue();
      assertThat(csv.lines().findFirst().orElse("")).as(command).matches("[a-zA-Z,]+");
      if (csv.lines().count() > 1) {
        assertThat(table).as(command).isNotBlank();
      }
      // Asking may change the answer, as the time a key was last used.
      await(command)
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> checkThatTheFileSaysTheSame(command + " --format csv"));
    }
  }

  private void checkThatTheFileSaysTheSame(String command) throws IOException {
    Path file = directory.resolve("answer.csv");
    String said = done(command).out();
    assertThat(done(command + " --output " + file).out()).as(command).isEmpty();
    assertThat(Files.readString(file)).as(command).isEqualTo(said);
  }

  /** What the answers say, where that is known. */
  void checkWhatTheySay(String run) throws IOException {
    assertThat(done("query drift --table people").out()).contains("null_percent").contains("high");
    assertThat(done("query columns typed.people").out()).contains("email").contains("text");
    assertThat(done("query search people").out()).contains("shop/typed/people");
    assertThat(done("query run " + run + " --column email --format csv").out())
        .contains("null_percent");
    assertThat(done("migrate apply").err()).contains("Nothing is pending");
    String event =
        json(done("query drift --table people --limit 1 --format json"))
            .at("/items/0/eventId")
            .asText();
    assertThat(done("explain " + event).out()).contains("email");
    String doctor = done("doctor --format csv").out();
    assertThat(doctor)
        .contains("query service,ok,")
        .contains("broker,ok,")
        .contains("topics,ok,")
        .contains("rights,ok,")
        .contains("registry,ok,")
        .contains("tables,ok,")
        .contains("tests may admin");
    assertThat(done("source test --format csv -c " + directory.resolve("profilemesh.yaml")).out())
        .contains("shop: connection,ok,answers as PostgreSQL")
        .contains("the role may write to")
        .doesNotContain(mesh.source().password());
    assertThat(typist.type("query run 0b54c0a3-6a59-5d0f-9a7e-2a1f0c6f4d11").code()).isEqualTo(1);
    assertThat(typist.type("query runs --status nonsense").code()).isEqualTo(2);
  }

  /** A test of alerts stands on the topic before the drift of its table, and in no list. */
  void checkThatTheTestOfAlertsIsNoHistory() {
    assertThat(mesh.log().read(mesh.topics().driftEvents().name()))
        .filteredOn(event -> test.equals(event.text("eventId")))
        .singleElement()
        .satisfies(event -> assertThat(event.value().get("test")).isEqualTo(true));
    assertThat(done("query drift --table people --format csv --all").out())
        .contains("null_percent")
        .doesNotContain(test);
    assertThat(typist.type("explain " + test).code()).isEqualTo(1);
  }

  /** A person is entered, let out and in again, and never seen with a password. */
  void checkPeople() {
    String password = "correct horse battery";
    Result added = typist.type("user add Grace --grant reader:shop/public", password);
    assertThat(added.code()).as(added.err()).isZero();
    assertThat(added.err()).contains("grace may reader:shop/public.");
    assertThat(typist.type("user add grace --role reader", password).code()).isEqualTo(1);
    assertThat(typist.type("user password grace", "short").code()).isEqualTo(2);
    done("user disable grace");
    assertThat(done("user list --format csv").out())
        .containsPattern("grace,.*,false,reader:shop/public");
    done("user enable grace");
    done("user sign-out grace");
  }

  /** A refused record is given to its topic once more, once only. */
  void checkThatARefusedRecordIsReplayedOnce() throws IOException {
    String topic = mesh.topics().profileRequests().name();
    String list = "dead-letters list --topic profile-requests --service profiler-service";
    mesh.produce(topic, "typed", new byte[] {1, 2, 3});
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> done(list + " --format csv").out().contains("NOT_AVRO_WIRE_FORMAT"));
    JsonNode letter =
        json(done(list + " --code NOT_AVRO_WIRE_FORMAT --format json")).at("/items/0");
    String id = letter.get("deadLetterId").asText();

    assertThat(done("dead-letters replay --dry-run " + id).out()).contains("would replay");
    assertThat(done("dead-letters show " + id + " --format csv").out())
        .contains("record.there,true")
        .contains("record.replayed,false");
    assertThat(done("dead-letters replay " + id).out()).contains(" replayed");
    assertThat(done("dead-letters replay " + id).out()).contains("already replayed");

    assertThat(done("dead-letters show " + id + " --format csv").out())
        .contains("record.replayed,true");
    // the copy is as bad as the record was: one letter more, and no more than that
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> json(done(list + " --format json")).get("items").size() == 2);
    assertThat(json(done(list + " --format json")).at("/items/0/offset").asLong())
        .isGreaterThan(letter.get("offset").asLong());
  }

  private Result done(String command) {
    Result result = typist.type(command);
    assertThat(result.code()).as(command + ": " + result.err() + result.out()).isZero();
    return result;
  }

  private static JsonNode json(Result result) throws IOException {
    return JSON.readTree(result.out());
  }
}
