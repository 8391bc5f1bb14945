package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.output.Formats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a plan costs altogether, and what it saves.
 *
 * @param unknown tables whose size nobody knows
 */
record PlanTotals(
    long tables,
    long read,
    long rows,
    long bytes,
    double seconds,
    long fullRows,
    long fullBytes,
    double fullSeconds,
    long unknown) {

  static PlanTotals of(List<? extends JsonNode> plans) {
    long read =
        plans.stream().filter(plan -> !plan.path("decision").asText().equals("skip")).count();
    return new PlanTotals(
        plans.size(),
        read,
        plans.stream().mapToLong(plan -> plan.path("rows").asLong(0)).sum(),
        plans.stream().mapToLong(plan -> plan.path("bytes").asLong(0)).sum(),
        plans.stream().mapToDouble(plan -> plan.path("seconds").asDouble(0)).sum(),
        plans.stream().mapToLong(plan -> plan.path("fullRows").asLong(0)).sum(),
        plans.stream().mapToLong(plan -> plan.path("fullBytes").asLong(0)).sum(),
        plans.stream().mapToDouble(plan -> plan.path("fullSeconds").asDouble(0)).sum(),
        plans.stream().filter(plan -> !plan.path("fullRows").isNumber()).count());
  }

  /** Sentences for people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "A scheduled run would read %,d of %s: about %s, %s, %s."
            .formatted(
                read,
                Formats.count(tables, "table"),
                Formats.count(rows, "row"),
                size(bytes),
                time(seconds)));
    lines.add(
        "Reading all of them: about %s, %s, %s."
            .formatted(Formats.count(fullRows, "row"), size(fullBytes), time(fullSeconds)));
    if (unknown > 0) {
      lines.add(
          "Not counted: %s whose size the source does not say."
              .formatted(Formats.count(unknown, "table")));
    }
    return lines;
  }

  static String size(JsonNode bytes) {
    return bytes.isNumber() ? size(bytes.asLong()) : "";
  }

  static String time(JsonNode seconds) {
    return seconds.isNumber() ? time(seconds.asDouble()) : "";
  }

  private static String size(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    int unit = 0;
    double value = bytes;
    while (value >= 1_000 && unit < 4) {
      value /= 1_000;
      unit++;
    }
    String name = List.of("B", "kB", "MB", "GB", "TB").get(unit);
    return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, name);
  }

  private static String time(double seconds) {
    return Formats.seconds(Duration.ofMillis(Math.round(seconds * 1000)));
  }
}
