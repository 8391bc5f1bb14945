package io.profilemesh.benchmarks.topology;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is measured, and how much of it.
 *
 * @param parts some of throughput, state, restore, memory; restore comes after state
 * @param datasets datasets that are sent whole records in turn
 * @param history runs of each before throughput is measured
 * @param perRound records of a round
 * @param warmUps rounds that do not count: compilers share the one processor
 * @param rounds rounds that count
 * @param stateDatasets datasets of which the bytes are counted, at {@code stateRuns} each
 * @param memoryDatasets datasets of two runs each
 * @param javaOptions further options for the service's JVM, such as those of a recording
 */
record TopologyOptions(
    Set<String> parts,
    int datasets,
    int history,
    int perRound,
    int warmUps,
    int rounds,
    int stateDatasets,
    int stateRuns,
    int memoryDatasets,
    List<String> javaOptions) {

  private static final List<String> PARTS = List.of("throughput", "state", "restore", "memory");

  static TopologyOptions of(List<String> options) {
    Set<String> parts = new TreeSet<>();
    for (int i = 0; i + 1 < options.size(); i++) {
      if (options.get(i).equals("--part")) {
        parts.add(options.get(i + 1));
      }
    }
    if (!PARTS.containsAll(parts)) {
      throw new IllegalArgumentException("--part is one of " + String.join(", ", PARTS));
    }
    if (parts.isEmpty()) {
      parts.addAll(PARTS);
    }
    if (parts.contains("restore")) {
      parts.add("state");
    }
    String java = text(options, "--java-options", "");
    boolean quick = options.contains("--quick");
    return new TopologyOptions(
        parts,
        quick ? 6 : 20,
        quick ? 10 : 60,
        quick ? 60 : 1_000,
        number(options, "--warm-ups", quick ? 1 : 4),
        number(options, "--rounds", quick ? 1 : 5),
        number(options, "--state-datasets", quick ? 20 : 200),
        60,
        number(options, "--memory-datasets", quick ? 500 : 100_000),
        java.isEmpty() ? List.of() : List.of(java.split(" ")));
  }

  private static int number(List<String> options, String name, int otherwise) {
    return Integer.parseInt(text(options, name, Integer.toString(otherwise)));
  }

  private static String text(List<String> options, String name, String otherwise) {
    int index = options.indexOf(name);
    return index < 0 || index + 1 >= options.size() ? otherwise : options.get(index + 1);
  }
}
