package io.profilemesh.core.profile;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table of a source, or a time slice of one. Canonical text: {@code source/schema/table} or
 * {@code source/schema/table@slice}; names keep their case, and a separator, percent sign or
 * control character inside a name is percent-encoded, so that text and parts convert into each
 * other without loss.
 *
 * @param source name of the source, never empty
 * @param schema schema; empty where the engine has none
 * @param table table, never empty
 * @param slice slice, or null for the whole table
 */
public record DatasetId(String source, String schema, String table, @Nullable String slice)
    implements Comparable<DatasetId> {

  public DatasetId {
    Objects.requireNonNull(schema, "schema");
    if (source.isEmpty() || table.isEmpty()) {
      throw new IllegalArgumentException("a dataset needs a source and a table");
    }
    if (slice != null && slice.isEmpty()) {
      throw new IllegalArgumentException("a slice needs a name; leave it out for the whole table");
    }
  }

  /** The dataset that is a whole table. */
  public static DatasetId of(String source, String schema, String table) {
    return new DatasetId(source, schema, table, null);
  }

  /**
   * Reads the canonical text.
   *
   * @throws IllegalArgumentException when the text is not canonical; the message says what is wrong
   */
  public static DatasetId parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "a dataset id is source/schema/table or source/schema/table@slice");
    }
    int at = parts[2].indexOf('@');
    String table = at < 0 ? parts[2] : parts[2].substring(0, at);
    String slice = at < 0 ? null : decode(parts[2].substring(at + 1));
    DatasetId id = new DatasetId(decode(parts[0]), decode(parts[1]), decode(table), slice);
    if (!id.toString().equals(text)) {
      throw new IllegalArgumentException("a dataset id escapes / @ % and control characters only");
    }
    return id;
  }

  /** The same table without its slice. */
  public DatasetId wholeTable() {
    return slice == null ? this : of(source, schema, table);
  }

  /** The canonical text. */
  @Override
  public String toString() {
    String whole = encode(source) + '/' + encode(schema) + '/' + encode(table);
    return slice == null ? whole : whole + '@' + encode(slice);
  }

  /** Orders by canonical text. */
  @Override
  public int compareTo(DatasetId other) {
    return toString().compareTo(other.toString());
  }

  private static String encode(String name) {
    StringBuilder text = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '/' || c == '@' || c == '%' || c < ' ' || c == 127) {
        text.append('%').append(hex(c >> 4)).append(hex(c & 15));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static char hex(int digit) {
    return Character.toUpperCase(Character.forDigit(digit, 16));
  }

  private static String decode(String text) {
    StringBuilder name = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        name.append(c);
        continue;
      }
      int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        throw new IllegalArgumentException("a dataset id has an escape that is not two digits");
      }
      name.append((char) (high * 16 + low));
      i += 2;
    }
    return name.toString();
  }
}
