package io.profilemesh.configuration;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When counted changes of a table become a request to profile it.
 *
 * @param captured false: changes of the table are not looked at
 * @param rows changed rows that suffice, at least 1, or null
 * @param share share of the table's rows that suffices, above 0, or null
 * @param quiet time without a change, after changes, that suffices
 * @param minInterval least time between two requests
 * @param sweep time after which the table is asked for although no change was seen, or null
 */
public record ChangeRules(
    boolean captured,
    @Nullable Long rows,
    @Nullable Double share,
    Duration quiet,
    Duration minInterval,
    @Nullable Duration sweep) {

  /** What applies to a table of a captured source unless configured otherwise. */
  public static final ChangeRules DEFAULTS =
      new ChangeRules(
          true, null, 0.1, Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofHours(24));

  public ChangeRules {
    if (rows != null && rows < 1) {
      throw new IllegalArgumentException("changed rows that suffice are at least 1");
    }
    if (share != null && !(share > 0)) {
      throw new IllegalArgumentException("a share of the table's rows is above 0");
    }
  }
}
