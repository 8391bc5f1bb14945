package io.profilemesh.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.stack.PostgresEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Resident memory of a scan, measured in a process with the heap of the service. */
final class ScanMemory {

  /** As the local stack and the images start the profiler-service. */
  private static final List<String> SERVICE_HEAP =
      List.of("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

  /** Megabytes before a scan, and at most during it. */
  record Resident(double idle, double peak) {
    double added() {
      return peak - idle;
    }
  }

  private final PostgresEndpoint database;

  ScanMemory(PostgresEndpoint database) {
    this.database = database;
  }

  Resident of(String table, long rows, int ranges, int times)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SERVICE_HEAP);
    command.add("-Duser.timezone=UTC");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(MemoryProbe.class.getName(), table));
    command.addAll(List.of(Integer.toString(ranges), Integer.toString(times)));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder
        .environment()
        .putAll(
            Map.of(
                "PGHOST", database.host(),
                "PGPORT", Integer.toString(database.port()),
                "PGDATABASE", database.database(),
                "PGUSER", database.username(),
                "PGPASSWORD", database.password()));
    Process process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new IllegalStateException("the scan of " + table + " ended with code " + exitCode);
    }
    JsonNode answer = new ObjectMapper().readTree(output);
    if (answer.get("rows").asLong() != rows) {
      throw new IllegalStateException("the scan of " + table + " did not read all rows");
    }
    Resident resident = new Resident(answer.get("idle").asDouble(), answer.get("peak").asDouble());
    System.err.printf(
        "memory of %s: %.0f MB before, %.0f MB at most%n", table, resident.idle(), resident.peak());
    return resident;
  }
}
