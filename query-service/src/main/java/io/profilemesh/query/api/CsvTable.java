package io.profilemesh.query.api;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Items as CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in
 * front; numbers and times stay as they are.
 *
 * @param <T> type of the items
 */
final class CsvTable<T> {

  private static final CSVFormat FORMAT = CSVFormat.RFC4180;
  private static final String FORMULA_STARTS = "=+-@\t\r\n";

  private final List<String> names = new ArrayList<>();
  private final List<Function<T, @Nullable Object>> values = new ArrayList<>();

  /** One more column. */
  CsvTable<T> column(String name, Function<T, @Nullable Object> value) {
    names.add(name);
    values.add(value);
    return this;
  }

  /** Writes the header and a line per item. */
  void write(Iterable<? extends T> items, Writer out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, FORMAT);
    printer.printRecord(names);
    for (T item : items) {
      for (Function<T, @Nullable Object> value : values) {
        printer.print(cell(value.apply(item)));
      }
      printer.println();
    }
    printer.flush();
  }

  private static @Nullable Object cell(@Nullable Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Instant) {
      return value.toString();
    }
    if (value instanceof Collection<?> many) {
      return defuse(String.join(" ", many.stream().map(Object::toString).toList()));
    }
    return defuse(value.toString());
  }

  /** The text, made harmless for spreadsheets. */
  static String defuse(String text) {
    return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
