package io.profilemesh.core.profile;

import java.time.Instant;

/**
 * How accumulators work; accumulators that are to be combined need the same but for the stream.
 *
 * @param hasher seeds the hash of sketches
 * @param dictionaryLimit distinct values of a column that are counted exactly, 16 to 65,536
 * @param scannedAt the instant after which a date lies in the future
 * @param stream number of the range of rows, so that ranges choose independently
 */
public record AccumulatorSettings(
    ValueHasher hasher, int dictionaryLimit, Instant scannedAt, int stream) {

  /** Distinct values that are counted exactly in a table of ordinary width. */
  public static final int DICTIONARY_LIMIT = 8192;

  private static final int NARROW = 128;

  public AccumulatorSettings {
    if (dictionaryLimit < 16 || dictionaryLimit > 65_536) {
      throw new IllegalArgumentException("a dictionary limit is 16 to 65,536");
    }
  }

  /** For a table of so many columns: dictionaries shrink beyond 128, so that memory is bounded. */
  public static AccumulatorSettings forColumns(int columns, ValueHasher hasher, Instant scannedAt) {
    int limit =
        columns <= NARROW
            ? DICTIONARY_LIMIT
            : Math.max(512, Integer.highestOneBit(DICTIONARY_LIMIT * NARROW / columns));
    return new AccumulatorSettings(hasher, limit, scannedAt, 0);
  }

  /** The same for another range of rows. */
  public AccumulatorSettings forStream(int number) {
    return new AccumulatorSettings(hasher, dictionaryLimit, scannedAt, number);
  }
}
