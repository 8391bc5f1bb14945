package io.profilemesh.core.profile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The heaviest hashes of a {@link ValueCounter} as bytes that merge: total, the most that an absent
 * value can have occurred, then hash, count and the count's possible shortfall of each, heaviest
 * first; all 64-bit and little-endian, after a version byte and the number of entries.
 */
final class FrequentItems {

  static final String FORMAT = "profilemesh-frequent-1";

  private static final int MOST = 48;

  private FrequentItems() {}

  static byte[] toBytes(ValueCounter values, long total) {
    int[] slots = values.slotsByCount();
    int kept = 0;
    while (kept < Math.min(MOST, slots.length)
        && (slots.length <= MOST || values.countAt(slots[kept]) > 1)) {
      kept++;
    }
    long absent = values.absentBound();
    for (int i = kept; i < slots.length; i++) {
      absent = Math.max(absent, values.countAt(slots[i]) + values.errorAt(slots[i]));
    }
    ByteBuffer bytes = ByteBuffer.allocate(19 + 24 * kept).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 1).putShort((short) kept).putLong(total).putLong(absent);
    for (int i = 0; i < kept; i++) {
      bytes.putLong(values.hashAt(slots[i]));
      bytes.putLong(values.countAt(slots[i]));
      bytes.putLong(values.errorAt(slots[i]));
    }
    return bytes.array();
  }
}
