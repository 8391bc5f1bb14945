package io.profilemesh.core.profile;

/**
 * Which part of a table the accumulated rows are, and what that makes of counts, means and shares.
 * Bounds are at 99 % confidence.
 *
 * @param quality EXACT for every row, ESTIMATE for a sample
 * @param fraction share of the rows that was read; 0 when it is unknown, and counts then are lower
 *     bounds
 * @param clusterSize rows that were chosen together; 1 when each was chosen by itself
 */
public record SampleScope(Quality quality, double fraction, double clusterSize) {

  /** Every row was read. */
  public static final SampleScope ALL_ROWS = new SampleScope(Quality.EXACT, 1, 1);

  /** Some first rows were read, out of an unknown number. */
  public static final SampleScope FIRST_ROWS = new SampleScope(Quality.ESTIMATE, 0, 1);

  static final double Z99 = 2.576;

  public SampleScope {
    if (quality == Quality.APPROXIMATE || !(fraction >= 0 && fraction <= 1) || clusterSize < 1) {
      throw new IllegalArgumentException("a scope is all rows or a share of them");
    }
  }

  /** Each row was chosen with that chance. */
  public static SampleScope rows(double fraction) {
    return new SampleScope(Quality.ESTIMATE, fraction, 1);
  }

  /** Blocks of about so many rows were chosen with that chance. */
  public static SampleScope blocks(double fraction, double rowsPerBlock) {
    return new SampleScope(Quality.ESTIMATE, fraction, Math.max(1, rowsPerBlock));
  }

  boolean isSample() {
    return quality == Quality.ESTIMATE;
  }

  /** A count of rows of the table, from a count of rows read. */
  public MetricValue count(long read) {
    if (!isSample()) {
      return MetricValue.exact(read);
    }
    if (fraction == 0) {
      return new MetricValue((double) read, null, quality, (double) read, null);
    }
    double estimate = read / fraction;
    // At least one cluster's worth of doubt, or zero seen would claim that there is none.
    double doubtful = Math.max(read, 1) * clusterSize * (1 - fraction);
    double margin = Z99 * Math.sqrt(doubtful) / fraction;
    double lower = Math.max(read, estimate - margin);
    return new MetricValue(estimate, null, quality, lower, estimate + margin);
  }

  /** A share in percent, by Wilson's interval. */
  MetricValue percent(long part, long whole) {
    double share = (double) part / whole;
    if (!isSample()) {
      return MetricValue.exact(100 * share);
    }
    double n = Math.max(1, whole / clusterSize);
    double z2 = Z99 * Z99;
    double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
    double margin = Z99 / (1 + z2 / n) * Math.sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    return new MetricValue(
        100 * share,
        null,
        quality,
        Math.max(0, 100 * Math.min(share, centre - margin)),
        Math.min(100, 100 * Math.max(share, centre + margin)));
  }

  /** A mean with the standard deviation of what it is the mean of; NaN when that is unknown. */
  MetricValue mean(double mean, double standardDeviation, long n) {
    if (!isSample() || Double.isNaN(standardDeviation)) {
      return new MetricValue(mean, null, quality, null, null);
    }
    double margin = Z99 * standardDeviation * Math.sqrt((1 - fraction) * clusterSize / n);
    return Double.isFinite(margin)
        ? new MetricValue(mean, null, quality, mean - margin, mean + margin)
        : new MetricValue(mean, null, quality, null, null);
  }

  /** A number that a sample only hints at, such as its largest value. */
  MetricValue value(double number) {
    return new MetricValue(number, null, quality, null, null);
  }

  /** Adds what the choice of rows does to ranks (Dvoretzky, Kiefer, Wolfowitz; Massart 1990). */
  double rankError(double error, long n) {
    if (!isSample() || n == 0) {
      return error;
    }
    double sampling = Math.sqrt(Math.log(2 / 0.01) / (2 * Math.max(1, n / clusterSize)));
    return Math.min(1, error + sampling);
  }
}
