package io.profilemesh.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.run.RunOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What happened in a demo, as JSON for programs. */
final class DemoReport {

  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  DemoReport() {
    for (String key : List.of("runs", "verdicts", "driftEvents")) {
      json.putArray(key);
    }
  }

  /**
   * Adds the runs of a round and their verdicts.
   *
   * @param round 1 for the healthy shop, 2 for the damaged one, 3 for what change capture saw
   */
  void add(int round, List<RunOutcome> outcomes) {
    for (RunOutcome outcome : outcomes) {
      json.withArray("runs").add(numbered(round, outcome.run()));
      JsonNode verdict = outcome.verdictJson();
      if (verdict != null) {
        json.withArray("verdicts").add(numbered(round, verdict));
      }
    }
  }

  /** Adds the drift events of a round. */
  void addEvents(int round, List<JsonNode> events) {
    for (JsonNode event : events) {
      ObjectNode entry = numbered(round, event);
      entry.set("dataset", event.path("datasetId"));
      json.withArray("driftEvents").add(entry);
    }
  }

  void tableCounts(Map<String, Long> counts) {
    ObjectNode node = json.putObject("tableCounts");
    counts.forEach(node::put);
  }

  /** Milliseconds of each stage, until the first drift event was on the screen, and of all. */
  void times(Map<String, Long> stages, long firstDriftEventMs, long totalMs) {
    ObjectNode node = json.putObject("stageMs");
    stages.forEach(node::put);
    json.put("firstDriftEventMs", firstDriftEventMs);
    json.put("totalMs", totalMs);
  }

  void write(Path file) {
    try {
      Files.writeString(file, json.toPrettyString() + "\n");
    } catch (IOException e) {
      throw Failure.failed(
          "cannot write " + file + ": " + e.getMessage(), "Choose another file with --report.", e);
    }
  }

  private static ObjectNode numbered(int round, JsonNode node) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode().put("round", round);
    node.properties().forEach(field -> entry.set(field.getKey(), field.getValue()));
    return entry;
  }
}
