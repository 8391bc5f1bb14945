package io.profilemesh.drift.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes compact bytes; {@link BinaryReader} reads them in the same order. */
final class BinaryWriter {

  private static final int SEVEN_BITS = 0x7F;
  private static final int MORE = 0x80;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

  void writeByte(int value) {
    bytes.write(value);
  }

  /** Seven bits a byte, least significant first: small numbers are short. */
  void writeUnsigned(long value) {
    long rest = value;
    while ((rest & ~(long) SEVEN_BITS) != 0) {
      bytes.write((int) (rest & SEVEN_BITS) | MORE);
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  /** Zigzag: numbers of small size are short whatever their sign. */
  void writeSigned(long value) {
    writeUnsigned((value << 1) ^ (value >> 63));
  }

  void writeFloat(float value) {
    bytes.writeBytes(ByteBuffer.allocate(Float.BYTES).putFloat(value).array());
  }

  void writeDouble(double value) {
    bytes.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
  }

  void writeLong(long value) {
    bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  void writeUuid(UUID value) {
    writeLong(value.getMostSignificantBits());
    writeLong(value.getLeastSignificantBits());
  }

  void writeText(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    writeUnsigned(encoded.length);
    bytes.writeBytes(encoded);
  }

  /** A byte that says whether something is there, then it. */
  <T> void writeOptional(@Nullable T value, Consumer<T> write) {
    writeByte(value == null ? 0 : 1);
    if (value != null) {
      write.accept(value);
    }
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
