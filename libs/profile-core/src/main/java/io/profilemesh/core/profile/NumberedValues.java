package io.profilemesh.core.profile;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * The finite numbers of a value counter with their counts, in no particular order.
 *
 * @param numbers one per distinct value; not to be changed
 * @param counts as many; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // made and used up within one profile
record NumberedValues(double[] numbers, long[] counts) {

  /**
   * Looks at every value once.
   *
   * @param numberAt gives the number of a slot; what is not finite is left out
   */
  static NumberedValues of(ValueCounter values, IntToDoubleFunction numberAt) {
    double[] numbers = new double[values.size()];
    long[] counts = new long[numbers.length];
    int[] found = new int[1];
    values.forEach(
        (slot, hash, count) -> {
          double number = numberAt.applyAsDouble(slot);
          if (Double.isFinite(number)) {
            numbers[found[0]] = number;
            counts[found[0]++] = count;
          }
        });
    return new NumberedValues(Arrays.copyOf(numbers, found[0]), Arrays.copyOf(counts, found[0]));
  }

  /** The same in ascending order, as a distribution. */
  WeightedValues weighted() {
    Integer[] order = new Integer[numbers.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(numbers[a], numbers[b]));
    double[] ascending = new double[order.length];
    long[] weights = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      ascending[i] = numbers[order[i]];
      weights[i] = counts[order[i]];
    }
    return new WeightedValues(ascending, weights);
  }
}
