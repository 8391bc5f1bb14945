package io.profilemesh.core.drift;

import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.FrequentValues.FrequentValue;
import io.profilemesh.core.profile.MetricGroup;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shares that some values had in the runs of a column, in arrays: there are many runs. */
final class PastShares {

  /** The value was not among the frequent ones. */
  private static final double NONE = Double.NaN;

  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, Integer> clear = new HashMap<>();
  private final Map<String, Integer> hashed = new HashMap<>();

  /** By run, oldest first, then by place; null: the run has no frequent values. */
  private final double[] @Nullable [] shares;

  /** By run: the largest share that a value can have which is not among the frequent ones. */
  private final double[] others;

  /** By place: whether a run had the value among its frequent ones. */
  private final boolean[] seen;

  private final int[] phases;

  /**
   * Gathers them.
   *
   * @param keys of the values, each once
   */
  PastShares(ColumnSeries series, Collection<String> keys) {
    for (String key : keys) {
      int place = places.size();
      places.put(key, place);
      (Category.isClear(key) ? clear : hashed).put(key.substring(1), place);
    }
    List<ColumnView> past = series.past();
    this.phases = series.phases();
    this.seen = new boolean[places.size()];
    this.shares = new double[past.size()][];
    this.others = new double[past.size()];
    for (int run = 0; run < shares.length; run++) {
      FrequentValues frequent = past.get(run).profile().frequentValues();
      if (frequent != null && frequent.total() > 0 && !frequent.values().isEmpty()) {
        shares[run] = shares(run, frequent);
      }
    }
    List<Instant> since = series.since(MetricGroup.DISTRIBUTION);
    for (int place = 0; place < places.size() && !since.isEmpty(); place++) {
      move(place, past, since);
    }
  }

  /** Takes the shares of a value to the level that people expected. */
  private void move(int place, List<ColumnView> past, List<Instant> since) {
    double[] values = series(place).values();
    Instant[] at = new Instant[values.length];
    int count = 0;
    for (int run = 0; run < shares.length; run++) {
      if (shares[run] != null) {
        at[count++] = past.get(run).at();
      }
    }
    double[] moved = Levels.present(values, at, since);
    count = 0;
    for (double[] ofRun : shares) {
      if (ofRun != null) {
        ofRun[place] = Math.min(1, Math.max(0, moved[count++]));
      }
    }
  }

  private double[] shares(int run, FrequentValues frequent) {
    double[] ofRun = new double[places.size()];
    Arrays.fill(ofRun, NONE);
    double rest = 1;
    double least = 1;
    for (FrequentValue value : frequent.values()) {
      if (value.value() != null || value.hash() != null) {
        double share = (double) value.count() / frequent.total();
        rest -= share;
        least = Math.min(least, share);
        Integer place = place(value);
        if (place != null) {
          ofRun[place] = share;
          seen[place] = true;
        }
      }
    }
    others[run] = ColumnSeries.mostOfOthers(rest, least);
    return ofRun;
  }

  /** The place of a value by its key, which is not put together for each of them. */
  private @Nullable Integer place(FrequentValue value) {
    String text = value.value();
    if (text == null) {
      return hashed.get(String.valueOf(value.hash()));
    }
    return text.length() <= Category.LONGEST
        ? clear.get(text)
        : hashed.get(Category.key(value).substring(1));
  }

  /** How many runs there are. */
  int runs() {
    return shares.length;
  }

  /** The place of a key, by which its shares are asked for. */
  int place(String key) {
    Integer place = places.get(key);
    if (place == null) {
      throw new IllegalArgumentException("only shares of known keys are gathered");
    }
    return place;
  }

  /** Whether the value was ever among the frequent ones. */
  boolean isSeen(int place) {
    return seen[place];
  }

  /** What the value had in each run that has frequent values, or can have had at most. */
  ColumnSeries.Numbers series(int place) {
    double[] values = new double[shares.length];
    int[] kept = new int[shares.length + 1];
    int count = 0;
    for (int run = 0; run < shares.length; run++) {
      double[] ofRun = shares[run];
      if (ofRun != null) {
        values[count] = Double.isNaN(ofRun[place]) ? others[run] : ofRun[place];
        kept[count++] = phases[run];
      }
    }
    kept[count] = phases[shares.length];
    return new ColumnSeries.Numbers(Arrays.copyOf(values, count), Arrays.copyOf(kept, count + 1));
  }

  /** The same of some values in one run; null when the run has no frequent values. */
  double @Nullable [] of(int run, int[] wanted) {
    double[] ofRun = shares[run];
    if (ofRun == null) {
      return null;
    }
    double[] some = new double[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      double share = ofRun[wanted[i]];
      some[i] = Double.isNaN(share) ? others[run] : share;
    }
    return some;
  }
}
