package io.profilemesh.core.drift;

import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.statistics.Distances;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one distribution differs from another, for people: no decision rests on it. Most runs make no
 * finding, so it is worked out when somebody asks.
 */
final class DistributionChange {

  static final String KOLMOGOROV_SMIRNOV = "kolmogorovSmirnov";
  static final String WASSERSTEIN = "wassersteinPerSpread";
  static final String JENSEN_SHANNON = "jensenShannon";
  static final String POPULATION_STABILITY = "populationStabilityIndex";

  private static final double[] RANKS =
      Quantiles.RANKS.stream().mapToDouble(Double::doubleValue).toArray();

  private final Supplier<String> most;
  private final Supplier<Map<String, Double>> measures;
  private @Nullable Map<String, Double> measured;

  private DistributionChange(Supplier<String> most, Supplier<Map<String, Double>> measures) {
    this.most = most;
    this.measures = measures;
  }

  /**
   * Of numbers, by quantiles at the ranks of every profile.
   *
   * @param before not to be changed any more, nor is {@code now}
   * @param spread standard deviation that the values had, above 0
   */
  static DistributionChange ofQuantiles(double[] before, double[] now, double spread) {
    return new DistributionChange(
        () -> mostOfQuantiles(before, now),
        () ->
            Map.of(
                KOLMOGOROV_SMIRNOV,
                Distances.kolmogorovSmirnov(RANKS, before, now),
                WASSERSTEIN,
                Distances.wasserstein(RANKS, before, now) / spread,
                POPULATION_STABILITY,
                Distances.populationStability(RANKS, before, now)));
  }

  /**
   * Of categories, by shares of the same ones.
   *
   * @param before not to be changed any more, nor is {@code now}
   * @param most what moved most
   */
  static DistributionChange ofShares(double[] before, double[] now, Supplier<String> most) {
    return new DistributionChange(
        most,
        () ->
            Map.of(
                JENSEN_SHANNON,
                Distances.jensenShannon(before, now),
                POPULATION_STABILITY,
                Distances.populationStability(before, now)));
  }

  /** What moved most, as a clause. */
  String most() {
    return most.get();
  }

  /** Distances by name, as findings state them. */
  private Map<String, Double> measures() {
    Map<String, Double> known = measured;
    if (known == null) {
      known = measures.get();
      measured = known;
    }
    return known;
  }

  double measure(String name) {
    return measures().getOrDefault(name, Double.NaN);
  }

  /** The measures as parameters of a finding, in the order of their names. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    measures().forEach((name, measure) -> parameters.put(name, Double.toString(measure)));
    return parameters;
  }

  /** The quantile that moved most, from where to where. */
  private static String mostOfQuantiles(double[] before, double[] now) {
    int most = 0;
    for (int i = 1; i < RANKS.length; i++) {
      if (Math.abs(now[i] - before[i]) * LearnedColumn.weight(i)
          > Math.abs(now[most] - before[most]) * LearnedColumn.weight(most)) {
        most = i;
      }
    }
    return "quantile %s moved most, from %s to %s"
        .formatted(RANKS[most], Numbers.plain(before[most]), Numbers.plain(now[most]));
  }
}
