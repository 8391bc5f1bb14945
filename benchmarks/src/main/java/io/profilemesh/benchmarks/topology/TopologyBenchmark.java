package io.profilemesh.benchmarks.topology;

import io.profilemesh.benchmarks.Figures;
import io.profilemesh.benchmarks.ProcessFigures;
import io.profilemesh.schema.TopicAdmin;
import io.profilemesh.schema.TopicSettings;
import io.profilemesh.schema.Topics;
import io.profilemesh.stack.Stack;
import io.profilemesh.stack.Stacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Profiles of 16 columns per second through the drift service on one processor, beside a bare
 * Streams application; and what the service's state takes: bytes, time to restore, memory.
 */
public final class TopologyBenchmark {

  /** Of the topic of profiles: what topics are created with. */
  static final int PARTITIONS = 6;

  private static final int VARIANTS = 64;

  /** Records that are written before the service is asked how far it is. */
  private static final int BATCH = 5_000;

  private final TopologyOptions options;
  private final Stack stack;
  private final Path directory;
  private final ProfileCorpus corpus = new ProfileCorpus(VARIANTS);
  private final Map<String, Object> figures = new LinkedHashMap<>();

  private TopologyBenchmark(TopologyOptions options, Stack stack, Path directory) {
    this.options = options;
    this.stack = stack;
    this.directory = directory;
  }

  public static Map<String, Object> run(List<String> arguments)
      throws IOException, InterruptedException {
    TopologyOptions options = TopologyOptions.of(arguments);
    Path directory = Files.createTempDirectory("topology");
    try {
      TopologyBenchmark benchmark = new TopologyBenchmark(options, Stacks.shared(), directory);
      benchmark.run();
      return benchmark.figures;
    } finally {
      delete(directory);
    }
  }

  private void run() throws IOException, InterruptedException {
    figures.put("benchmark", "topology");
    figures.put("parts", List.copyOf(options.parts()));
    if (options.parts().contains("throughput")) {
      throughput();
    }
    if (options.parts().contains("state")) {
      state();
    }
    if (options.parts().contains("memory")) {
      memory();
    }
  }

  /** The service and the bare application, round by round, each with its own topics. */
  private void throughput() throws IOException, InterruptedException {
    boolean alone = Processors.available();
    if (alone) {
      Processors.OTHERS.take(ProcessHandle.current().pid());
      ProcessHandle.current().descendants().forEach(child -> Processors.OTHERS.take(child.pid()));
    }
    Topics ours = new Topics("topology.");
    Topics beside = new Topics("bare.");
    Map<String, String> settings = Map.of("profilemesh.topic-prefix", ours.prefix());
    try (Traffic service = new Traffic(stack, ours, BareStreams.group(ours));
        Traffic bare = new Traffic(stack, beside, BareStreams.group(beside));
        ServiceProcess process =
            ServiceProcess.drift(
                stack,
                directory.resolve("service"),
                Processors.FIRST,
                options.javaOptions(),
                settings)) {
      process.awaitReady();
      report("history", fill(service));
      Path sample = directory.resolve("sample");
      new Changelog(stack, ours).of(ProfileCorpus.dataset(0)).write(sample);
      TopicAdmin.ensure(
          bare.admin(),
          List.of(beside.tableProfiles(), beside.deadLetters()),
          new TopicSettings(PARTITIONS, (short) 1));
      try (ServiceProcess other =
          ServiceProcess.main(
              directory.resolve("bare"),
              Processors.FIRST,
              BareStreams.class,
              List.of(
                  stack.bootstrapServers(),
                  stack.schemaRegistryUrl().toString(),
                  beside.prefix(),
                  directory.resolve("bare-state").toString(),
                  sample.toString()))) {
        fill(bare);
        other.requireAlive();
        rounds(service, bare);
      }
      figures.put("recordBytes", service.bytesPerRecord());
      figures.put("onOneProcessor", alone);
    } finally {
      Processors.ALL.take(ProcessHandle.current().pid());
      ProcessHandle.current().descendants().forEach(child -> Processors.ALL.take(child.pid()));
    }
  }

  private void rounds(Traffic service, Traffic bare) throws InterruptedException {
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    int run = options.history();
    for (int round = 0; round < options.warmUps() + options.rounds(); round++) {
      double one = options.perRound() / send(service, run);
      double other = options.perRound() / send(bare, run);
      run += options.perRound() / options.datasets();
      report("round", one, other, one / other);
      if (round >= options.warmUps()) {
        ours.add(one);
        theirs.add(other);
        ratios.add(one / other);
      }
    }
    figures.put("recordsPerSecond", Math.round(Figures.median(ours)));
    figures.put("bareRecordsPerSecond", Math.round(Figures.median(theirs)));
    figures.put("ratioToBareStreams", Figures.rounded(Figures.median(ratios)));
    figures.put("ratios", ratios.stream().map(Figures::rounded).toList());
  }

  private double fill(Traffic traffic) throws InterruptedException {
    traffic.begin();
    for (int run = 0; run < options.history(); run++) {
      for (int dataset = 0; dataset < options.datasets(); dataset++) {
        traffic.send(corpus.record(dataset, run, true));
      }
    }
    double seconds = traffic.awaitDone(traffic.commit());
    return options.history() * options.datasets() / seconds;
  }

  /** Sends a round; the seconds until all of it was committed. */
  private double send(Traffic traffic, int firstRun) throws InterruptedException {
    traffic.begin();
    for (int i = 0; i < options.perRound(); i++) {
      traffic.send(corpus.record(i % options.datasets(), firstRun + i / options.datasets(), true));
    }
    return traffic.awaitDone(traffic.commit());
  }

  private void state() throws IOException, InterruptedException {
    Topics topics = new Topics("state.");
    Path home = directory.resolve("state");
    try (Traffic traffic = new Traffic(stack, topics, BareStreams.group(topics));
        ServiceProcess process = start(topics, home, 2)) {
      process.awaitReady();
      double rate = feed(traffic, process, options.stateDatasets(), options.stateRuns());
      report("state", rate);
      Changelog.Columns columns = new Changelog(stack, topics).columns();
      figures.put("stateDatasets", options.stateDatasets());
      figures.put("stateColumns", columns.count());
      figures.put("bytesPerColumn", Math.round(columns.bytesPerColumn()));
      process.kill();
    }
    if (options.parts().contains("restore")) {
      restore(topics, home);
    }
  }

  /** The state directory is lost; what the changelogs hold is read until the service is ready. */
  private void restore(Topics topics, Path home) throws IOException, InterruptedException {
    delete(home.resolve("state"));
    try (ServiceProcess process = start(topics, home, 1)) {
      long begun = 0;
      while (!process.isReady()) {
        process.requireAlive();
        if (begun == 0 && process.metric("profilemesh_drift_restored_records_total") > 0) {
          begun = System.nanoTime();
        }
        Thread.sleep(20);
      }
      double records = process.metric("profilemesh_drift_restored_records_total");
      figures.put("restoredRecords", Math.round(records));
      if (begun == 0) {
        report("restored before anybody looked", records);
        return;
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      report("restore", records, seconds);
      figures.put("restoreSeconds", Figures.rounded(seconds));
      figures.put("restoreRecordsPerSecond", Math.round(records / seconds));
    }
  }

  private void memory() throws IOException, InterruptedException {
    Topics topics = new Topics("memory.");
    try (Traffic traffic = new Traffic(stack, topics, BareStreams.group(topics));
        ServiceProcess process = start(topics, directory.resolve("memory"), 1)) {
      process.awaitReady();
      double rate = feed(traffic, process, options.memoryDatasets(), 2);
      report("memory", rate);
      figures.put("memoryDatasets", options.memoryDatasets());
      figures.put("memoryRecordsPerSecond", Math.round(rate));
      if (ProcessFigures.available()) {
        figures.put("rssMbAt100k", Math.round(ProcessFigures.megabytes(process.pid(), "VmRSS")));
        figures.put(
            "rssPeakMbAt100k", Math.round(ProcessFigures.megabytes(process.pid(), "VmHWM")));
      }
    }
  }

  /** The service on all processors; with more than one thread it is the sooner done. */
  private ServiceProcess start(Topics topics, Path home, int threads) throws IOException {
    return ServiceProcess.drift(
        stack,
        home,
        Processors.ALL,
        options.javaOptions(),
        Map.of(
            "profilemesh.topic-prefix",
            topics.prefix(),
            "profilemesh.drift.threads",
            Integer.toString(threads)));
  }

  /** Sends all runs of all datasets, run by run, without sketches; the records per second. */
  private double feed(Traffic traffic, ServiceProcess process, int datasets, int runs)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long sent = 0;
    traffic.begin();
    for (int run = 0; run < runs; run++) {
      for (int dataset = 0; dataset < datasets; dataset++) {
        traffic.send(corpus.record(dataset, run, false));
        if (++sent % BATCH == 0) {
          traffic.commit();
          process.requireAlive();
          traffic.begin();
        }
      }
    }
    traffic.awaitDone(traffic.commit());
    return (double) datasets * runs / ((System.nanoTime() - start) / 1e9);
  }

  private static void report(String what, double... numbers) {
    System.err.println(what + ": " + Figures.rounded(numbers));
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
