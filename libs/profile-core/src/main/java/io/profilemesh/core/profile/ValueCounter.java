package io.profilemesh.core.profile;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts values by their hash: every value while they are few, then the frequent ones.
 *
 * <p>In the exact phase an open-addressing table holds each distinct value; {@link #count} answers
 * false when another one does not fit. After {@link #spill()} the table keeps the heaviest of them.
 * A value that is in the table is always counted. One that is not enters with a chance of about one
 * in eight, later one in 32 (sample and hold, Estan and Varghese 2002); a full table drops its
 * lighter half and remembers how heavy a dropped value can have been (lossy counting, Manku and
 * Motwani 2002). A count is hence never above the truth, and falls short of it by at most {@link
 * #errorAt}: always for what was dropped, with 99.99 % confidence for what was passed over.
 *
 * <p>Optionally keeps the bytes of the values, in an arena. Not safe for several threads.
 */
final class ValueCounter {

  /** Longer values are kept as a digest. */
  static final int RETAINED_BYTES = 1024;

  private static final int BYTES_PER_VALUE = 128;
  private static final int MOST_FREQUENT = 2048;
  private static final int LEAST_GAP = 8;
  private static final int MOST_GAP = 32;
  private static final int FILTER_WORDS = 512;

  private final int limit;
  private final int arenaLimit;
  private final int frequentLimit;
  private long[] keys;
  private long[] counts;
  private long[] errors = {};
  private int[] references = {};

  /** Bits of the values in the table: tells most absent ones without a look at the table. */
  private long[] filter = {};

  private @Nullable ByteArena arena;
  private @Nullable ByteArena spareArena;
  private int size;
  private boolean exact = true;

  private long dropped;
  private long drops;
  private boolean passedOver;
  private long random;
  private int gap;
  private int meanGap = LEAST_GAP;

  /** Mean and variance of what a value can have missed before each drop so far. */
  private long missed;

  private double missedVariance;

  /** Room to sort in, once values are dropped. */
  private long[] bounds = {};

  /**
   * @param limit most distinct values of the exact phase; their bytes may take 128 times as much
   * @param retains whether bytes are kept
   */
  ValueCounter(int limit, boolean retains, long seed) {
    this.limit = limit;
    this.arenaLimit = BYTES_PER_VALUE * limit;
    this.frequentLimit = Math.min(MOST_FREQUENT, limit);
    this.random = ValueHash.ofLong(seed, 0x632BE59BD9B4E019L);
    keys = new long[16];
    counts = new long[16];
    if (retains) {
      arena = new ByteArena();
      references = new int[16];
    }
  }

  boolean exact() {
    return exact;
  }

  int size() {
    return size;
  }

  /**
   * Exact phase: counts a value without bytes, or answers false when it is new and does not fit.
   */
  boolean count(long hash) {
    int slot = slotOf(hash);
    if (keys[slot] != hash) {
      if (size >= limit) {
        return false;
      }
      insert(hash, 1, 0);
      return true;
    }
    counts[slot]++;
    return true;
  }

  /**
   * Exact phase: counts values without bytes; answers how many came before one that does not fit.
   */
  int countAll(long[] hashes, int n) {
    long[] table = keys;
    int mask = table.length - 1;
    for (int i = 0; i < n; i++) {
      long hash = hashes[i];
      int slot = (int) (hash >>> 32) & mask;
      while (table[slot] != hash && table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      if (table[slot] == hash) {
        counts[slot]++;
        continue;
      }
      if (size >= limit) {
        return i;
      }
      insert(hash, 1, 0);
      table = keys;
      mask = table.length - 1;
    }
    return n;
  }

  /** Exact phase: counts a value, or answers false when it is new and does not fit. */
  boolean count(long hash, byte[] data, int offset, int length, boolean digest) {
    int slot = slotOf(hash);
    if (keys[slot] != hash) {
      ByteArena kept = retained();
      if (size >= limit || kept.size() + length > arenaLimit) {
        return false;
      }
      int inserted = insert(hash, 1, 0);
      references[inserted] = kept.add(data, offset, length, digest);
      return true;
    }
    counts[slot]++;
    return true;
  }

  /** Whether a value is in the table; counts it if so. */
  boolean countIfKnown(long hash) {
    if (!exact && (filter[filterWord(hash)] & 1L << hash) == 0) {
      return false;
    }
    int slot = slotOf(hash);
    if (keys[slot] != hash) {
      return false;
    }
    counts[slot]++;
    return true;
  }

  /** Sketch phase: counts a value without bytes. */
  void observe(long hash) {
    if (!countIfKnown(hash) && admits()) {
      insert(hash, 1, Math.max(1, dropped));
    }
  }

  /** Sketch phase: counts values without bytes. */
  void observeAll(long[] hashes, int from, int to) {
    for (int i = from; i < to; i++) {
      long hash = hashes[i];
      if ((filter[filterWord(hash)] & 1L << hash) != 0 && countIfKnown(hash)) {
        continue;
      }
      if (--gap <= 0) {
        nextGap();
        insert(hash, 1, Math.max(1, dropped));
      }
    }
    passedOver = true;
  }

  /** Sketch phase: whether a value that is not in the table is to enter it now. */
  boolean admits() {
    passedOver = true;
    if (--gap > 0) {
      return false;
    }
    nextGap();
    return true;
  }

  private void nextGap() {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    gap = 1 + (int) ((random >>> 1) % (2 * meanGap - 1));
    if (size >= frequentLimit) {
      dropTo(frequentLimit / 2);
    }
  }

  /** Sketch phase: enters a value that {@link #admits()} let in. */
  void admit(long hash, byte[] data, int offset, int length, boolean digest) {
    int inserted = insert(hash, 1, Math.max(1, dropped));
    references[inserted] = retained().add(data, offset, length, digest);
  }

  /** Ends the exact phase. */
  void spill() {
    if (exact) {
      exact = false;
      errors = new long[keys.length];
      filter = new long[FILTER_WORDS];
      forEach((slot, hash, count) -> filter[filterWord(hash)] |= 1L << hash);
      if (size > frequentLimit) {
        dropTo(frequentLimit);
      }
    }
  }

  /** Whether both are exact and together still fit. */
  boolean fitsWith(ValueCounter other) {
    if (!exact || !other.exact) {
      return false;
    }
    int added = 0;
    long bytes = 0;
    for (int slot = 0; slot < other.keys.length; slot++) {
      long hash = other.keys[slot];
      if (hash != 0 && keys[slotOf(hash)] != hash) {
        added++;
        bytes += other.arena == null ? 0 : other.arena.length(other.references[slot]);
      }
    }
    return size + added <= limit && (arena == null || arena.size() + bytes <= arenaLimit);
  }

  /** Takes in the counts of another of the same phase. */
  void merge(ValueCounter other) {
    long mine = exact ? 0 : absentBound();
    long theirs = other.exact ? 0 : other.absentBound();
    if (!exact) {
      settle(theirs);
      for (int slot = 0; slot < keys.length; slot++) {
        if (keys[slot] != 0 && other.keys[other.slotOf(keys[slot])] == keys[slot]) {
          errors[slot] -= theirs;
        }
      }
    }
    for (int theirSlot = 0; theirSlot < other.keys.length; theirSlot++) {
      if (other.keys[theirSlot] != 0) {
        take(other, theirSlot, mine);
      }
    }
    dropped = mine + theirs;
    missed = 0;
    missedVariance = 0;
    passedOver = false;
    if (!exact && size > frequentLimit) {
      dropTo(frequentLimit);
    }
  }

  /** Told about every value, in no particular order. */
  interface Visitor {
    void value(int slot, long hash, long count);
  }

  /** Visits every value of the table. */
  void forEach(Visitor visitor) {
    for (int slot = 0; slot < keys.length; slot++) {
      if (keys[slot] != 0) {
        visitor.value(slot, keys[slot], counts[slot]);
      }
    }
  }

  /** Slots of the table, most frequent first; ties by hash. */
  int[] slotsByCount() {
    return Arrays.stream(slots())
        .boxed()
        .sorted(
            (a, b) ->
                counts[a] != counts[b]
                    ? Long.compare(counts[b], counts[a])
                    : Long.compare(keys[a], keys[b]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Occupied slots, ordered by hash: by chance, and the same for the same values. */
  int[] slots() {
    long[] hashes = new long[size];
    int found = 0;
    for (long key : keys) {
      if (key != 0) {
        hashes[found++] = key;
      }
    }
    Arrays.sort(hashes);
    int[] slots = new int[size];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = slotOf(hashes[i]);
    }
    return slots;
  }

  long hashAt(int slot) {
    return keys[slot];
  }

  long countAt(int slot) {
    return counts[slot];
  }

  /** How far the count may fall short of the truth. */
  long errorAt(int slot) {
    return exact || errors[slot] == 0 ? 0 : errors[slot] + passedOverBound();
  }

  /** How often a value that is not in the table can have occurred. */
  long absentBound() {
    return exact ? 0 : dropped + passedOverBound();
  }

  /** Bytes kept for the value of a slot. */
  byte[] bytesAt(int slot) {
    return retained().get(references[slot]);
  }

  boolean isDigestAt(int slot) {
    return retained().isDigest(references[slot]);
  }

  /**
   * Occurrences passed over before a value entered, at most once per drop: the sum of as many
   * waits, with four standard deviations, or one long wait.
   */
  private long passedOverBound() {
    if (!passedOver) {
      return 0;
    }
    double variance = missedVariance + (double) meanGap * meanGap;
    return missed + meanGap - 1 + (long) Math.ceil(3.75 * Math.sqrt(variance) + 8.6 * meanGap);
  }

  private void settle(long absentElsewhere) {
    for (int slot = 0; slot < keys.length; slot++) {
      if (keys[slot] != 0) {
        errors[slot] = errorAt(slot) + absentElsewhere;
      }
    }
  }

  private void take(ValueCounter other, int theirSlot, long absentHere) {
    long hash = other.keys[theirSlot];
    long error = other.errorAt(theirSlot);
    int slot = slotOf(hash);
    if (keys[slot] == hash) {
      counts[slot] += other.counts[theirSlot];
      if (!exact) {
        errors[slot] += error;
      }
      return;
    }
    int inserted = insert(hash, other.counts[theirSlot], exact ? 0 : error + absentHere);
    if (other.arena != null) {
      references[inserted] = retained().addFrom(other.arena, other.references[theirSlot]);
    }
  }

  /** Enters a value; its bytes are added afterwards, for a larger table has an arena of its own. */
  private int insert(long hash, long count, long error) {
    if (2 * (size + 1) > keys.length) {
      rebuild(2 * keys.length, 0);
    }
    int slot = slotOf(hash);
    keys[slot] = hash;
    counts[slot] = count;
    if (!exact) {
      errors[slot] = error;
      filter[filterWord(hash)] |= 1L << hash;
    }
    size++;
    return slot;
  }

  /** Drops the lightest values until that many are left. */
  private void dropTo(int kept) {
    if (bounds.length < size) {
      bounds = new long[size];
    }
    int at = 0;
    for (int slot = 0; slot < keys.length; slot++) {
      if (keys[slot] != 0) {
        bounds[at++] = counts[slot] + errors[slot];
      }
    }
    long threshold = smallest(bounds, size, size - kept - 1);
    dropped = Math.max(dropped, threshold);
    int slots = Math.max(16, 2 * Integer.highestOneBit(2 * frequentLimit - 1));
    if (keys.length == slots) {
      removeBelow(threshold + 1);
    } else {
      rebuild(slots, threshold + 1);
    }
    if (passedOver) {
      missed += meanGap - 1;
      missedVariance += (double) meanGap * meanGap;
      drops++;
      // The more different values there are, the fewer need a look to find the frequent ones.
      if (meanGap < MOST_GAP && drops % 2 == 0) {
        meanGap *= 2;
      }
    }
  }

  /** The value at an index of the sorted order; reorders the values. */
  private static long smallest(long[] values, int size, int index) {
    int from = 0;
    int to = size - 1;
    while (from < to) {
      long pivot = values[(from + to) >>> 1];
      int i = from;
      int j = to;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          long swapped = values[i];
          values[i++] = values[j];
          values[j--] = swapped;
        }
      }
      if (index <= j) {
        to = j;
      } else if (index >= i) {
        from = i;
      } else {
        return values[index];
      }
    }
    return values[from];
  }

  /** Removes the entries whose bound is below the least one, in place. */
  private void removeBelow(long least) {
    Arrays.fill(filter, 0);
    int mask = keys.length - 1;
    int start = 0;
    while (keys[start] != 0) {
      start++;
    }
    // From an empty slot on, an entry that is put back lands where it was or before.
    for (int i = 1; i < keys.length; i++) {
      int old = (start + i) & mask;
      long hash = keys[old];
      if (hash == 0) {
        continue;
      }
      keys[old] = 0;
      if (counts[old] + errors[old] < least) {
        size--;
        continue;
      }
      int slot = slotOf(hash);
      keys[slot] = hash;
      counts[slot] = counts[old];
      errors[slot] = errors[old];
      filter[filterWord(hash)] |= 1L << hash;
      if (arena != null) {
        references[slot] = references[old];
      }
    }
    if (arena != null) {
      compactArena(arena);
    }
  }

  private void compactArena(ByteArena old) {
    ByteArena compact = spareArena == null ? new ByteArena() : spareArena;
    compact.reset();
    for (int slot = 0; slot < keys.length; slot++) {
      if (keys[slot] != 0) {
        references[slot] = compact.addFrom(old, references[slot]);
      }
    }
    arena = compact;
    spareArena = old;
  }

  /** Makes a new table of the entries whose bound reaches the least one. */
  private void rebuild(int slots, long least) {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    long[] oldErrors = errors;
    int[] oldReferences = references;
    ByteArena oldArena = arena;
    keys = new long[slots];
    counts = new long[slots];
    errors = exact ? oldErrors : new long[slots];
    if (oldArena != null) {
      references = new int[slots];
      if (!exact) {
        arena = spareArena == null ? new ByteArena() : spareArena;
        arena.reset();
        spareArena = oldArena;
      }
    }
    size = 0;
    Arrays.fill(filter, 0);
    for (int old = 0; old < oldKeys.length; old++) {
      long error = exact ? 0 : oldErrors[old];
      if (oldKeys[old] == 0 || oldCounts[old] + error < least) {
        continue;
      }
      int slot = slotOf(oldKeys[old]);
      keys[slot] = oldKeys[old];
      counts[slot] = oldCounts[old];
      if (!exact) {
        errors[slot] = error;
        filter[filterWord(oldKeys[old])] |= 1L << oldKeys[old];
      }
      if (oldArena != null) {
        references[slot] =
            exact ? oldReferences[old] : retained().addFrom(oldArena, oldReferences[old]);
      }
      size++;
    }
  }

  private static int filterWord(long hash) {
    return (int) (hash >>> 26) & (FILTER_WORDS - 1);
  }

  private int slotOf(long hash) {
    int mask = keys.length - 1;
    int slot = (int) (hash >>> 32) & mask;
    while (keys[slot] != 0 && keys[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private ByteArena retained() {
    if (arena == null) {
      throw new IllegalStateException("this counter keeps no bytes");
    }
    return arena;
  }
}
