package io.profilemesh.core.profile;

import org.jspecify.annotations.Nullable;

/**
 * A mergeable summary as bytes.
 *
 * @param format layout of the bytes and its version
 * @param hashId hash function and key; sketches of different hash ids must not be merged; null when
 *     nothing is hashed
 * @param error stated error: relative standard error of a distinct count, rank error of quantiles,
 *     count error over total of frequent items
 * @param data the sketch; not copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that go from one record into another unread
public record Sketch(Kind kind, String format, @Nullable String hashId, double error, byte[] data) {

  /** Family of a sketch. */
  public enum Kind {
    DISTINCT_COUNT,
    QUANTILES,
    FREQUENT_ITEMS
  }
}
