package io.profilemesh.core.profile;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Accumulates whole numbers of at most 64 bits. */
public final class IntegerAccumulator extends NumberAccumulator {

  private static final long EXACT_IN_DOUBLE = 1L << 53;

  /** A block of numbers this far from zero has a sum that fits. */
  private static final long FAR = 1L << 55;

  private final long[] waiting = new long[GATHERED];
  private final long[] hashes = new long[GATHERED];
  private final double[] numbers = new double[GATHERED];
  private int gathered;
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;
  private long sumLow;
  private long sumHigh;

  public IntegerAccumulator(AccumulatorSettings settings) {
    super(settings, false);
  }

  /** Takes in a number. */
  public void acceptLong(long value) {
    waiting[gathered++] = value;
    if (gathered == GATHERED) {
      settle();
    }
  }

  @Override
  void settle() {
    int n = gathered;
    if (n == 0) {
      return;
    }
    gathered = 0;
    countValues(n);
    long least = waiting[0];
    long most = waiting[0];
    for (int i = 0; i < n; i++) {
      long value = waiting[i];
      least = Math.min(least, value);
      most = Math.max(most, value);
      hashes[i] = ValueHash.ofLong(value, seed);
      numbers[i] = value;
    }
    min = Math.min(min, least);
    max = Math.max(max, most);
    addUp(n, least > -FAR && most < FAR);
    acceptFinite(numbers, n, observe(hashes, n));
  }

  private void addUp(int n, boolean fits) {
    long sum = 0;
    for (int i = 0; i < n; i++) {
      if (fits) {
        sum += waiting[i];
      } else {
        addToSum(waiting[i]);
      }
    }
    addToSum(sum);
  }

  private void addToSum(long value) {
    long sum = sumLow + value;
    if (((sumLow ^ sum) & (value ^ sum)) < 0) {
      sumHigh += value < 0 ? -1 : 1;
    }
    sumLow = sum;
  }

  @Override
  void combineMore(ColumnAccumulator other) {
    IntegerAccumulator more = (IntegerAccumulator) other;
    combineNumbers(more);
    min = Math.min(min, more.min);
    max = Math.max(max, more.max);
    addToSum(more.sumLow);
    sumHigh += more.sumHigh;
  }

  @Override
  void describe(ColumnDraft draft) {
    BigInteger sum = sum();
    describeNumbers(draft, min, max, new ExactSum(sum.doubleValue(), digits(sum)));
    if (count() > 0) {
      draft.literal(Metric.MIN, min, digits(min));
      draft.literal(Metric.MAX, max, digits(max));
    }
  }

  @Override
  SemanticEvidence inspect() {
    return SemanticEvidence.ofLongs(values(), seed);
  }

  @Override
  double numberAt(int slot) {
    return ValueHash.toLong(values().hashAt(slot), seed);
  }

  @Override
  String textAt(int slot) {
    return Long.toString(ValueHash.toLong(values().hashAt(slot), seed));
  }

  /** The low 64 bits and how often they overflowed, each time by 2^64. */
  private BigInteger sum() {
    return BigInteger.valueOf(sumHigh).shiftLeft(64).add(BigInteger.valueOf(sumLow));
  }

  private static @Nullable String digits(BigInteger value) {
    return value.bitLength() < 53 ? null : value.toString();
  }

  private static @Nullable String digits(long value) {
    boolean held = value >= -EXACT_IN_DOUBLE && value <= EXACT_IN_DOUBLE;
    return held ? null : Long.toString(value);
  }
}
