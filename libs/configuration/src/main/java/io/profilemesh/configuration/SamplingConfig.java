package io.profilemesh.configuration;

import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table are read.
 *
 * @param method how they are chosen
 * @param fraction share of the rows, above 0 and at most 1
 * @param rowLimit most rows, at least 1, or null
 * @param seed makes a rerun read the same rows; null: one is derived from the run
 */
public record SamplingConfig(
    Method method, double fraction, @Nullable Long rowLimit, @Nullable Long seed) {

  /** Every row. */
  public static final SamplingConfig NONE = new SamplingConfig(Method.NONE, 1.0, null, null);

  public SamplingConfig {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException("a sampling fraction is above 0 and at most 1");
    }
    if (rowLimit != null && rowLimit < 1) {
      throw new IllegalArgumentException("a row limit is at least 1");
    }
  }

  /** Ways to choose rows. */
  public enum Method {
    NONE,
    BERNOULLI,
    BLOCK,
    LIMIT
  }
}
