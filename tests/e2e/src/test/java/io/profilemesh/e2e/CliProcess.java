package io.profilemesh.e2e;

import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.local.Service;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line as a process of its own, told which mesh it is about. */
final class CliProcess implements AutoCloseable {

  private static final int SECONDS = 60;

  private final Path out;
  private final Path err;
  private final Process process;

  private CliProcess(TestMesh mesh, boolean terminal, List<String> words) throws IOException {
    out = Files.createTempFile("cli", ".out");
    err = Files.createTempFile("cli", ".err");
    List<String> line = new ArrayList<>();
    line.add(ProcessHandle.current().info().command().orElse("java"));
    line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    line.add(classPath());
    line.add("io.profilemesh.cli.Main");
    line.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment(mesh));
    builder.environment().put("PROFILEMESH_TERMINAL", terminal ? "12" : "");
    process = builder.start();
  }

  /** Variables that say which mesh is meant. */
  static Map<String, String> environment(TestMesh mesh) {
    PostgresEndpoint metadata = mesh.services().metadata();
    return Map.of(
        "PROFILEMESH_URL",
        mesh.services().url(Service.QUERY).toString(),
        "PROFILEMESH_API_KEY",
        mesh.apiKey(),
        "KAFKA_BOOTSTRAP_SERVERS",
        mesh.stack().bootstrapServers(),
        "PROFILEMESH_SCHEMA_REGISTRY_URL",
        mesh.services().schemaRegistryUrl().toString(),
        "PROFILEMESH_TOPIC_PREFIX",
        mesh.topics().prefix(),
        "PROFILEMESH_METADATA_JDBC_URL",
        metadata.jdbcUrl(),
        "PROFILEMESH_METADATA_USERNAME",
        metadata.username(),
        "PROFILEMESH_METADATA_PASSWORD",
        metadata.password(),
        "PROFILEMESH_SOURCE",
        "shop",
        "SHOP_PASSWORD",
        mesh.source().password());
  }

  /** The command line as it was packaged. */
  private static String classPath() throws IOException {
    Path target = Path.of(System.getProperty("profilemesh.home"), "tools", "cli", "target");
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "profilemesh-cli-*.jar")) {
      return jars.iterator().next() + File.pathSeparator + target.resolve("lib") + "/*";
    }
  }

  /** Starts a command that writes to files. */
  static CliProcess start(TestMesh mesh, String... words) throws IOException {
    return new CliProcess(mesh, false, List.of(words));
  }

  /** Starts a command that takes its output for a terminal. */
  static CliProcess onTerminal(TestMesh mesh, String... words) throws IOException {
    return new CliProcess(mesh, true, List.of(words));
  }

  /** Asks it to end, as Ctrl-C does. */
  void interrupt() {
    process.destroy();
  }

  int awaitExit() {
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the command does not end; it said " + err());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  String out() {
    return text(out);
  }

  String err() {
    return text(err);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.delete(out);
    Files.delete(err);
  }
}
