package io.profilemesh.core.profile;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Accumulates decimal numbers of any precision, given as groups of four decimal digits. Minimum and
 * maximum keep every digit; moments and quantiles are computed on doubles. Numbers that differ only
 * in trailing zeros are one value.
 */
public final class DecimalAccumulator extends NumberAccumulator {

  /** Doubles this close, relatively, may stand for decimals of the other order. */
  private static final double ROUNDING = 0x1p-50;

  private static final byte[] NAN = {'N', 'a', 'N'};
  private static final byte[] PLUS_INFINITY = {'+', 'I'};
  private static final byte[] MINUS_INFINITY = {'-', 'I'};

  private final long[] waiting = new long[GATHERED];
  private final long[] hashes = new long[GATHERED];
  private final double[] numbers = new double[GATHERED];
  private int gathered;
  private final DecimalGroups current = new DecimalGroups();
  private final DecimalGroups min = new DecimalGroups();
  private final DecimalGroups max = new DecimalGroups();
  private double minNumber = Double.POSITIVE_INFINITY;
  private double maxNumber = Double.NEGATIVE_INFINITY;
  private boolean hasExtremes;
  private long notNumbers;
  private long infinities;

  public DecimalAccumulator(AccumulatorSettings settings) {
    super(settings, true);
  }

  /**
   * Takes in a number: the sum of {@code group[i] * 10000^(weight - i)}.
   *
   * @param data holds the groups as big-endian 16-bit numbers, 0 to 9999 each
   * @param groups number of groups; leading and trailing groups of zero are allowed
   */
  public void acceptGroups(byte[] data, int offset, int groups, int weight, boolean negative) {
    long packed = PackedDecimal.of(data, offset, groups, weight, negative);
    if (packed == PackedDecimal.NONE) {
      settle();
      current.set(data, offset, groups, weight, negative);
      packed = current.packed();
      if (packed == PackedDecimal.NONE) {
        acceptLong();
        return;
      }
    }
    waiting[gathered++] = packed;
    if (gathered == GATHERED) {
      settle();
    }
  }

  /** Takes in the current number, which is too long to be packed; no other one waits. */
  private void acceptLong() {
    countValue();
    byte[] canonical = current.bytes();
    long hash = ValueHash.ofBytes(canonical, 0, current.length(), seed);
    boolean known = observe(hash, canonical, 0, current.length());
    double number = current.toDouble();
    if (!known) {
      compareExtremes(number);
    }
    acceptFinite(number);
  }

  @Override
  void settle() {
    int n = gathered;
    if (n == 0) {
      return;
    }
    gathered = 0;
    countValues(n);
    for (int i = 0; i < n; i++) {
      hashes[i] = ValueHash.ofLong(waiting[i], seed);
      numbers[i] = PackedDecimal.toDouble(waiting[i]);
    }
    int exact = isExact() ? n : 0;
    for (int i = 0; i < n; i++) {
      if (!values().countIfKnown(hashes[i])) {
        boolean before = isExact();
        acceptNew(i);
        exact = before && !isExact() ? i : exact;
      }
    }
    acceptFinite(numbers, n, exact);
  }

  /** A value of the dictionary has been compared before; another one may be an extreme. */
  private void acceptNew(int i) {
    double number = numbers[i];
    double doubt = Math.abs(number) * ROUNDING;
    if (number - doubt <= minNumber || number + doubt >= maxNumber) {
      current.set(waiting[i]);
      compareExtremes(number);
    }
    if (isToKeep(hashes[i])) {
      current.set(waiting[i]);
      keep(hashes[i], current.bytes(), current.length());
    }
  }

  /** Takes in a number. */
  public void acceptDecimal(BigDecimal value) {
    DecimalGroups groups = DecimalGroups.of(value);
    acceptGroups(
        groups.bytes(),
        DecimalGroups.HEADER,
        groups.groups(),
        groups.weight(),
        groups.isNegative());
  }

  /** Takes in a NaN. */
  public void acceptNaN() {
    countValue();
    notNumbers++;
    observeSpecial(NAN);
  }

  /** Takes in an infinity. */
  public void acceptInfinity(boolean negative) {
    countValue();
    infinities++;
    observeSpecial(negative ? MINUS_INFINITY : PLUS_INFINITY);
  }

  @Override
  void combineMore(ColumnAccumulator other) {
    DecimalAccumulator more = (DecimalAccumulator) other;
    combineNumbers(more);
    if (more.hasExtremes) {
      if (!hasExtremes || more.min.compareTo(min) < 0) {
        min.copyFrom(more.min);
        minNumber = more.minNumber;
      }
      if (!hasExtremes || more.max.compareTo(max) > 0) {
        max.copyFrom(more.max);
        maxNumber = more.maxNumber;
      }
    }
    hasExtremes |= more.hasExtremes;
    notNumbers += more.notNumbers;
    infinities += more.infinities;
  }

  @Override
  void describe(ColumnDraft draft) {
    describeNumbers(draft, minNumber, maxNumber, null);
    draft.count(Metric.NAN_COUNT, notNumbers);
    draft.count(Metric.INFINITE_COUNT, infinities);
    if (hasExtremes) {
      draft.literal(Metric.MIN, minNumber, digits(min, minNumber));
      draft.literal(Metric.MAX, maxNumber, digits(max, maxNumber));
    }
  }

  @Override
  double numberAt(int slot) {
    byte[] bytes = values().bytesAt(slot);
    if (bytes.length == NAN.length) {
      return Double.NaN;
    }
    if (bytes.length < NAN.length) {
      return bytes[0] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return values().isDigestAt(slot) ? Double.NaN : DecimalGroups.ofBytes(bytes).toDouble();
  }

  @Override
  String textAt(int slot) {
    byte[] bytes = values().bytesAt(slot);
    if (bytes.length <= NAN.length) {
      return bytes.length == NAN.length ? "NaN" : bytes[0] == '-' ? "-Infinity" : "Infinity";
    }
    return values().isDigestAt(slot)
        ? "digest:" + TextBytes.hex(bytes)
        : DecimalGroups.ofBytes(bytes).toBigDecimal().toPlainString();
  }

  private void compareExtremes(double number) {
    double doubt = Math.abs(number) * ROUNDING;
    if (number - doubt <= minNumber && (!hasExtremes || current.compareTo(min) < 0)) {
      min.copyFrom(current);
      minNumber = number;
    }
    if (number + doubt >= maxNumber && (!hasExtremes || current.compareTo(max) > 0)) {
      max.copyFrom(current);
      maxNumber = number;
    }
    hasExtremes = true;
  }

  private void observeSpecial(byte[] name) {
    observe(ValueHash.ofBytes(name, 0, name.length, seed), name, 0, name.length);
  }

  private static @Nullable String digits(DecimalGroups exact, double number) {
    BigDecimal value = exact.toBigDecimal();
    boolean held =
        Double.isFinite(number) && new BigDecimal(Double.toString(number)).compareTo(value) == 0;
    return held ? null : value.toPlainString();
  }
}
