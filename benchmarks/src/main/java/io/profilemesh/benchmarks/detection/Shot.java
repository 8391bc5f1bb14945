package io.profilemesh.benchmarks.detection;

import io.profilemesh.core.profile.TableProfile;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** One run as every rule sees it: its rows, its profile, and the numbers of its columns sorted. */
final class Shot {

  private final Instant at;
  private final Frame frame;
  private final TableProfile profile;
  private final Map<String, double[]> sorted = new HashMap<>();
  private final Map<String, Map<String, Double>> shares = new HashMap<>();

  Shot(Instant at, Frame frame, TableProfile profile) {
    this.at = at;
    this.frame = frame;
    this.profile = profile;
  }

  Instant at() {
    return at;
  }

  Frame frame() {
    return frame;
  }

  TableProfile profile() {
    return profile;
  }

  /** Whether the run has a column of that name. */
  boolean has(String column) {
    return frame.columns().stream().anyMatch(values -> values.name().equals(column));
  }

  /** The numbers of a column in order, nulls left out. */
  double[] sorted(String column) {
    return sorted.computeIfAbsent(
        column,
        name -> {
          double[] values =
              Arrays.stream(frame.column(name).numbersOrThrow())
                  .filter(value -> !Double.isNaN(value))
                  .toArray();
          Arrays.sort(values);
          return values;
        });
  }

  /** Shares of the texts of a column, nulls left out. */
  Map<String, Double> shares(String column) {
    return shares.computeIfAbsent(
        column,
        name -> {
          Map<String, Double> counts = new HashMap<>();
          double total = 0;
          for (String text : frame.column(name).textsOrThrow()) {
            if (text != null) {
              counts.merge(text, 1.0, Double::sum);
              total++;
            }
          }
          double whole = Math.max(1, total);
          counts.replaceAll((text, count) -> count / whole);
          return counts;
        });
  }
}
