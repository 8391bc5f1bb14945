package io.profilemesh.profiler.scan;

import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table a scan reads.
 *
 * @param fraction share of the rows, above 0 and at most 1; 1 unless the method chooses by chance
 * @param rowLimit most rows to read, at least 1; null: no limit
 * @param seed the same seed on the same data reads the same rows; null unless rows are chosen by
 *     chance
 */
public record ScanSampling(
    Method method, double fraction, @Nullable Long rowLimit, @Nullable Long seed) {

  /** Every row. */
  public static final ScanSampling NONE = new ScanSampling(Method.NONE, 1.0, null, null);

  /** How rows are chosen. */
  public enum Method {
    NONE,
    /** Each row by chance. */
    BERNOULLI,
    /** Whole storage blocks by chance. */
    BLOCK,
    /** The first rows. */
    LIMIT
  }

  public ScanSampling {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException("a sampling fraction is above 0 and at most 1");
    }
    if (rowLimit != null && rowLimit < 1) {
      throw new IllegalArgumentException("a row limit is at least 1");
    }
    boolean byChance = method == Method.BERNOULLI || method == Method.BLOCK;
    if (byChance == (seed == null)) {
      throw new IllegalArgumentException("a seed belongs to sampling by chance, and only there");
    }
    if (!byChance && fraction != 1) {
      throw new IllegalArgumentException("a fraction needs sampling by chance");
    }
    if (method == Method.LIMIT && rowLimit == null) {
      throw new IllegalArgumentException("sampling the first rows needs a row limit");
    }
    if (method == Method.NONE && rowLimit != null) {
      throw new IllegalArgumentException("a row limit is a sampling of its own");
    }
  }

  /** Each row with the given chance. */
  public static ScanSampling bernoulli(double fraction, long seed) {
    return new ScanSampling(Method.BERNOULLI, fraction, null, seed);
  }

  /** Whole storage blocks with the given chance. */
  public static ScanSampling block(double fraction, long seed) {
    return new ScanSampling(Method.BLOCK, fraction, null, seed);
  }

  /** The first rows. */
  public static ScanSampling firstRows(long rowLimit) {
    return new ScanSampling(Method.LIMIT, 1.0, rowLimit, null);
  }
}
