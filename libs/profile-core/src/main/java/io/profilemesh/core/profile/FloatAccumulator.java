package io.profilemesh.core.profile;

/**
 * Accumulates binary floating-point numbers. NaN and infinities are counted apart: they are values
 * and distinct from each other, but take no part in minimum, mean, quantiles or histogram.
 */
public final class FloatAccumulator extends NumberAccumulator {

  private final double[] waiting = new double[GATHERED];
  private final long[] hashes = new long[GATHERED];
  private int gathered;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private long notNumbers;
  private long infinities;

  public FloatAccumulator(AccumulatorSettings settings) {
    super(settings, false);
  }

  /** Takes in a number; both zeros are one value, and so are all NaNs. */
  public void acceptDouble(double value) {
    double plain = value + 0.0;
    if (Math.abs(plain) <= Double.MAX_VALUE) {
      waiting[gathered++] = plain;
      if (gathered == GATHERED) {
        settle();
      }
    } else {
      acceptSpecial(plain);
    }
  }

  private void acceptSpecial(double value) {
    countValue();
    if (Double.isNaN(value)) {
      notNumbers++;
    } else {
      infinities++;
    }
    observe(ValueHash.ofLong(Double.doubleToLongBits(value), seed));
  }

  @Override
  void settle() {
    int n = gathered;
    if (n == 0) {
      return;
    }
    gathered = 0;
    countValues(n);
    double least = min;
    double most = max;
    for (int i = 0; i < n; i++) {
      double value = waiting[i];
      least = Math.min(least, value);
      most = Math.max(most, value);
      hashes[i] = ValueHash.ofLong(Double.doubleToRawLongBits(value), seed);
    }
    min = least;
    max = most;
    acceptFinite(waiting, n, observe(hashes, n));
  }

  @Override
  void combineMore(ColumnAccumulator other) {
    FloatAccumulator more = (FloatAccumulator) other;
    combineNumbers(more);
    min = Math.min(min, more.min);
    max = Math.max(max, more.max);
    notNumbers += more.notNumbers;
    infinities += more.infinities;
  }

  @Override
  void describe(ColumnDraft draft) {
    describeNumbers(draft, min, max, null);
    draft.count(Metric.NAN_COUNT, notNumbers);
    draft.count(Metric.INFINITE_COUNT, infinities);
    if (min <= max) {
      draft.literal(Metric.MIN, min, null);
      draft.literal(Metric.MAX, max, null);
    }
  }

  @Override
  double numberAt(int slot) {
    return Double.longBitsToDouble(ValueHash.toLong(values().hashAt(slot), seed));
  }

  @Override
  String textAt(int slot) {
    return Double.toString(numberAt(slot));
  }
}
