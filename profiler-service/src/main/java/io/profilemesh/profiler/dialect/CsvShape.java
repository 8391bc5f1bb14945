package io.profilemesh.profiler.dialect;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV file is written, found out from its first rows.
 *
 * @param names of its columns, in order
 * @param types that the first rows suggest, by DuckDB's names
 * @param dateFormat how dates are written where not in ISO 8601, or null
 * @param timestampFormat likewise
 */
record CsvShape(
    String delimiter,
    String quote,
    String escape,
    String comment,
    long skip,
    boolean header,
    List<String> names,
    List<String> types,
    @Nullable String dateFormat,
    @Nullable String timestampFormat) {

  private static final int SAMPLED_ROWS = 20_480;
  private static final int LONGEST_LINE = 32 * 1024 * 1024;
  private static final String NOTHING = "(empty)";

  CsvShape {
    names = List.copyOf(names);
    types = List.copyOf(types);
  }

  static CsvShape of(Connection connection, Path file) throws SQLException {
    String sql =
        "SELECT Delimiter, Quote, Escape, Comment, SkipRows, HasHeader, DateFormat,"
            + " TimestampFormat, c.name, c.type FROM (SELECT *, unnest(Columns) AS c FROM"
            + " sniff_csv("
            + literal(file.toString())
            + ", sample_size = "
            + SAMPLED_ROWS
            + ", max_line_size = "
            + LONGEST_LINE
            + "))";
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      CsvShape shape = null;
      while (row.next()) {
        names.add(row.getString(9));
        types.add(row.getString(10));
        shape =
            new CsvShape(
                sign(row.getString(1), ","),
                // A file may show its first quote after the sample.
                sign(row.getString(2), "\""),
                sign(row.getString(3), "\""),
                sign(row.getString(4), ""),
                row.getLong(5),
                row.getBoolean(6),
                names,
                types,
                row.getString(7),
                row.getString(8));
      }
      if (shape == null) {
        throw new SQLException("a CSV file has at least one column");
      }
      return shape;
    }
  }

  /** The files in a FROM clause, every column as text; dates in ISO 8601 whatever the files say. */
  String from(List<Path> files) {
    String columns =
        names.stream()
            .map(name -> literal(name) + ": 'VARCHAR'")
            .collect(Collectors.joining(", ", "{", "}"));
    String read =
        "read_csv("
            + list(files)
            + ", auto_detect = false, delim = "
            + literal(delimiter)
            + ", quote = "
            + literal(quote)
            + ", escape = "
            + literal(escape)
            + ", comment = "
            + literal(comment)
            + ", skip = "
            + skip
            + ", header = "
            + header
            + ", columns = "
            + columns
            + ", null_padding = true, strict_mode = false, max_line_size = "
            + LONGEST_LINE
            + ")";
    List<String> replaced = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String format = formatOf(types.get(i));
      if (format != null) {
        String name = Identifiers.doubleQuoted(names.get(i));
        String parsed = "try_strptime(" + name + ", " + literal(format) + ")";
        String iso = types.get(i).equals("DATE") ? "CAST(" + parsed + " AS DATE)" : parsed;
        replaced.add("coalesce(CAST(" + iso + " AS VARCHAR), " + name + ") AS " + name);
      }
    }
    return replaced.isEmpty()
        ? read
        : "(SELECT * REPLACE (" + String.join(", ", replaced) + ") FROM " + read + ")";
  }

  static String list(List<Path> files) {
    return files.stream()
        .map(file -> literal(file.toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  static String literal(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }

  private @Nullable String formatOf(String type) {
    String format =
        type.equals("DATE") ? dateFormat : type.startsWith("TIMESTAMP") ? timestampFormat : null;
    boolean iso = format == null || format.isEmpty() || format.startsWith("%Y-%m-%d");
    return iso ? null : format;
  }

  private static String sign(@Nullable String found, String otherwise) {
    return found == null || found.equals(NOTHING) || found.equals("\0") ? otherwise : found;
  }
}
