package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnProfile;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Shares of the same values in two runs, that of all others at the end. A value that one of them
 * does not list has there the share that fits best, among those that such a value can have.
 *
 * @param most the value whose share changed most, as a clause
 * @param largest that change, 0 to 1; that of all others together counts too
 */
@SuppressWarnings("ArrayRecordComponent") // made for one comparison and never written
record SharePair(double[] before, double[] now, String most, double largest) {

  private static final double LEAST_SHARE = 0.01;
  private static final int MOST_CATEGORIES = 12;

  /** The shares; empty when the values of the two runs cannot be told to be the same. */
  static Optional<SharePair> of(ColumnProfile baseline, ColumnProfile current) {
    Map<String, Double> before = ColumnSeries.shares(baseline);
    Map<String, Double> now = ColumnSeries.shares(current);
    if (before == null || now == null || before.isEmpty() || now.isEmpty()) {
      return Optional.empty();
    }
    // Hashes and values in clear say nothing about each other.
    if (before.keySet().iterator().next().charAt(0) != now.keySet().iterator().next().charAt(0)) {
      return Optional.empty();
    }
    Set<String> keys = new LinkedHashSet<>();
    addFrequent(keys, before);
    addFrequent(keys, now);
    return keys.isEmpty() ? Optional.empty() : Optional.of(of(keys, before, now));
  }

  private static SharePair of(
      Set<String> keys, Map<String, Double> before, Map<String, Double> now) {
    double[] first = new double[keys.size() + 1];
    double[] second = new double[keys.size() + 1];
    String most = "";
    double change = -1;
    int i = 0;
    for (String key : keys) {
      first[i] = share(key, before, now);
      second[i] = share(key, now, before);
      if (Math.abs(first[i] - second[i]) > change) {
        change = Math.abs(first[i] - second[i]);
        most = Explanation.ofShare(key, 100 * first[i], 100 * second[i]);
      }
      i++;
    }
    complete(first);
    complete(second);
    double ofOthers = Math.abs(first[i] - second[i]);
    return new SharePair(first, second, most, Math.max(change, ofOthers));
  }

  private static double share(String key, Map<String, Double> of, Map<String, Double> other) {
    Double listed = of.get(key);
    return listed != null
        ? listed
        : Math.min(other.getOrDefault(key, 0.0), ColumnSeries.mostOfOthers(of));
  }

  private static void addFrequent(Set<String> keys, Map<String, Double> shares) {
    shares.entrySet().stream()
        .filter(entry -> entry.getValue() >= LEAST_SHARE)
        .limit(MOST_CATEGORIES / 2)
        .forEach(entry -> keys.add(entry.getKey()));
  }

  /** The last is what is left of the whole; all are scaled when they are more than it. */
  private static void complete(double[] shares) {
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] = sum > 1 ? shares[i] / sum : shares[i];
    }
    shares[shares.length - 1] = Math.max(0, 1 - sum);
  }
}
