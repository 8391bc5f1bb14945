package io.profilemesh.drift;

import io.profilemesh.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The built service as a process of its own, as it runs in production. */
final class ServiceProcess implements AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final Process process;
  private final int port;
  private final Path log;

  private ServiceProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts the service with further settings, given as system properties. */
  static ServiceProcess start(Stack stack, Path directory, Map<String, String> settings) {
    int port = freePort();
    Map<String, String> properties = new TreeMap<>();
    properties.put("kafka.bootstrap.servers", stack.bootstrapServers());
    properties.put("profilemesh.schema-registry.url", stack.schemaRegistryUrl().toString());
    properties.put("profilemesh.state-dir", directory.resolve("state").toString());
    properties.put("quarkus.http.port", Integer.toString(port));
    properties.putAll(settings);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-jar");
    command.add(Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath().toString());
    try {
      Files.createDirectories(directory);
      Path log = directory.resolve("service.log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new ServiceProcess(process, port, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isReady() {
    return process.isAlive() && status("/q/health/ready") == 200;
  }

  /** Status of an address of the service; 0 when it does not answer. */
  int status(String path) {
    try {
      return get(path).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  String body(String path) {
    try {
      return get(path).body();
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * Asks an address of the service.
   *
   * @param headers names and values by turns
   */
  HttpResponse<String> ask(String path, String... headers) {
    try {
      return get(path, headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of a metric without labels; 0 while there is none. */
  double metric(String name) {
    return body("/q/metrics")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Where it says that others reach it. */
  String address() {
    return "127.0.0.1:" + port;
  }

  /** Ends the process at once, as a power cut does. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  int awaitEnd() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("the service did not end in a minute");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    awaitEnd();
  }

  private HttpResponse<String> get(String path, String... headers) throws IOException {
    URI address = URI.create("http://127.0.0.1:" + port + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
