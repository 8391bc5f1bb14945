package io.profilemesh.core.profile;

/**
 * How accumulated values become a published profile.
 *
 * @param policy whether literal values may be published
 * @param hasher hashes redacted values; the one the accumulators were made with
 * @param scope which part of the table was read
 * @param histogramBins bins of a histogram, at least 1
 * @param frequentValues most frequent values to state, at least 0
 */
public record ProfileSettings(
    ValuePolicy policy,
    ValueHasher hasher,
    SampleScope scope,
    int histogramBins,
    int frequentValues) {

  /** Frequent values stated unless configured otherwise. */
  public static final int FREQUENT_VALUES = 32;

  public ProfileSettings {
    if (histogramBins < 1 || frequentValues < 0) {
      throw new IllegalArgumentException("a histogram has a bin, and counts are not negative");
    }
  }

  /** Redacted, every row, ten bins. */
  public static ProfileSettings defaults(ValueHasher hasher) {
    return new ProfileSettings(
        ValuePolicy.REDACTED, hasher, SampleScope.ALL_ROWS, 10, FREQUENT_VALUES);
  }
}
