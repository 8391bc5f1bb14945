package io.profilemesh.drift.store;

import io.profilemesh.core.drift.Category;
import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.FrequentValues.FrequentValue;
import io.profilemesh.core.profile.Quality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of the most frequent values of a column through its runs: the values once, then for each
 * run which of them were there and their shares, as differences from the next newer run. Shares are
 * kept in units of 1 / {@value #UNITS}; a list that was complete stays complete.
 */
final class KeptCategories {

  /** Values kept of a run. */
  static final int MOST_OF_RUN = 10;

  /** Values kept of a column, those of newer runs first. */
  private static final int MOST_OF_COLUMN = 28;

  private static final int UNITS = 1 << 16;

  /** A rarer value says nothing about the column as a whole. */
  private static final double LEAST_SHARE = 0.005;

  private final List<String> keys;
  private final long[] newer;

  private KeptCategories(List<String> keys) {
    this.keys = keys;
    this.newer = new long[keys.size()];
  }

  /**
   * Writes the values of a column.
   *
   * @param points newest first
   */
  static KeptCategories start(BinaryWriter out, List<ColumnPoint> points) {
    List<String> keys = new ArrayList<>();
    for (ColumnPoint point : points) {
      for (FrequentValue value : kept(point.frequentValues())) {
        String key = Category.key(value);
        if (!keys.contains(key) && keys.size() < MOST_OF_COLUMN) {
          keys.add(key);
        }
      }
    }
    out.writeUnsigned(keys.size());
    keys.forEach(out::writeText);
    return new KeptCategories(keys);
  }

  static KeptCategories resume(BinaryReader in) {
    int count = in.readCount();
    List<String> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      keys.add(in.readText());
    }
    return new KeptCategories(keys);
  }

  boolean takes(@Nullable FrequentValues frequent) {
    return !kept(frequent).isEmpty();
  }

  void write(BinaryWriter out, FrequentValues frequent) {
    Map<Integer, Long> shares = new LinkedHashMap<>();
    long counted = 0;
    for (FrequentValue value : kept(frequent)) {
      int index = keys.indexOf(Category.key(value));
      if (index >= 0) {
        shares.put(index, Math.round((double) value.count() * UNITS / frequent.total()));
        counted += value.count();
      }
    }
    long mask = 0;
    for (int index : shares.keySet()) {
      mask |= 1L << index;
    }
    out.writeUnsigned(mask << 1 | (counted == frequent.total() ? 1 : 0));
    for (int index = 0; index < keys.size(); index++) {
      Long share = shares.get(index);
      if (share != null) {
        out.writeSigned(share - newer[index]);
        newer[index] = share;
      }
    }
  }

  FrequentValues read(BinaryReader in) {
    long header = in.readUnsigned();
    List<FrequentValue> values = new ArrayList<>();
    long total = 0;
    for (int index = 0; index < keys.size(); index++) {
      if ((header >>> (index + 1) & 1) == 1) {
        newer[index] += in.readSigned();
        values.add(Category.value(keys.get(index), newer[index]));
        total += newer[index];
      }
    }
    values.sort(Comparator.comparingLong(FrequentValue::count).reversed());
    // Rounding must not open a gap in a complete list, nor close one in another.
    boolean complete = (header & 1) == 1;
    return new FrequentValues(
        values, complete ? Math.max(1, total) : Math.max(UNITS, total + 1), Quality.EXACT);
  }

  private static List<FrequentValue> kept(@Nullable FrequentValues frequent) {
    if (frequent == null || frequent.total() <= 0) {
      return List.of();
    }
    return frequent.values().stream()
        .filter(value -> value.value() != null || value.hash() != null)
        .filter(value -> value.count() >= LEAST_SHARE * frequent.total())
        .limit(MOST_OF_RUN)
        .toList();
  }
}
