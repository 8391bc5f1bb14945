package io.profilemesh.core.profile;

/**
 * Accumulates binary floating-point numbers. NaN and infinities are counted apart: they are values
 * and distinct from each other, but take no part in minimum, mean, quantiles or histogram.
 */
public final class FloatAccumulator extends NumberAccumulator {

  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private long notNumbers;
  private long infinities;

  public FloatAccumulator(AccumulatorSettings settings) {
    super(settings, false);
  }

  /** Takes in a number; both zeros are one value, and so are all NaNs. */
  public void acceptDouble(double value) {
    countValue();
    double plain = value + 0.0;
    observe(ValueHash.ofLong(Double.doubleToLongBits(plain), seed));
    if (!(Math.abs(plain) <= Double.MAX_VALUE)) {
      if (Double.isNaN(plain)) {
        notNumbers++;
      } else {
        infinities++;
      }
      return;
    }
    if (plain < min) {
      min = plain;
    }
    if (plain > max) {
      max = plain;
    }
    acceptFinite(plain);
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
