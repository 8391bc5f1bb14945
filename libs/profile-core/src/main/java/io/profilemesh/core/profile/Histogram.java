package io.profilemesh.core.profile;

import java.util.List;

/**
 * Counts between edges: bin i covers {@code edges[i]} (inclusive) to {@code edges[i+1]} (exclusive,
 * the last bin inclusive).
 *
 * @param edges finite, ascending, one more than counts
 * @param counts values in each bin, not negative
 */
public record Histogram(List<Double> edges, List<Long> counts, Quality quality) {

  public Histogram {
    edges = List.copyOf(edges);
    counts = List.copyOf(counts);
    if (edges.size() != counts.size() + 1) {
      throw new IllegalArgumentException("a histogram has one edge more than counts");
    }
    for (int i = 1; i < edges.size(); i++) {
      if (!(edges.get(i - 1) <= edges.get(i))) {
        throw new IllegalArgumentException("the edges of a histogram ascend");
      }
    }
    if (counts.stream().anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("the counts of a histogram are not negative");
    }
  }
}
