package io.profilemesh.drift.store;

import io.profilemesh.judgement.memory.ColumnHistories;
import io.profilemesh.judgement.memory.ColumnHistory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Histories that were written last, under their bytes: who reads the same bytes need not take them
 * apart. It knows nothing of stores, keys, tasks or transactions. Bytes that a store does not hold
 * any more, because a transaction was aborted or a partition has moved, are never asked for again
 * and make room in time. For any number of threads; a history is handed to one of them.
 */
final class KnownHistories {

  /** A share of the heap, by the bytes of histories and a guess at what they are taken apart. */
  private static final int SHARE_OF_HEAP = 8;

  private static final int BYTES_OF_POINT = 1_024;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int STEP = 32;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final long mostBytes;
  private final Map<Content, ColumnHistory> histories = new LinkedHashMap<>();
  private long bytes;

  /**
   * For so much memory.
   *
   * @param mostBytes about; 0: every history is taken apart
   */
  KnownHistories(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** For a share of a heap. */
  static KnownHistories ofHeap(long mostBytes) {
    return new KnownHistories(mostBytes / SHARE_OF_HEAP);
  }

  /** Bytes by what they are. */
  private static final class Content {
    private final byte[] bytes;
    private final int hash;

    Content(byte[] bytes) {
      this.bytes = bytes;
      this.hash = hash(bytes);
    }

    /** Of a part of them, for whoever differs a little differs in many places. */
    private static int hash(byte[] bytes) {
      long hash = bytes.length;
      for (int at = 0; at + Long.BYTES <= bytes.length; at += STEP) {
        hash = (hash ^ (long) LONGS.get(bytes, at)) * MULTIPLIER;
        hash ^= hash >>> 29;
      }
      return (int) (hash ^ hash >>> 32);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Content that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** The bytes of a history, which is known by them from now on. */
  byte[] encode(ColumnHistory history) {
    ColumnHistories.Kept kept = ColumnHistories.keep(history);
    remember(kept.bytes(), kept.history());
    return kept.bytes();
  }

  private synchronized void remember(byte[] content, ColumnHistory history) {
    long weight = weight(content, history);
    if (weight > mostBytes) {
      return;
    }
    ColumnHistory before = histories.put(new Content(content), history);
    bytes += before == null ? weight : 0;
    Iterator<Map.Entry<Content, ColumnHistory>> oldest = histories.entrySet().iterator();
    while (bytes > mostBytes && oldest.hasNext()) {
      Map.Entry<Content, ColumnHistory> entry = oldest.next();
      bytes -= weight(entry.getKey().bytes, entry.getValue());
      oldest.remove();
    }
  }

  /** What bytes say. Whoever reads them to write them anew leaves none of them here. */
  ColumnHistory decode(byte[] content) {
    ColumnHistory known = take(content);
    return known == null ? ColumnHistories.decode(content) : known;
  }

  private synchronized @Nullable ColumnHistory take(byte[] content) {
    ColumnHistory known = histories.remove(new Content(content));
    bytes -= known == null ? 0 : weight(content, known);
    return known;
  }

  /** How many there are. */
  synchronized int size() {
    return histories.size();
  }

  private static long weight(byte[] content, ColumnHistory history) {
    return content.length + (long) history.points().size() * BYTES_OF_POINT;
  }
}
