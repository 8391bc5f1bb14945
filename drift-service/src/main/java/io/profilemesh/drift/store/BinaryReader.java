package io.profilemesh.drift.store;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what {@link BinaryWriter} wrote. */
final class BinaryReader {

  private final byte[] bytes;
  private int next;

  BinaryReader(byte[] bytes) {
    this.bytes = bytes;
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
    if (next == bytes.length) {
      throw new IllegalStateException("the state ends too early");
    }
    return bytes[next++] & 0xFF;
  }

  long readUnsigned() {
    if (next < bytes.length && bytes[next] >= 0) {
      return bytes[next++];
    }
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int part = readByte();
      value |= (long) (part & 0x7F) << shift;
      if ((part & 0x80) == 0) {
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
    return Float.intBitsToFloat((int) read(Float.BYTES));
  }

  double readDouble() {
    return Double.longBitsToDouble(readLong());
  }

  long readLong() {
    return read(Long.BYTES);
  }

  private long read(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << Byte.SIZE | readByte();
    }
    return value;
  }

  UUID readUuid() {
    return new UUID(readLong(), readLong());
  }

  String readText() {
    int length = readCount();
    if (length > bytes.length - next) {
      throw new IllegalStateException("the state ends too early");
    }
    String text = new String(bytes, next, length, StandardCharsets.UTF_8);
    next += length;
    return text;
  }

  <T> @Nullable T readOptional(Supplier<T> read) {
    return readByte() == 0 ? null : read.get();
  }
}
