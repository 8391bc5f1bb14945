package io.profilemesh.core.profile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the values of one column, one by one and without keeping them, and knows the column's
 * profile afterwards. Combining the accumulators of two sets of rows gives the accumulator of all
 * of them. Memory is bounded whatever the number and length of values. Not safe for several
 * threads.
 *
 * <p>Distinct values are counted exactly until the dictionary of {@link AccumulatorSettings} is
 * full; from then on a sketch counts them.
 */
public abstract sealed class ColumnAccumulator
    permits NumberAccumulator,
        TemporalAccumulator,
        TextAccumulator,
        BooleanAccumulator,
        OpaqueAccumulator {

  /** Values that subclasses gather before they take them in. */
  static final int GATHERED = 128;

  final AccumulatorSettings settings;
  final long seed;
  private final ValueCounter values;
  private @Nullable DistinctRegisters registers;
  private @Nullable StreamedHash digests;
  private long distinctAtSpill;
  private long count;
  private long nulls;

  ColumnAccumulator(AccumulatorSettings settings, boolean retainsBytes) {
    this.settings = settings;
    this.seed = settings.hasher().sketchSeed();
    this.values = new ValueCounter(settings.dictionaryLimit(), retainsBytes, settings.stream());
  }

  /** Takes in a null. */
  public final void acceptNull() {
    nulls++;
  }

  /** Values taken in that are not null. */
  public final long count() {
    settle();
    return count;
  }

  /** Nulls taken in. */
  public final long nullCount() {
    return nulls;
  }

  /**
   * Takes in all that another accumulator took in; that one must not be used afterwards.
   *
   * @throws IllegalArgumentException when the other one is of another kind or other settings
   */
  public final void combine(ColumnAccumulator other) {
    if (other.getClass() != getClass()
        || other == this
        || other.seed != seed
        || other.settings.dictionaryLimit() != settings.dictionaryLimit()) {
      throw new IllegalArgumentException("only accumulators of one kind and settings combine");
    }
    settle();
    other.settle();
    if (!values.fitsWith(other.values)) {
      spill();
      other.spill();
    }
    values.merge(other.values);
    if (registers != null && other.registers != null) {
      registers.merge(other.registers);
    }
    distinctAtSpill = Math.max(distinctAtSpill, other.distinctAtSpill);
    count += other.count;
    nulls += other.nulls;
    combineMore(other);
  }

  /** The profile of all that was taken in. Accumulating may go on afterwards. */
  public final ColumnProfile profile(ColumnDefinition column, ProfileSettings how) {
    settle();
    ColumnDraft draft = new ColumnDraft(column, how, count, nulls);
    describe(draft);
    return draft.build();
  }

  /**
   * Takes in what still waits: subclasses gather values, so that each step is a short loop over
   * many of them.
   */
  void settle() {}

  /** Combines what subclasses add; runs last. */
  abstract void combineMore(ColumnAccumulator other);

  /** States the metrics of this kind of column. */
  abstract void describe(ColumnDraft draft);

  /** Runs once, just before the dictionary turns into sketches. */
  void beforeSpill() {}

  final void countValue() {
    count++;
  }

  final void countValues(int more) {
    count += more;
  }

  /**
   * Counts values that their hashes stand for. Answers how many came while all were counted
   * exactly.
   */
  final int observe(long[] hashes, int n) {
    int exact = 0;
    if (registers == null) {
      exact = values.countAll(hashes, n);
      if (exact == n) {
        return n;
      }
      spill();
    }
    DistinctRegisters sketch = sketched();
    for (int i = exact; i < n; i++) {
      sketch.update(hashes[i]);
    }
    values.observeAll(hashes, exact, n);
    return exact;
  }

  /** Counts a value that its hash stands for. */
  final void observe(long hash) {
    if (registers == null) {
      if (values.count(hash)) {
        return;
      }
      spill();
    }
    sketched().update(hash);
    values.observe(hash);
  }

  /**
   * Counts a value by its hash and may keep its bytes. Answers whether it is known to have occurred
   * before.
   */
  final boolean observe(long hash, byte[] data, int offset, int length) {
    if (values.countIfKnown(hash)) {
      return true;
    }
    if (registers == null) {
      if (countKeeping(hash, data, offset, length)) {
        return false;
      }
      spill();
    }
    sketched().update(hash);
    if (values.admits()) {
      if (length <= ValueCounter.RETAINED_BYTES) {
        values.admit(hash, data, offset, length, false);
      } else {
        values.admit(hash, digestOf(data, offset, length), 0, StreamedHash.DIGEST_BYTES, true);
      }
    }
    return false;
  }

  /**
   * Counts a value that is not in the table, unless its bytes are to be kept: then {@link #keep} is
   * to be called.
   */
  final boolean isToKeep(long hash) {
    if (registers == null) {
      return true;
    }
    registers.update(hash);
    return values.admits();
  }

  /** Keeps the bytes of a value that is new to the table, and counts it. */
  final void keep(long hash, byte[] data, int length) {
    if (registers == null) {
      if (countKeeping(hash, data, 0, length)) {
        return;
      }
      spill();
      sketched().update(hash);
      if (!values.admits()) {
        return;
      }
    }
    values.admit(hash, data, 0, length, false);
  }

  /** Counts a value of which only hash and digest are left. */
  final void observeDigest(long hash, byte[] digest) {
    if (registers == null) {
      if (values.count(hash, digest, 0, digest.length, true)) {
        return;
      }
      spill();
    }
    sketched().update(hash);
    if (!values.countIfKnown(hash) && values.admits()) {
      values.admit(hash, digest, 0, digest.length, true);
    }
  }

  /** Whether every distinct value is known, so that none is estimated. */
  public final boolean countsDistinctExactly() {
    return registers == null;
  }

  final boolean isExact() {
    return registers == null;
  }

  final ValueCounter values() {
    return values;
  }

  /** States distinct values and the sketches of values. */
  final void describeDistinct(ColumnDraft draft) {
    if (registers == null) {
      draft.distinctExact(values.size());
      draft.sketch(
          Sketch.Kind.DISTINCT_COUNT,
          DistinctRegisters.FORMAT,
          true,
          distinctError(),
          distinctBytes());
    } else {
      draft.distinctEstimate(registers.estimate(), distinctAtSpill);
      draft.sketch(
          Sketch.Kind.DISTINCT_COUNT,
          DistinctRegisters.FORMAT,
          true,
          DistinctRegisters.ERROR,
          registers.toBytes());
    }
    if (count > 0) {
      double error = registers == null ? 0 : Math.min(1, (double) values.absentBound() / count);
      draft.sketch(
          Sketch.Kind.FREQUENT_ITEMS,
          FrequentItems.FORMAT,
          true,
          error,
          FrequentItems.toBytes(values, count));
    }
  }

  /** Few values fit as they are; more only as registers, which have their usual error. */
  private double distinctError() {
    return values.size() <= DistinctRegisters.MAX_COUPONS ? 0 : DistinctRegisters.ERROR;
  }

  private byte[] distinctBytes() {
    int[] slots = values.slots();
    long[] hashes = Arrays.stream(slots).mapToLong(values::hashAt).toArray();
    if (hashes.length <= DistinctRegisters.MAX_COUPONS) {
      return DistinctRegisters.couponBytes(hashes);
    }
    DistinctRegisters all = new DistinctRegisters();
    for (long hash : hashes) {
      all.update(hash);
    }
    return all.toBytes();
  }

  private boolean countKeeping(long hash, byte[] data, int offset, int length) {
    if (length <= ValueCounter.RETAINED_BYTES) {
      return values.count(hash, data, offset, length, false);
    }
    return values.count(hash, digestOf(data, offset, length), 0, StreamedHash.DIGEST_BYTES, true);
  }

  private byte[] digestOf(byte[] data, int offset, int length) {
    StreamedHash hash = digests;
    if (hash == null) {
      hash = new StreamedHash(seed);
      digests = hash;
    }
    return hash.digestOf(data, offset, length);
  }

  private void spill() {
    if (registers == null) {
      beforeSpill();
      registers = new DistinctRegisters();
      DistinctRegisters seen = registers;
      values.forEach((slot, hash, occurrences) -> seen.update(hash));
      distinctAtSpill = values.size();
      values.spill();
    }
  }

  private DistinctRegisters sketched() {
    if (registers == null) {
      throw new IllegalStateException("values are still counted exactly");
    }
    return registers;
  }
}
