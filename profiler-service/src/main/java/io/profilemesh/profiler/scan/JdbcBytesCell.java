package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.ColumnAccumulator;
import io.profilemesh.core.profile.LargeValues;
import io.profilemesh.core.profile.OpaqueAccumulator;
import io.profilemesh.core.profile.TextAccumulator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Cells that are accumulated as bytes. A large one goes on in pieces, so that it is hashed as
 * everywhere and not kept; the driver holds it as a whole for as long as its row is the current
 * one.
 */
abstract class JdbcBytesCell<A extends ColumnAccumulator> extends JdbcCell<A> {

  /** How the bytes of a cell are had from its row. */
  enum Source {
    TEXT,
    /** Text with padding at the end. */
    PADDED_TEXT,
    BYTES,
    /** Text of a UUID, to its sixteen bytes. */
    UUID
  }

  private static final int UUID_LENGTH = 36;
  private static final byte[] MISFITTING = new byte[0];

  private final Source source;

  JdbcBytesCell(A accumulator, Source source) {
    super(accumulator);
    this.source = source;
  }

  abstract void accept(byte[] data, int length);

  abstract void beginLarge();

  abstract void acceptPiece(byte[] data, int offset, int length);

  abstract void endLarge();

  @Override
  final int read(ResultSet row, int index) throws SQLException {
    byte[] data = bytes(row, index);
    if (data == null) {
      accumulator.acceptNull();
      return 0;
    }
    if (data == MISFITTING) {
      return MISFIT;
    }
    int length = source == Source.PADDED_TEXT ? withoutPadding(data) : data.length;
    if (length <= LargeValues.THRESHOLD) {
      accept(data, length);
      return data.length;
    }
    beginLarge();
    for (int at = 0; at < length; at += LargeValues.THRESHOLD) {
      acceptPiece(data, at, Math.min(LargeValues.THRESHOLD, length - at));
    }
    endLarge();
    return data.length;
  }

  @SuppressWarnings("NullAway") // Null is what JDBC says of a null; the caller looks.
  private byte[] bytes(ResultSet row, int index) throws SQLException {
    if (source == Source.BYTES) {
      return row.getBytes(index);
    }
    String text = row.getString(index);
    if (text == null) {
      return null;
    }
    return source == Source.UUID ? uuid(text) : text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] uuid(String text) {
    if (text.length() != UUID_LENGTH) {
      return MISFITTING;
    }
    try {
      UUID value = UUID.fromString(text);
      // The platform accepts shorter groups too.
      return value.toString().equalsIgnoreCase(text)
          ? ByteBuffer.allocate(2 * Long.BYTES)
              .putLong(value.getMostSignificantBits())
              .putLong(value.getLeastSignificantBits())
              .array()
          : MISFITTING;
    } catch (IllegalArgumentException e) {
      return MISFITTING;
    }
  }

  private static int withoutPadding(byte[] data) {
    int length = data.length;
    while (length > 0 && data[length - 1] == ' ') {
      length--;
    }
    return length;
  }

  /** Into the metrics of text. */
  static final class Text extends JdbcBytesCell<TextAccumulator> {
    Text(TextAccumulator accumulator, Source source) {
      super(accumulator, source);
    }

    @Override
    void accept(byte[] data, int length) {
      accumulator.acceptBytes(data, 0, length);
    }

    @Override
    void beginLarge() {
      accumulator.beginLarge();
    }

    @Override
    void acceptPiece(byte[] data, int offset, int length) {
      accumulator.acceptPiece(data, offset, length);
    }

    @Override
    void endLarge() {
      accumulator.endLarge();
    }
  }

  /** Into the metrics of everything else. */
  static final class Opaque extends JdbcBytesCell<OpaqueAccumulator> {
    Opaque(OpaqueAccumulator accumulator, Source source) {
      super(accumulator, source);
    }

    @Override
    void accept(byte[] data, int length) {
      accumulator.acceptBytes(data, 0, length);
    }

    @Override
    void beginLarge() {
      accumulator.beginLarge();
    }

    @Override
    void acceptPiece(byte[] data, int offset, int length) {
      accumulator.acceptPiece(data, offset, length);
    }

    @Override
    void endLarge() {
      accumulator.endLarge();
    }
  }
}
