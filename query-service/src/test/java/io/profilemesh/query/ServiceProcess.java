package io.profilemesh.query;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.profilemesh.metadata.Migrations;
import io.profilemesh.metadata.access.ApiKeySecret;
import io.profilemesh.metadata.access.ApiKeys;
import io.profilemesh.metadata.access.Grant;
import io.profilemesh.metadata.access.NewApiKey;
import io.profilemesh.query.start.Mesh;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stack;
import io.profilemesh.stack.Stacks;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The packaged service as a process of its own, on topics and a database of its own. */
public final class ServiceProcess implements AutoCloseable {

  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

  private final Map<String, String> config = new HashMap<>();
  private final PostgresEndpoint database;
  private final Path log;
  private int port;
  private Process process;

  private ServiceProcess(String name, PostgresEndpoint database) {
    Stack stack = Stacks.shared();
    this.database = database;
    this.log = Path.of("target", "it-logs", name + ".log");
    config.put("profilemesh.environment", "test");
    config.put("profilemesh.topic-prefix", name + ".");
    config.put("profilemesh.topics.partitions", "2");
    config.put("profilemesh.instance-id", name);
    config.put("kafka.bootstrap.servers", stack.bootstrapServers());
    config.put("profilemesh.schema-registry.url", stack.schemaRegistryUrl().toString());
    config.put("profilemesh.schema-registry.auto-register", "true");
    config.put("profilemesh.metadata.jdbc-url", database.jdbcUrl());
    config.put("profilemesh.metadata.username", database.username());
    config.put("profilemesh.metadata.password", database.password());
    config.put("profilemesh.query.start-wait", "5s");
    config.put("quarkus.log.console.json.enabled", "false");
  }

  /** Not started yet; its database is empty. */
  public static ServiceProcess create() {
    String name = "query" + System.nanoTime();
    return new ServiceProcess(name, Stacks.shared().createDatabase(name));
  }

  public ServiceProcess with(String key, String value) {
    config.put(key, value);
    return this;
  }

  public Migrations migrations() {
    return Migrations.of(database.jdbcUrl(), database.username(), database.password());
  }

  /** A new key with grants such as {@code reader:shop/public}. */
  public String key(String name, String... grants) {
    Instant now = Instant.now();
    ApiKeySecret secret = ApiKeySecret.random(new SecureRandom());
    List<Grant> granted = Stream.of(grants).map(Grant::parse).toList();
    try (Connection connection = database.connect()) {
      ApiKeys.create(connection, new NewApiKey(name, granted, "test", now, null), secret);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return secret.reveal();
  }

  public PostgresEndpoint database() {
    return database;
  }

  /** The mesh that the service is part of. */
  public Mesh mesh() {
    return Mesh.of(new SmallRyeConfigBuilder().withDefaultValues(config).build());
  }

  public ServiceProcess start() throws IOException {
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
    config.forEach((key, value) -> builder.environment().put(variable(key), value));
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process = builder.start();
    return this;
  }

  public ServiceProcess awaitReady() {
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(50))
        .failFast("the service ended: see " + log, () -> !process.isAlive())
        .until(() -> status("/q/health/ready") == 200);
    return this;
  }

  public int port() {
    return port;
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(90, SECONDS)) {
      throw new AssertionError("the service did not end: see " + log);
    }
    return process.exitValue();
  }

  public String log() throws IOException {
    return Files.readString(log);
  }

  public int status(String path) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
      return connection.getResponseCode();
    } catch (IOException e) {
      return -1;
    }
  }

  /** What it answers to a GET. */
  public String body(String path) {
    try (java.io.InputStream in =
        URI.create("http://127.0.0.1:" + port + path).toURL().openStream()) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
