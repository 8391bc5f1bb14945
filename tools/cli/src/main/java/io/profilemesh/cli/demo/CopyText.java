package io.profilemesh.cli.demo;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One row in the text format of PostgreSQL's COPY: tabs between values, {@code \N} for null. */
final class CopyText {

  private CopyText() {}

  /** The row as bytes, line end included; each value is written by its {@code toString}. */
  static byte[] row(@Nullable Object... values) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        row.append('\t');
      }
      Object value = values[i];
      row.append(value == null ? "\\N" : escaped(value.toString()));
    }
    return row.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String escaped(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }
}
