package io.profilemesh.profiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.profilemesh.stack.Stack;
import io.profilemesh.stack.Stacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilerStartIT {

  @TempDir Path directory;

  private final String prefix = "start-it-" + System.nanoTime() + ".";
  private ServiceProcess service;

  @BeforeEach
  void prepare() throws IOException {
    service = service("sources: { w: { type: postgresql, database: d, username: u } }");
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void shouldEndWithEveryMistakeWhenTheFileIsWrong() throws Exception {
    service =
        service("sources: { w: { type: oracle, password: s3cret }, x: { type: postgresql } }");

    int code = service.start().awaitExit();

    assertThat(code).isEqualTo(1);
    assertThat(service.log())
        .contains("sources.w.type", "sources.w.database", "sources.x.username")
        .doesNotContain("s3cret", "Exception");
  }

  @Test
  void shouldEndWithOneSentenceWhenThereIsNoFile() throws Exception {
    int code = service.without("PROFILEMESH_CONFIG").start().awaitExit();

    assertThat(code).isEqualTo(1);
    assertThat(service.log()).contains("profilemesh.config is not set").doesNotContain("\tat ");
  }

  @Test
  void shouldRefuseSeededFaultsOutsideTests() throws Exception {
    int code =
        service
            .with("PROFILEMESH_ENVIRONMENT", "production")
            .with("PROFILEMESH_CHAOS_DEDUPLICATION", "false")
            .start()
            .awaitExit();

    assertThat(code).isEqualTo(1);
    assertThat(service.log()).contains("profilemesh.chaos");
  }

  @Test
  void shouldEndWhenATopicDoesNotFit() throws Exception {
    // given
    createTopic(prefix + "run-ledger");

    // when
    int code = service.start().awaitExit();

    // then
    assertThat(code).isEqualTo(1);
    assertThat(service.log()).contains(prefix + "run-ledger").contains("cleanup.policy");
  }

  @Test
  void shouldBeAliveAndWaitWhenTheRegistryIsAway() throws Exception {
    service.with("PROFILEMESH_SCHEMA_REGISTRY_URL", "http://127.0.0.1:1").start();

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(service.body("/q/health/ready"))
                    .contains("\"SCHEMAS\"")
                    .containsPattern("\"registry\": *\"down\""));
    assertThat(service.status("/q/health/live")).isEqualTo(200);
    assertThat(service.status("/q/health/ready")).isEqualTo(503);
  }

  @Test
  void shouldBeAliveAndWaitWhenTheBrokerIsAway() throws Exception {
    service.with("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1").start();

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(service.body("/q/health/ready"))
                    .contains("\"TOPICS\"")
                    .containsPattern("\"broker\": *\"down\""));
    assertThat(service.status("/q/health/live")).isEqualTo(200);
  }

  private ServiceProcess service(String yaml) throws IOException {
    Stack stack = Stacks.shared();
    Path file = Files.writeString(directory.resolve("profilemesh.yaml"), yaml);
    return new ServiceProcess(stack, prefix, "one", file);
  }

  private static void createTopic(String name) throws InterruptedException, ExecutionException {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", Stacks.shared().bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(name, 3, (short) 1))).all().get();
    }
  }
}
