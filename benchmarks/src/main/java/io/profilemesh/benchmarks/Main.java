package io.profilemesh.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.benchmarks.detection.DetectionBenchmark;
import io.profilemesh.benchmarks.topology.TopologyBenchmark;
import java.util.List;
import java.util.Map;

/** Runs one benchmark by name and prints its figures as one JSON object on the last line. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    String name = arguments.length == 0 ? "" : arguments[0];
    List<String> options =
        List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    Map<String, Object> figures =
        switch (name) {
          case "accumulators" -> AccumulatorBenchmark.run();
          case "change-capture" -> ChangeCaptureBenchmark.run();
          case "demo" -> DemoBenchmark.run();
          case "detection" -> DetectionBenchmark.run(options);
          case "overhead" -> OverheadBenchmark.run();
          case "scan" -> ScanBenchmark.run(rows(options), options.contains("--quick"));
          case "rebuild" -> RebuildBenchmark.run(number(options, "--runs", 4_000));
          case "rest" -> RestBenchmark.run(number(options, "--runs", 150_000));
          case "rest-load" -> RestLoadBenchmark.run(number(options, "--runs", 150_000));
          case "sink" -> SinkBenchmark.run(number(options, "--runs", 1_000));
          case "plan" -> PlanBenchmark.run(tables(options));
          case "semantics" -> SemanticsBenchmark.run();
          case "topology" -> TopologyBenchmark.run(options);
          default -> throw new IllegalArgumentException("no benchmark is called " + name);
        };
    System.out.println(new ObjectMapper().writeValueAsString(figures));
    // Stacks end in shutdown hooks; client threads must not keep the process.
    System.exit(0);
  }

  private static int number(List<String> options, String name, int preset) {
    int index = options.indexOf(name);
    return index < 0 ? preset : Integer.parseInt(options.get(index + 1));
  }

  private static int tables(List<String> options) {
    int index = options.indexOf("--tables");
    return index < 0 ? 10_000 : Integer.parseInt(options.get(index + 1));
  }

  private static long rows(List<String> options) {
    int index = options.indexOf("--rows");
    return index < 0 ? 3_000_000 : Long.parseLong(options.get(index + 1));
  }
}
