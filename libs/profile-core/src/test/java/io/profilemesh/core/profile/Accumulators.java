package io.profilemesh.core.profile;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Accumulates lists of values for tests: as a whole, or cut into ranges and combined. */
final class Accumulators {

  static final Instant NOW = Instant.parse("2026-03-02T06:00:00Z");

  /** Turns to sketches after 16 distinct values. */
  static final AccumulatorSettings SMALL = new AccumulatorSettings(Profiles.HASHER, 16, NOW, 0);

  static final AccumulatorSettings USUAL =
      new AccumulatorSettings(Profiles.HASHER, AccumulatorSettings.DICTIONARY_LIMIT, NOW, 0);

  private Accumulators() {}

  static ColumnDefinition column(String name, ColumnType type) {
    return new ColumnDefinition(new ColumnName(name), 1, "test", type, true, null);
  }

  static <A extends ColumnAccumulator, V> A accumulate(
      List<V> values, A accumulator, BiConsumer<A, V> accept) {
    for (V value : values) {
      if (value == null) {
        accumulator.acceptNull();
      } else {
        accept.accept(accumulator, value);
      }
    }
    return accumulator;
  }

  /** Cuts the values at the given places, accumulates each range by itself and combines. */
  static <A extends ColumnAccumulator, V> A combined(
      List<V> values,
      List<Integer> cuts,
      AccumulatorSettings settings,
      Function<AccumulatorSettings, A> make,
      BiConsumer<A, V> accept) {
    List<Integer> edges = new ArrayList<>();
    edges.add(0);
    cuts.stream().map(cut -> Math.floorMod(cut, values.size() + 1)).sorted().forEach(edges::add);
    edges.add(values.size());
    A all = null;
    for (int i = 1; i < edges.size(); i++) {
      A range =
          accumulate(
              values.subList(edges.get(i - 1), edges.get(i)),
              make.apply(settings.forStream(i - 1)),
              accept);
      if (all == null) {
        all = range;
      } else {
        all.combine(range);
      }
    }
    return all;
  }

  static void acceptText(TextAccumulator accumulator, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    accumulator.acceptBytes(bytes, 0, bytes.length);
  }

  static ColumnProfile profile(ColumnAccumulator accumulator, ColumnType type) {
    return profile(accumulator, type, ProfileSettings.defaults(Profiles.HASHER));
  }

  static ColumnProfile profile(
      ColumnAccumulator accumulator, ColumnType type, ProfileSettings settings) {
    return accumulator.profile(column("c", type), settings);
  }

  static ProfileSettings published() {
    return new ProfileSettings(
        ValuePolicy.PUBLISHED, Profiles.HASHER, SampleScope.ALL_ROWS, 10, 32);
  }
}
