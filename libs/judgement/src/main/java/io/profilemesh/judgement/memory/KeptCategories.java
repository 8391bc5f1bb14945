package io.profilemesh.judgement.memory;

import io.profilemesh.core.drift.Category;
import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.FrequentValues.FrequentValue;
import io.profilemesh.core.profile.Quality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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

  private static final Comparator<FrequentValue> MOST_FREQUENT_FIRST =
      Comparator.comparingLong(FrequentValue::count).reversed();

  private final List<String> keys;
  private final List<String> texts = new ArrayList<>();
  private final List<@Nullable Kept> runs = new ArrayList<>();
  private final long[] newer;
  private final long[] shares;

  /**
   * What is kept of a run: places of values in {@link #keys}, and their counts.
   *
   * @param places up to {@code count}; not copied, not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // lives as long as one encoding
  private record Kept(int[] places, long[] counts, int count, long total) {}

  private KeptCategories(List<String> keys) {
    this.keys = keys;
    keys.forEach(key -> texts.add(key.substring(1)));
    this.newer = new long[keys.size()];
    this.shares = new long[keys.size()];
  }

  /**
   * Writes the values of a column.
   *
   * @param points newest first
   */
  static KeptCategories start(BinaryWriter out, List<ColumnPoint> points) {
    Places places = new Places();
    List<@Nullable Kept> runs = new ArrayList<>(points.size());
    for (ColumnPoint point : points) {
      runs.add(kept(point.frequentValues(), places));
    }
    out.writeUnsigned(places.keys.size());
    places.keys.forEach(out::writeText);
    KeptCategories categories = new KeptCategories(places.keys);
    categories.runs.addAll(runs);
    return categories;
  }

  /** Numbers the values of a column as they come. */
  private static final class Places {
    private static final int NONE = -1;

    private final List<String> keys = new ArrayList<>();
    private final Map<String, Integer> clear = new HashMap<>();
    private final Map<String, Integer> hashed = new HashMap<>();

    /** The place of a value; {@link #NONE}: the column has too many. */
    int of(FrequentValue value) {
      String text = value.value();
      boolean isShort = text != null && text.length() <= Category.LONGEST;
      String name = isShort ? text : text == null ? value.hash() : Category.key(value).substring(1);
      Map<String, Integer> known = isShort ? clear : hashed;
      Integer place = known.get(name);
      if (place == null && keys.size() < MOST_OF_COLUMN) {
        place = keys.size();
        keys.add(Category.key(value));
        known.put(name, place);
      }
      return place == null ? NONE : place;
    }
  }

  private static @Nullable Kept kept(@Nullable FrequentValues frequent, Places places) {
    if (frequent == null || frequent.total() <= 0) {
      return null;
    }
    int[] where = new int[MOST_OF_RUN];
    long[] counts = new long[MOST_OF_RUN];
    int looked = 0;
    int count = 0;
    for (FrequentValue value : frequent.values()) {
      if (looked < MOST_OF_RUN
          && (value.value() != null || value.hash() != null)
          && value.count() >= LEAST_SHARE * frequent.total()) {
        looked++;
        int place = places.of(value);
        if (place != Places.NONE) {
          where[count] = place;
          counts[count++] = value.count();
        }
      }
    }
    return looked == 0 ? null : new Kept(where, counts, count, frequent.total());
  }

  static KeptCategories resume(BinaryReader in) {
    int count = in.readCount();
    List<String> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      keys.add(in.readText());
    }
    return new KeptCategories(keys);
  }

  /** Whether a run, counted from the newest, has values to keep. */
  boolean has(int run) {
    return runs.get(run) != null;
  }

  /**
   * Writes those of a run that has some.
   *
   * @param frequent what they were taken from
   * @return whether they are read back just so
   */
  boolean write(BinaryWriter out, int run, @Nullable FrequentValues frequent) {
    Kept kept = runs.get(run);
    if (kept == null) {
      throw new IllegalArgumentException("a run without frequent values has nothing to write");
    }
    long mask = 0;
    long counted = 0;
    long sum = 0;
    boolean same = frequent != null && kept.count() == frequent.values().size();
    for (int i = 0; i < kept.count(); i++) {
      int place = kept.places()[i];
      long count = kept.counts()[i];
      long share = Math.round((double) count * UNITS / kept.total());
      mask |= 1L << place;
      counted += count;
      sum += share;
      shares[place] = share;
      // Of equal shares the place decides which is read first.
      same &= share == count && (i == 0 || isBefore(kept, i - 1));
    }
    boolean complete = counted == kept.total();
    out.writeUnsigned(mask << 1 | (complete ? 1 : 0));
    for (long rest = mask; rest != 0; rest &= rest - 1) {
      int place = Long.numberOfTrailingZeros(rest);
      out.writeSigned(shares[place] - newer[place]);
      newer[place] = shares[place];
    }
    return same && total(sum, complete) == kept.total();
  }

  /** Whether a value comes before the next one whichever way it is read. */
  private static boolean isBefore(Kept kept, int value) {
    long count = kept.counts()[value];
    long next = kept.counts()[value + 1];
    return count > next || (count == next && kept.places()[value] < kept.places()[value + 1]);
  }

  /** Rounding must not open a gap in a complete list, nor close one in another. */
  private static long total(long sum, boolean complete) {
    return complete ? Math.max(1, sum) : Math.max(UNITS, sum + 1);
  }

  FrequentValues read(BinaryReader in) {
    long header = in.readUnsigned();
    List<FrequentValue> values = new ArrayList<>();
    long total = 0;
    for (int index = 0; index < keys.size(); index++) {
      if ((header >>> (index + 1) & 1) == 1) {
        newer[index] += in.readSigned();
        values.add(value(index));
        total += newer[index];
      }
    }
    values.sort(MOST_FREQUENT_FIRST);
    return new FrequentValues(values, total(total, (header & 1) == 1), Quality.EXACT);
  }

  private FrequentValue value(int place) {
    return Category.isClear(keys.get(place))
        ? new FrequentValue(texts.get(place), null, newer[place], 0)
        : new FrequentValue(null, texts.get(place), newer[place], 0);
  }
}
