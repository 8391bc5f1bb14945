package io.profilemesh.drift.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what {@link BinaryWriter} wrote. */
final class BinaryReader {

  private final ByteBuffer bytes;

  BinaryReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /**
   * Reads the version every state begins with.
   *
   * @throws IllegalStateException when a newer service wrote it
   */
  void requireVersion(int known, String what) {
    requireVersion(known, known, what);
  }

  /** The layout, which must be among those that are read. */
  int requireVersion(int oldest, int known, String what) {
    int version = readByte();
    if (version < oldest || version > known) {
      throw new IllegalStateException(
          "%s has layout %d, this version reads %d: was a newer version here? Reset the service's"
                  .formatted(what, version, known)
              + " application to rebuild its state from the topic.");
    }
    return version;
  }

  int readByte() {
    return bytes.get() & 0xFF;
  }

  long readUnsigned() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = readByte();
      value |= (long) (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    throw new IllegalStateException("a number in the state has too many bytes");
  }

  int readCount() {
    return Math.toIntExact(readUnsigned());
  }

  long readSigned() {
    long value = readUnsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  float readFloat() {
    return bytes.getFloat();
  }

  double readDouble() {
    return bytes.getDouble();
  }

  long readLong() {
    return bytes.getLong();
  }

  UUID readUuid() {
    return new UUID(readLong(), readLong());
  }

  String readText() {
    byte[] encoded = new byte[readCount()];
    bytes.get(encoded);
    return new String(encoded, StandardCharsets.UTF_8);
  }

  <T> @Nullable T readOptional(Supplier<T> read) {
    return readByte() == 0 ? null : read.get();
  }
}
