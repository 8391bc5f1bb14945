package io.profilemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of alerting, run as their reader runs them. */
class AlertingE2E {

  private static final Path EXAMPLES = Path.of("../../examples").toAbsolutePath().normalize();
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir static Path directory;
  private static TestMesh mesh;

  @BeforeAll
  static void damageATable() {
    mesh = new TestMesh("alerting", directory, Map.of());
    mesh.source(
        "CREATE TABLE public.customers (id bigint PRIMARY KEY, email text)",
        "INSERT INTO public.customers SELECT i, 'c' || i || '@example.org'"
            + " FROM generate_series(1, 1000) i");
    profile("first", 1);
    mesh.source("UPDATE public.customers SET email = NULL WHERE id % 3 = 0");
    profile("second", 2);
    await()
        .atMost(LONG)
        .until(() -> !mesh.log().read(mesh.topics().driftEvents().name()).isEmpty());
  }

  @AfterAll
  static void stopMesh() {
    mesh.close();
  }

  @Test
  void shouldTellOnceAndEndCleanlyInJava() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");

    shouldTellOnceAndEndCleanly(
        java.toString(),
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        EXAMPLES.resolve("alerting-java/Alerts.java").toString(),
        mesh.stack().bootstrapServers(),
        mesh.services().schemaRegistryUrl().toString(),
        mesh.topics().driftEvents().name(),
        "alerts-java",
        "high");
  }

  @Test
  void shouldTellOnceAndEndCleanlyInPython() throws Exception {
    StockClient.installed();

    shouldTellOnceAndEndCleanly(
        StockClient.python().toString(),
        EXAMPLES.resolve("alerting-python/alerts.py").toString(),
        "--bootstrap-servers",
        mesh.stack().bootstrapServers(),
        "--registry-url",
        mesh.services().schemaRegistryUrl().toString(),
        "--topic",
        mesh.topics().driftEvents().name(),
        "--group",
        "alerts-python",
        "--severity",
        "high");
  }

  /** Twice in a row: the second one has nothing to tell. */
  private static void shouldTellOnceAndEndCleanly(String... command) throws Exception {
    assertThat(told(true, command))
        .singleElement()
        .asString()
        .startsWith("HIGH OPENED shop/public/customers - email of customers: 33.3 %")
        .contains("[incident ")
        .endsWith("owner shop-team]");
    assertThat(told(false, command)).as("after a restart").isEmpty();
  }

  /** Starts the program, ends it when it has told something or the group is up to date. */
  private static List<String> told(boolean expected, String... command) throws Exception {
    Path output = Files.createTempFile(directory, "alerts", ".log");
    Process process =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (expected) {
        await().atMost(LONG).until(() -> !lines(output).isEmpty() || !process.isAlive());
      } else {
        await()
            .during(Duration.ofSeconds(8))
            .atMost(LONG)
            .until(() -> process.isAlive() && lines(output).isEmpty());
      }
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(text(output)).isTrue();
      assertThat(process.exitValue()).as(text(output)).isZero();
    } finally {
      process.destroyForcibly();
    }
    return lines(output);
  }

  private static List<String> lines(Path output) throws IOException {
    return text(output).lines().filter(line -> line.contains(" - ")).toList();
  }

  private static String text(Path output) throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  private static void profile(String request, int completed) {
    mesh.produce(
        mesh.topics().profileRequestsJson().name(),
        null,
        "{\"requestId\":\"%s\",\"source\":\"shop\",\"table\":\"public.customers\"}"
            .formatted(request)
            .getBytes(StandardCharsets.UTF_8));
    await()
        .atMost(LONG)
        .until(() -> mesh.log().read(mesh.topics().runVerdicts().name()).size() >= completed);
  }
}
