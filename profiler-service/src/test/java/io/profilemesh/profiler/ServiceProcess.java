package io.profilemesh.profiler;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.profilemesh.stack.Stack;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The packaged service as a process of its own, so that it can be killed. */
final class ServiceProcess implements AutoCloseable {

  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> environment = new HashMap<>();
  private final Path log;
  private int port;
  private Process process;

  ServiceProcess(Stack stack, String topicPrefix, String instanceId, Path config) {
    environment.put("KAFKA_BOOTSTRAP_SERVERS", stack.bootstrapServers());
    environment.put("PROFILEMESH_SCHEMA_REGISTRY_URL", stack.schemaRegistryUrl().toString());
    environment.put("PROFILEMESH_TOPIC_PREFIX", topicPrefix);
    environment.put("PROFILEMESH_INSTANCE_ID", instanceId);
    environment.put("PROFILEMESH_CONFIG", config.toAbsolutePath().toString());
    environment.put("PROFILEMESH_ENVIRONMENT", "test");
    environment.put("PROFILEMESH_HASH_KEY", "a key for tests only");
    environment.put("PROFILEMESH_TOPICS_PARTITIONS", "3");
    log = Path.of("target", "it-logs", topicPrefix + instanceId + ".log");
  }

  ServiceProcess with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  ServiceProcess without(String variable) {
    environment.remove(variable);
    return this;
  }

  ServiceProcess start() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Files.createDirectories(log.getParent());
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString()));
    builder.environment().putAll(environment);
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process = builder.start();
    return this;
  }

  ServiceProcess awaitReady() {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .failFast("the service ended: see " + log, () -> !process.isAlive())
        .until(() -> status("/q/health/ready") == 200);
    return this;
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    return awaitExit();
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(30, SECONDS)) {
      throw new AssertionError("the service did not end: see " + log);
    }
    return process.exitValue();
  }

  int status(String path) {
    return get(path).map(HttpResponse::statusCode).orElse(-1);
  }

  String body(String path) {
    return get(path).map(HttpResponse::body).orElse("");
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  private Optional<HttpResponse<String>> get(String path) {
    try {
      return Optional.of(
          http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
