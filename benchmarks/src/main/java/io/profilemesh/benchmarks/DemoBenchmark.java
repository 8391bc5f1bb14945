package io.profilemesh.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Seconds from a built checkout to the first drift event of the demo, and to its end. */
final class DemoBenchmark {

  private DemoBenchmark() {}

  static Map<String, Object> run() throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("profilemesh.home"));
    Path directory = Files.createTempDirectory("profilemesh-demo");
    Path report = directory.resolve("report.json");
    long started = System.nanoTime();
    Process demo =
        new ProcessBuilder(
                home.resolve("profilemesh").toString(),
                "demo",
                "--exit",
                "--report",
                report.toString(),
                "--data-dir",
                directory.resolve("data").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    int exitCode = demo.waitFor();
    double total = (System.nanoTime() - started) / 1e9;
    if (exitCode != 0) {
      throw new IllegalStateException("the demo ended with exit code " + exitCode);
    }
    JsonNode found = new ObjectMapper().readTree(report.toFile());
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("benchmark", "demo");
    figures.put("firstDriftEventSeconds", found.get("firstDriftEventMs").asLong() / 1000.0);
    figures.put("totalSeconds", Figures.rounded(total));
    figures.put("stageMs", found.get("stageMs"));
    figures.put("driftEvents", found.get("driftEvents").size());
    delete(directory);
    return figures;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
