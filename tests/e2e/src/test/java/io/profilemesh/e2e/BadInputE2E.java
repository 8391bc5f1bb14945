package io.profilemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.profilemesh.e2e.BadInput.BadRecord;
import io.profilemesh.e2e.BadInput.BadRequest;
import io.profilemesh.e2e.MeshLog.Entry;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input is answered or dead-lettered, once, with its code; what stands beside it is served. */
class BadInputE2E {

  @TempDir static Path directory;
  private static TestMesh mesh;

  @BeforeAll
  static void startMesh() {
    mesh = new TestMesh("badinput", directory, Map.of());
    mesh.source(
        "CREATE TABLE public.t01 (id bigint PRIMARY KEY, email text)",
        "INSERT INTO public.t01 SELECT i, 'a' || i FROM generate_series(1, 300) i");
  }

  @AfterAll
  static void stopMesh() {
    mesh.close();
  }

  @Test
  void shouldAnswerEveryBadRequestWithItsCode() {
    // given
    List<BadRequest> bad = BadInput.requests();
    assertThat(bad).hasSizeGreaterThanOrEqualTo(15);

    // when
    for (BadRequest request : bad) {
      produceJson(request.json());
    }
    produceJson("{\"requestId\":\"good beside bad\",\"source\":\"shop\",\"table\":\"public.t01\"}");

    // then
    await().atMost(Duration.ofSeconds(30)).until(() -> codeOf("good beside bad") != null);
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> actual = new TreeMap<>();
    for (BadRequest request : bad) {
      expected.put(request.name(), request.code());
      actual.put(request.name(), codeOf(request.name()));
    }
    assertThat(actual).isEqualTo(expected);
    assertThat(codeOf("good beside bad")).isEqualTo("COMPLETED");
    assertThat(messages()).allSatisfy(message -> assertThat(message).doesNotContain("Exception"));
  }

  @Test
  void shouldDeadLetterEveryBadRecordOncePerService() {
    // given
    Topic requests = mesh.topics().profileRequests();
    Topic profiles = mesh.topics().tableProfiles();
    ProfileRequest request =
        ProfileRequest.newBuilder()
            .setRequestId("good among bad records")
            .setSource("shop")
            .setTable("public.t01")
            .build();
    byte[] good = mesh.encode(requests.name(), request);
    int foreign = id(mesh.encode(mesh.topics().runEvents().name(), RunEvent.newBuilder().build()));
    List<BadRecord> bad = BadInput.records(good, foreign);
    assertThat(bad).hasSizeGreaterThanOrEqualTo(15);

    // when
    for (BadRecord record : bad) {
      mesh.produce(requests.name(), record.key(), record.value());
    }
    List<BadRecord> badProfiles = BadInput.records(anyProfile(), foreign);
    for (BadRecord record : badProfiles) {
      mesh.produce(profiles.name(), record.key(), record.value());
    }
    mesh.produce(requests.name(), "k", good);

    // then
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> deadLetters(profiles).size() >= 2 * badProfiles.size());
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> "COMPLETED".equals(codeOf("good among bad records")));
    assertThat(codes(deadLetters(requests))).isEqualTo(codesOf(bad, 1));
    assertThat(codes(deadLetters(profiles))).isEqualTo(codesOf(badProfiles, 2));
  }

  private static byte[] anyProfile() {
    return mesh.encode(
        mesh.topics().tableProfiles().name(),
        io.profilemesh.schema.TableProfile.newBuilder()
            .setRunId("6b1b6a2e-7f0e-4ac9-9d2b-0f2f7f2f7f01")
            .setDatasetId("shop/public/t01")
            .setSource("shop")
            .setSchemaName("public")
            .setTableName("t01")
            .setSchemaFingerprint("0123456789abcdef".repeat(10))
            .setOwner("an owner with a long name, so that there are bytes to damage ".repeat(3))
            .build());
  }

  private static int id(byte[] value) {
    return ByteBuffer.wrap(value, 1, 4).getInt();
  }

  private static void produceJson(String json) {
    mesh.produce(
        mesh.topics().profileRequestsJson().name(), null, json.getBytes(StandardCharsets.UTF_8));
  }

  /** The reason code of the request's last event, or the event's type where it has none. */
  private static String codeOf(String requestId) {
    String code = null;
    for (Entry event : mesh.log().read(mesh.topics().runEvents().name())) {
      if (requestId.equals(event.text("requestId"))
          && !List.of("ACCEPTED", "STARTED", "PROGRESS").contains(event.text("type"))) {
        code = event.value().get("code") == null ? event.text("type") : event.text("code");
      }
    }
    return code;
  }

  private static List<String> messages() {
    return mesh.log().read(mesh.topics().runEvents().name()).stream()
        .filter(event -> event.value().get("message") != null)
        .map(event -> event.text("message"))
        .toList();
  }

  private static List<Entry> deadLetters(Topic topic) {
    return mesh.log().read(mesh.topics().deadLetters().name()).stream()
        .filter(letter -> topic.name().equals(letter.text("topic")))
        .toList();
  }

  private static List<String> codes(List<Entry> letters) {
    return letters.stream().map(letter -> letter.text("code")).sorted().toList();
  }

  private static List<String> codesOf(List<BadRecord> records, int services) {
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < services; i++) {
      records.forEach(record -> codes.add(record.code()));
    }
    return codes.stream().sorted().toList();
  }
}
