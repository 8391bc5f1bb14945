package io.profilemesh.core.profile;

import java.util.List;

/**
 * Values at ranks.
 *
 * @param ranks between 0 and 1, ascending
 * @param values ascending, as many as ranks
 * @param rankError largest difference between the stated and the true rank at 99 % confidence; 0
 *     when exact
 */
public record Quantiles(List<Double> ranks, List<Double> values, double rankError) {

  /** The ranks every profile states. */
  public static final List<Double> RANKS =
      List.of(0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99);

  public Quantiles {
    ranks = List.copyOf(ranks);
    values = List.copyOf(values);
    if (ranks.size() != values.size()) {
      throw new IllegalArgumentException("quantiles have a value for each rank");
    }
    for (int i = 1; i < ranks.size(); i++) {
      if (!(ranks.get(i - 1) < ranks.get(i)) || !(values.get(i - 1) <= values.get(i))) {
        throw new IllegalArgumentException("quantiles ascend in rank and value");
      }
    }
  }
}
