package io.profilemesh.benchmarks.topology;

import io.profilemesh.stack.Stack;
import java.io.IOException;
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

/** A child process with the heap and collector of the service, on one processor if wanted. */
final class ServiceProcess implements AutoCloseable {

  /** As the local stack and the images start the drift service. */
  private static final List<String> JVM =
      List.of("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

  private static final Duration START = Duration.ofMinutes(3);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final Process process;
  private final int port;
  private final Path log;

  private ServiceProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /**
   * The built drift service.
   *
   * @param settings of the service, by their property names
   */
  static ServiceProcess drift(
      Stack stack,
      Path directory,
      Processors processors,
      List<String> javaOptions,
      Map<String, String> settings)
      throws IOException {
    Path home = Path.of(System.getProperty("profilemesh.home", "."));
    Path jar = home.resolve("drift-service/target/quarkus-app/quarkus-run.jar");
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Map<String, String> properties = new TreeMap<>();
    properties.put("kafka.bootstrap.servers", stack.bootstrapServers());
    properties.put("profilemesh.schema-registry.url", stack.schemaRegistryUrl().toString());
    properties.put("profilemesh.environment", ProfileCorpus.ENVIRONMENT);
    properties.put("profilemesh.state-dir", directory.resolve("state").toString());
    properties.put("profilemesh.drift.standby-replicas", "0");
    properties.put("quarkus.http.port", Integer.toString(port));
    properties.put("quarkus.log.console.json.enabled", "false");
    properties.putAll(settings);
    List<String> arguments = new ArrayList<>(javaOptions);
    properties.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
    arguments.add("-jar");
    arguments.add(jar.toString());
    return start(directory, processors, arguments, port);
  }

  /** A main class of this class path. */
  static ServiceProcess main(
      Path directory, Processors processors, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("-Djava.util.logging.config.file=benchmarks/logging.properties", "-cp"));
    all.add(System.getProperty("java.class.path"));
    all.add(main.getName());
    all.addAll(arguments);
    return start(directory, processors, all, 0);
  }

  private static ServiceProcess start(
      Path directory, Processors processors, List<String> arguments, int port) throws IOException {
    Files.createDirectories(directory);
    List<String> command = new ArrayList<>(processors.prefix());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.add("-Duser.timezone=UTC");
    command.addAll(arguments);
    Path log = directory.resolve("log.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new ServiceProcess(process, port, log);
  }

  /** Returns once the service says that it is ready. */
  void awaitReady() throws InterruptedException, IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!isReady()) {
      requireAlive();
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the drift service was not ready within 3 minutes");
      }
      Thread.sleep(10);
    }
  }

  boolean isReady() throws InterruptedException {
    try {
      return get("/q/health/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  void requireAlive() throws IOException {
    if (!process.isAlive()) {
      List<String> lines = Files.readAllLines(log);
      throw new IllegalStateException(
          "the process ended: "
              + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())));
    }
  }

  /** The number of a metric, its labels together; 0 while there is none. */
  double metric(String name) throws InterruptedException {
    try {
      return get("/q/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(5))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  long pid() {
    return process.pid();
  }

  /** Ends it at once, as a power cut does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
