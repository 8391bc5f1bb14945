package io.profilemesh.e2e;

import io.profilemesh.e2e.MeshLog.Entry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How far the work has come: what tests wait for. Says nothing about whether it is right. */
record Arrivals(List<Entry> runEvents, List<Entry> verdicts, List<Entry> driftEvents) {

  static Arrivals of(TestMesh mesh) {
    MeshLog log = mesh.log();
    return new Arrivals(
        log.read(mesh.topics().runEvents().name()),
        log.read(mesh.topics().runVerdicts().name()),
        log.read(mesh.topics().driftEvents().name()));
  }

  /** Every request has some outcome, every repeat some answer. */
  boolean answered(SentRequests sent) {
    List<Entry> ended =
        runEvents.stream()
            .filter(
                e -> Set.of("COMPLETED", "FAILED", "SKIPPED", "CANCELLED").contains(e.text("type")))
            .toList();
    return sent.byId().entrySet().stream()
        .allMatch(
            request ->
                ended.stream().filter(e -> request.getKey().equals(e.text("requestId"))).count()
                    >= request.getValue().times());
  }

  boolean everyCompletedRunHasAVerdict() {
    Set<String> judged = verdicts.stream().map(Arrivals::run).collect(Collectors.toSet());
    return runEvents.stream()
        .filter(e -> "COMPLETED".equals(e.text("type")))
        .allMatch(e -> judged.contains(run(e)));
  }

  /** The tables hold every run and drift event the topics hold, in their final state. */
  boolean stored(MetadataTables tables) {
    long ended =
        tables.runs().values().stream()
            .filter(v -> !v.startsWith("running") && !v.startsWith("requested"))
            .count();
    long expected =
        runEvents.stream()
            .filter(e -> !Set.of("ACCEPTED", "STARTED", "PROGRESS").contains(e.text("type")))
            .map(Arrivals::run)
            .distinct()
            .count();
    return ended >= expected
        && tables.verdicts().size() >= verdicts.stream().map(Arrivals::run).distinct().count()
        && tables.driftEvents().size()
            >= driftEvents.stream().map(e -> e.text("eventId")).distinct().count();
  }

  private static String run(Entry entry) {
    return entry.text("runId") + " " + entry.text("datasetId");
  }
}
