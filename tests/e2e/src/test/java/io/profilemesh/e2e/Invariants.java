package io.profilemesh.e2e;

import io.profilemesh.e2e.MeshLog.Entry;
import io.profilemesh.schema.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;

/**
 * What must hold after any test, computed from the committed log by code that shares nothing with
 * the services. Each broken invariant is one sentence; none means all hold.
 */
final class Invariants {

  private static final Set<String> TERMINAL = Set.of("COMPLETED", "FAILED", "SKIPPED", "CANCELLED");

  private final List<Entry> runEvents;
  private final List<Entry> profiles;
  private final List<Entry> verdicts;
  private final List<Entry> driftEvents;
  private final List<String> violations = new ArrayList<>();

  private Invariants(MeshLog log, Topics topics) {
    runEvents = log.read(topics.runEvents().name());
    profiles = log.read(topics.tableProfiles().name());
    verdicts = log.read(topics.runVerdicts().name());
    driftEvents = log.read(topics.driftEvents().name());
  }

  static List<String> violations(
      MeshLog log, Topics topics, SentRequests sent, MetadataTables tables) {
    Invariants check = new Invariants(log, topics);
    check.everyRequestHasOneOutcome(sent);
    check.everyCompletedRunHasOneProfile();
    check.everyCompletedRunHasOneVerdict();
    check.driftEventsAreWhatTheProfilesSay();
    check.tablesEqualTheTopics(tables);
    check.noTransactionHangs(log, topics);
    return check.violations;
  }

  /** 1: one outcome per request; a repeat is answered as a repeat, once each. */
  private void everyRequestHasOneOutcome(SentRequests sent) {
    sent.byId()
        .forEach(
            (id, request) -> {
              List<Entry> answers =
                  runEvents.stream()
                      .filter(e -> id.equals(e.text("requestId")))
                      .filter(e -> TERMINAL.contains(e.text("type")))
                      .toList();
              long repeats =
                  answers.stream().filter(e -> "DUPLICATE_REQUEST".equals(e.text("code"))).count();
              long outcomes = answers.size() - repeats;
              if (outcomes != 1) {
                violations.add("request " + id + " has " + outcomes + " outcomes");
              }
              if (repeats != request.times() - 1) {
                violations.add(
                    "request %s was repeated %d times and told so %d times"
                        .formatted(id, request.times() - 1, repeats));
              }
            });
  }

  /** 2: exactly one complete set of parts per completed run, none for any other. */
  private void everyCompletedRunHasOneProfile() {
    Map<String, List<Entry>> sets =
        profiles.stream().collect(Collectors.groupingBy(Invariants::run));
    Set<String> completed = completedRuns();
    for (String run : completed) {
      List<Entry> parts = sets.getOrDefault(run, List.of());
      long expected = parts.isEmpty() ? 1 : parts.get(0).number("partCount");
      Set<Long> indexes =
          parts.stream().map(part -> part.number("partIndex")).collect(Collectors.toSet());
      if (parts.size() != expected || indexes.size() != expected) {
        violations.add("run %s has %d of %d parts".formatted(run, parts.size(), expected));
      }
    }
    for (String run : sets.keySet()) {
      if (!completed.contains(run)) {
        violations.add("run " + run + " has a profile and did not complete");
      }
    }
  }

  private void everyCompletedRunHasOneVerdict() {
    Map<String, Long> counts =
        verdicts.stream().collect(Collectors.groupingBy(Invariants::run, Collectors.counting()));
    Set<String> completed = completedRuns();
    for (String run : completed) {
      if (counts.getOrDefault(run, 0L) != 1) {
        violations.add("run " + run + " has " + counts.getOrDefault(run, 0L) + " verdicts");
      }
    }
    if (!completed.containsAll(counts.keySet())) {
      violations.add("a verdict stands for a run that did not complete");
    }
  }

  /**
   * 4: no drift event twice, no finding missing. Which must be there is computed from the profiles
   * by the simple rule that the battery's policy asks for: against the run before, a row count that
   * moved by 5 % or more, a share of nulls that moved by 5 points or more.
   */
  private void driftEventsAreWhatTheProfilesSay() {
    Set<String> ids = new HashSet<>();
    for (Entry event : driftEvents) {
      if (!ids.add(event.text("eventId"))) {
        violations.add("drift event " + event.text("eventId") + " is there twice");
      }
    }
    Set<String> promised =
        verdicts.stream()
            .flatMap(v -> ((Collection<?>) v.value().get("findingIds")).stream())
            .map(Object::toString)
            .collect(Collectors.toSet());
    driftEvents.stream()
        .filter(e -> !"RESOLVED".equals(e.text("incidentState")))
        .filter(e -> !promised.contains(e.text("eventId")))
        .forEach(e -> violations.add("no verdict names event " + e.text("eventId")));
    everyIncidentBeginsOnceAndEndsOnce();
    Set<String> found = verdicts.stream().flatMap(Invariants::findings).collect(Collectors.toSet());
    for (String expected : expectedFindings()) {
      if (!found.contains(expected)) {
        violations.add("no finding for " + expected);
      }
    }
  }

  /** Nobody is told twice that an incident begins or ends, or anything of it outside of that. */
  private void everyIncidentBeginsOnceAndEndsOnce() {
    Map<String, List<String>> courses = new TreeMap<>();
    for (Entry event : driftEvents) {
      courses
          .computeIfAbsent(event.text("incidentId"), id -> new ArrayList<>())
          .add(event.text("incidentState"));
    }
    courses.forEach(
        (incident, course) -> {
          if (!String.join(" ", course).matches("OPENED( OPENED)*( UPDATED)*( RESOLVED)?")) {
            violations.add("incident %s went %s".formatted(incident, course));
          }
        });
  }

  /** Run, column and metric of each finding that a verdict names. */
  private static Stream<String> findings(Entry verdict) {
    return ((Collection<?>) verdict.value().get("judgements"))
        .stream()
            .map(GenericRecord.class::cast)
            .flatMap(
                column ->
                    ((Collection<?>) column.get("metrics"))
                        .stream()
                            .map(GenericRecord.class::cast)
                            .filter(metric -> metric.get("findingId") != null)
                            .map(
                                metric ->
                                    run(verdict)
                                        + " "
                                        + column.get("column")
                                        + " "
                                        + metric.get("metric")));
  }

  private Set<String> expectedFindings() {
    Set<String> expected = new HashSet<>();
    Map<String, List<Entry>> byDataset = new TreeMap<>();
    for (Entry profile : profiles) {
      byDataset.computeIfAbsent(profile.text("datasetId"), d -> new ArrayList<>()).add(profile);
    }
    for (List<Entry> history : byDataset.values()) {
      for (int i = 1; i < history.size(); i++) {
        compare(history.get(i - 1), history.get(i), expected);
      }
    }
    return expected;
  }

  private static void compare(Entry before, Entry after, Set<String> expected) {
    double rows = before.number("rowCount");
    if (rows > 0 && Math.abs(after.number("rowCount") - rows) / rows >= 0.05) {
      expected.add(run(after) + " null row_count");
    }
    Map<String, Double> nullsBefore = metric(before, "null_percent");
    metric(after, "null_percent")
        .forEach(
            (column, percent) -> {
              Double earlier = nullsBefore.get(column);
              if (earlier != null && Math.abs(percent - earlier) >= 5) {
                expected.add(run(after) + " " + column + " null_percent");
              }
            });
  }

  /** 3: the tables say what the topics say, row by row. */
  private void tablesEqualTheTopics(MetadataTables tables) {
    same("runs", expectedRuns(), tables.runs());
    same("metrics", expectedMetrics(), tables.metrics());
    same(
        "verdicts",
        verdicts.stream()
            .collect(Collectors.toMap(Invariants::run, v -> v.text("outcome"), (a, b) -> "twice")),
        tables.verdicts());
    same(
        "drift events",
        driftEvents.stream()
            .collect(
                Collectors.toMap(
                    e -> e.text("eventId"), e -> e.text("severity"), (a, b) -> "twice")),
        tables.driftEvents());
  }

  private void same(String what, Map<String, String> expected, Map<String, String> actual) {
    Set<String> keys = new HashSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    keys.stream()
        .filter(key -> !Objects.equals(expected.get(key), actual.get(key)))
        .limit(5)
        .forEach(
            key ->
                violations.add(
                    "%s %s: the topics say %s, the table says %s"
                        .formatted(what, key, expected.get(key), actual.get(key))));
  }

  private Map<String, String> expectedRuns() {
    Map<String, String> runs = new LinkedHashMap<>();
    for (Entry event : runEvents) {
      String type = event.text("type");
      if (TERMINAL.contains(type)) {
        Object rows = event.value().get("rowCount");
        runs.put(run(event), type.toLowerCase(java.util.Locale.ROOT) + " " + rows);
      }
    }
    return runs;
  }

  private Map<String, String> expectedMetrics() {
    Map<String, String> metrics = new LinkedHashMap<>();
    for (Entry profile : profiles) {
      for (Object column : (Collection<?>) profile.value().get("columnProfiles")) {
        GenericRecord record = (GenericRecord) column;
        String name = ((GenericRecord) record.get("column")).get("name").toString();
        for (Object metric : (Collection<?>) record.get("metrics")) {
          GenericRecord value = (GenericRecord) metric;
          metrics.put(
              run(profile) + " " + name + " " + value.get("name"),
              String.valueOf(value.get("number")));
        }
      }
    }
    return metrics;
  }

  private void noTransactionHangs(MeshLog log, Topics topics) {
    topics
        .all()
        .forEach(
            topic ->
                log.hanging(topic.name())
                    .forEach(p -> violations.add("an unfinished transaction holds " + p)));
  }

  private Set<String> completedRuns() {
    return runEvents.stream()
        .filter(e -> "COMPLETED".equals(e.text("type")))
        .map(Invariants::run)
        .collect(Collectors.toSet());
  }

  private static String run(Entry entry) {
    return entry.text("runId") + " " + entry.text("datasetId");
  }

  private static Map<String, Double> metric(Entry profile, String metric) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Object column : (Collection<?>) profile.value().get("columnProfiles")) {
      GenericRecord record = (GenericRecord) column;
      for (Object value : (Collection<?>) record.get("metrics")) {
        GenericRecord number = (GenericRecord) value;
        if (metric.contentEquals(number.get("name").toString())) {
          values.put(
              ((GenericRecord) record.get("column")).get("name").toString(),
              ((Number) number.get("number")).doubleValue());
        }
      }
    }
    return values;
  }
}
