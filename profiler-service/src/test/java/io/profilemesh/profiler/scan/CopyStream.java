package io.profilemesh.profiler.scan;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Builds streams in PostgreSQL's binary COPY format by hand. */
final class CopyStream {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private interface Writing {
    void run() throws IOException;
  }

  static CopyStream begin() {
    return begin(new byte[0]);
  }

  static CopyStream begin(byte[] extension) {
    CopyStream stream = new CopyStream();
    stream.write(
        () -> {
          stream.out.write("PGCOPY\n\u00FF\r\n\0".getBytes(StandardCharsets.ISO_8859_1));
          stream.out.writeInt(0);
          stream.out.writeInt(extension.length);
          stream.out.write(extension);
        });
    return stream;
  }

  /** One row; null, Integer, Long, Double, String and byte[] cells. */
  CopyStream row(Object... cells) {
    write(
        () -> {
          out.writeShort(cells.length);
          for (Object cell : cells) {
            cell(cell);
          }
        });
    return this;
  }

  byte[] end() {
    write(() -> out.writeShort(-1));
    return bytes.toByteArray();
  }

  byte[] cutOff() {
    return bytes.toByteArray();
  }

  /** A numeric as the engine sends it. */
  static byte[] numeric(int weight, int sign, int displayScale, int... groups) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int number : new int[] {groups.length, weight, sign, displayScale}) {
      bytes.write(number >> 8);
      bytes.write(number);
    }
    for (int group : groups) {
      bytes.write(group >> 8);
      bytes.write(group);
    }
    return bytes.toByteArray();
  }

  private void cell(Object cell) throws IOException {
    if (cell == null) {
      out.writeInt(-1);
    } else if (cell instanceof Integer number) {
      out.writeInt(4);
      out.writeInt(number);
    } else if (cell instanceof Long number) {
      out.writeInt(8);
      out.writeLong(number);
    } else if (cell instanceof Double number) {
      out.writeInt(8);
      out.writeDouble(number);
    } else if (cell instanceof byte[] raw) {
      out.writeInt(raw.length);
      out.write(raw);
    } else {
      cell(cell.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
