package io.profilemesh.schema.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro's binary encoding from an array and believes nothing it says: no length beyond the
 * bytes that are there, no more collection items than {@link AvroGuards#COLLECTION_ITEMS} in the
 * whole record, no string that is not UTF-8. What it allocates is bounded by the size of its input.
 * Stands in for Avro's own decoder, whose limits are per collection and per process.
 */
final class BoundedDecoder extends Decoder {

  private final byte[] bytes;
  private final ByteBuffer littleEndian;
  private final int end;
  private int position;
  private int itemsLeft = AvroGuards.COLLECTION_ITEMS;

  BoundedDecoder(byte[] bytes, int start) {
    this.bytes = bytes;
    this.littleEndian = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.position = start;
    this.end = bytes.length;
  }

  boolean atEnd() {
    return position == end;
  }

  @Override
  public int remainingBytes() {
    return end - position;
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() throws IOException {
    byte value = next();
    if (value != 0 && value != 1) {
      throw new MalformedRecordException("a boolean is neither 0 nor 1");
    }
    return value == 1;
  }

  @Override
  public int readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw new MalformedRecordException("an int has more than 32 bits");
    }
    return (int) value;
  }

  @Override
  public long readLong() throws IOException {
    byte current = next();
    long value = current & 0x7F;
    for (int shift = 7; current < 0; shift += 7) {
      current = next();
      if (shift == 63 && current != 0 && current != 1) {
        throw new MalformedRecordException("a number has more than 64 bits");
      }
      value |= (current & 0x7FL) << shift;
    }
    return (value >>> 1) ^ -(value & 1);
  }

  @Override
  public float readFloat() throws IOException {
    return littleEndian.getFloat(advance(4));
  }

  @Override
  public double readDouble() throws IOException {
    return littleEndian.getDouble(advance(8));
  }

  @Override
  public String readString() throws IOException {
    int length = readLength(AvroGuards.STRING_BYTES);
    int start = advance(length);
    for (int i = start; i < start + length; i++) {
      if (bytes[i] < 0) {
        return readUtf8(start, length);
      }
    }
    return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
  }

  @Override
  public Utf8 readString(@Nullable Utf8 old) throws IOException {
    return new Utf8(readString());
  }

  @Override
  public void skipString() throws IOException {
    advance(readLength(AvroGuards.STRING_BYTES));
  }

  @Override
  public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
    int length = readLength(AvroGuards.BYTES_LENGTH);
    byte[] copy = new byte[length];
    System.arraycopy(bytes, advance(length), copy, 0, length);
    return ByteBuffer.wrap(copy);
  }

  @Override
  public void skipBytes() throws IOException {
    advance(readLength(AvroGuards.BYTES_LENGTH));
  }

  @Override
  public void readFixed(byte[] target, int start, int length) throws IOException {
    System.arraycopy(bytes, advance(length), target, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    advance(length);
  }

  @Override
  public int readEnum() throws IOException {
    return readInt();
  }

  @Override
  public int readIndex() throws IOException {
    return readInt();
  }

  @Override
  public long readArrayStart() throws IOException {
    return readBlock();
  }

  @Override
  public long arrayNext() throws IOException {
    return readBlock();
  }

  /**
   * The items of a block to step over one by one: a block's own word on its size is not believed.
   */
  @Override
  public long skipArray() throws IOException {
    return readBlock();
  }

  @Override
  public long readMapStart() throws IOException {
    return readBlock();
  }

  @Override
  public long mapNext() throws IOException {
    return readBlock();
  }

  @Override
  public long skipMap() throws IOException {
    return readBlock();
  }

  private long readBlock() throws IOException {
    long count = readLong();
    if (count < 0) {
      count = -count;
      advance(0, readLong());
    }
    if (count < 0 || count > itemsLeft) {
      throw new MalformedRecordException("the collections hold too many items");
    }
    itemsLeft -= (int) count;
    return count;
  }

  private int readLength(int limit) throws IOException {
    long length = readLong();
    if (length < 0) {
      throw new MalformedRecordException("a length is negative");
    }
    if (length > limit) {
      throw new MalformedRecordException("a string or byte sequence is too long");
    }
    return (int) length;
  }

  private byte next() throws IOException {
    if (position >= end) {
      throw new MalformedRecordException("the record ends too early");
    }
    return bytes[position++];
  }

  private int advance(int length) throws IOException {
    advance(length, length);
    return position - length;
  }

  private void advance(int length, long claimed) throws IOException {
    if (length < 0 || claimed < 0 || claimed > end - position) {
      throw new MalformedRecordException("the record ends too early");
    }
    position += length;
  }

  private String readUtf8(int start, int length) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, start, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedRecordException("a string is not UTF-8");
    }
  }
}
