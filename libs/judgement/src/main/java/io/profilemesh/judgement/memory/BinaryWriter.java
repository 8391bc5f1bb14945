package io.profilemesh.judgement.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes compact bytes; {@link BinaryReader} reads them in the same order. */
public final class BinaryWriter {

  private static final int SEVEN_BITS = 0x7F;
  private static final int MORE = 0x80;

  private static final int MOST_BYTES_OF_NUMBER = 10;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[4_096];
  private int length;

  public void writeByte(int value) {
    int to = room(1);
    bytes[to] = (byte) value;
    length = to + 1;
  }

  /** Where the next bytes go; there is room for so many. */
  private int room(int count) {
    if (count > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + count);
    }
    return length;
  }

  /** Seven bits a byte, least significant first: small numbers are short. */
  public void writeUnsigned(long value) {
    int to = room(MOST_BYTES_OF_NUMBER);
    byte[] out = bytes;
    long rest = value;
    while ((rest & ~(long) SEVEN_BITS) != 0) {
      out[to++] = (byte) (rest & SEVEN_BITS | MORE);
      rest >>>= 7;
    }
    out[to++] = (byte) rest;
    length = to;
  }

  /** Zigzag: numbers of small size are short whatever their sign. */
  public void writeSigned(long value) {
    writeUnsigned((value << 1) ^ (value >> 63));
  }

  public void writeFloat(float value) {
    int to = room(Float.BYTES);
    INTS.set(bytes, to, Float.floatToIntBits(value));
    length = to + Float.BYTES;
  }

  public void writeDouble(double value) {
    writeLong(Double.doubleToLongBits(value));
  }

  public void writeLong(long value) {
    int to = room(Long.BYTES);
    LONGS.set(bytes, to, value);
    length = to + Long.BYTES;
  }

  public void writeUuid(UUID value) {
    writeLong(value.getMostSignificantBits());
    writeLong(value.getLeastSignificantBits());
  }

  public void writeText(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    writeUnsigned(encoded.length);
    writeBytes(encoded);
  }

  /** Bytes as they are, without their count. */
  void writeBytes(byte[] more) {
    int to = room(more.length);
    System.arraycopy(more, 0, bytes, to, more.length);
    length = to + more.length;
  }

  /** A byte that says whether something is there, then it. */
  public <T> void writeOptional(@Nullable T value, Consumer<T> write) {
    writeByte(value == null ? 0 : 1);
    if (value != null) {
      write.accept(value);
    }
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
