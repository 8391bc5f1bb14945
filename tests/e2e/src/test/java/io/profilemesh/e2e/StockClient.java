package io.profilemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.schema.Topic;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Confluent's own Python client with its own Avro deserializer, installed from the package index
 * into a virtual environment under {@code target}. Where Python or the index is missing, the test
 * is skipped and says so.
 */
final class StockClient {

  private static final Path SCRIPTS = Path.of("src/test/clients/python").toAbsolutePath();
  private static final Path ENVIRONMENT = Path.of("target/stock-client").toAbsolutePath();
  private static final Path LOCK = Path.of("target/stock-client.lock").toAbsolutePath();

  private StockClient() {}

  static StockClient installed() throws IOException {
    Files.createDirectories(ENVIRONMENT.getParent());
    // Test classes run in several JVMs at once.
    try (FileChannel channel =
            FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock turn = channel.lock()) {
      installIfNeeded();
      return new StockClient();
    }
  }

  private static void installIfNeeded() throws IOException {
    Path requirements = SCRIPTS.resolve("requirements.txt");
    Path done = ENVIRONMENT.resolve("installed.txt");
    String wanted = Files.readString(requirements);
    if (Files.exists(done) && Files.readString(done).equals(wanted)) {
      return;
    }
    runOrSkip(
        "Python 3 with venv is absent", "python3", "-m", "venv", "--clear", ENVIRONMENT.toString());
    runOrSkip(
        "the Python packages cannot be installed",
        ENVIRONMENT.resolve("bin/pip").toString(),
        "install",
        "--quiet",
        "--requirement",
        requirements.toString());
    Files.writeString(done, wanted);
  }

  /** Every committed record of the topic: objects with {@code key} and {@code value}. */
  List<JsonNode> read(TestMesh mesh, Topic topic) throws IOException {
    Run run =
        run(
            ENVIRONMENT.resolve("bin/python").toString(),
            SCRIPTS.resolve("consume.py").toString(),
            "--bootstrap-servers",
            mesh.stack().bootstrapServers(),
            "--registry-url",
            mesh.services().schemaRegistryUrl().toString(),
            "--topic",
            topic.name());
    assertThat(run.exitCode()).as(run.output()).isZero();
    List<JsonNode> records = new ArrayList<>();
    for (String line : run.output().lines().filter(text -> text.startsWith("{")).toList()) {
      records.add(new ObjectMapper().readTree(line));
    }
    return records;
  }

  /** The Python that has the client. */
  static Path python() {
    return ENVIRONMENT.resolve("bin/python");
  }

  private static void runOrSkip(String reason, String... command) {
    try {
      Run run = run(command);
      if (run.exitCode() != 0) {
        abort("skipped: " + reason + ": " + run.output());
      }
    } catch (IOException e) {
      abort("skipped: " + reason + ": " + e.getMessage());
    }
  }

  private record Run(int exitCode, String output) {}

  private static Run run(String... command) throws IOException {
    Path output = Files.createTempFile("stock-client", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(180, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Run(-1, "no answer within 180 s");
      }
      return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
