package io.profilemesh.judgement.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what {@link BinaryWriter} wrote. */
public final class BinaryReader {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private int next;

  public BinaryReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads the version every state begins with.
   *
   * @throws IllegalStateException when a newer service wrote it
   */
  public void requireVersion(int known, String what) {
    requireVersion(known, known, what);
  }

  /** The layout, which must be among those that are read. */
  public int requireVersion(int oldest, int known, String what) {
    int version = readByte();
    if (version < oldest || version > known) {
      throw new IllegalStateException(
          "%s has layout %d, this version reads %d: was a newer version here? Reset the service's"
                  .formatted(what, version, known)
              + " application to rebuild its state from the topic.");
    }
    return version;
  }

  public int readByte() {
    if (next == bytes.length) {
      throw new IllegalStateException("the state ends too early");
    }
    return bytes[next++] & 0xFF;
  }

  public long readUnsigned() {
    if (next < bytes.length && bytes[next] >= 0) {
      return bytes[next++];
    }
    if (next + 1 < bytes.length && bytes[next + 1] >= 0) {
      int first = bytes[next] & 0x7F;
      int second = bytes[next + 1];
      next += 2;
      return first | second << 7;
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

  public int readCount() {
    return Math.toIntExact(readUnsigned());
  }

  public long readSigned() {
    long value = readUnsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  public float readFloat() {
    return (float) FLOATS.get(bytes, take(Float.BYTES));
  }

  public double readDouble() {
    return Double.longBitsToDouble(readLong());
  }

  public long readLong() {
    return (long) LONGS.get(bytes, take(Long.BYTES));
  }

  private int take(int count) {
    int from = next;
    if (count > bytes.length - from) {
      throw new IllegalStateException("the state ends too early");
    }
    next = from + count;
    return from;
  }

  /** How many bytes were read. */
  int position() {
    return next;
  }

  /** A copy of the bytes that were read since a position. */
  byte[] since(int position) {
    return Arrays.copyOfRange(bytes, position, next);
  }

  public UUID readUuid() {
    return new UUID(readLong(), readLong());
  }

  public String readText() {
    int length = readCount();
    if (length > bytes.length - next) {
      throw new IllegalStateException("the state ends too early");
    }
    String text = new String(bytes, next, length, StandardCharsets.UTF_8);
    next += length;
    return text;
  }

  public <T> @Nullable T readOptional(Supplier<T> read) {
    return readByte() == 0 ? null : read.get();
  }
}
