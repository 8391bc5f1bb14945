package io.profilemesh.judgement.memory;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes compact bytes; {@link BinaryReader} reads them in the same order. */
public final class BinaryWriter {

  private static final int SEVEN_BITS = 0x7F;
  private static final int MORE = 0x80;

  private byte[] bytes = new byte[512];
  private int length;

  public void writeByte(int value) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = (byte) value;
  }

  /** Seven bits a byte, least significant first: small numbers are short. */
  public void writeUnsigned(long value) {
    long rest = value;
    while ((rest & ~(long) SEVEN_BITS) != 0) {
      writeByte((int) (rest & SEVEN_BITS) | MORE);
      rest >>>= 7;
    }
    writeByte((int) rest);
  }

  /** Zigzag: numbers of small size are short whatever their sign. */
  public void writeSigned(long value) {
    writeUnsigned((value << 1) ^ (value >> 63));
  }

  public void writeFloat(float value) {
    int bits = Float.floatToIntBits(value);
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      writeByte(bits >>> shift);
    }
  }

  public void writeDouble(double value) {
    writeLong(Double.doubleToLongBits(value));
  }

  public void writeLong(long value) {
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      writeByte((int) (value >>> shift));
    }
  }

  public void writeUuid(UUID value) {
    writeLong(value.getMostSignificantBits());
    writeLong(value.getLeastSignificantBits());
  }

  public void writeText(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    writeUnsigned(encoded.length);
    if (encoded.length > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + encoded.length);
    }
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
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
