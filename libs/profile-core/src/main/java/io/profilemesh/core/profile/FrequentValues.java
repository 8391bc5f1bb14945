package io.profilemesh.core.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The most frequent values of a column, most frequent first.
 *
 * @param total non-null values they were taken from
 */
public record FrequentValues(List<FrequentValue> values, long total, Quality quality) {

  public FrequentValues {
    values = List.copyOf(values);
  }

  /**
   * A value and how often it occurs.
   *
   * @param value the value in clear, or null where policy redacts it
   * @param hash keyed hash of the value, or null where there is no key
   * @param count occurrences, never more than the true count
   * @param countError the true count is at most {@code count + countError}
   */
  public record FrequentValue(
      @Nullable String value, @Nullable String hash, long count, long countError) {}
}
