package io.profilemesh.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.output.Column.Where;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Prints RFC 4180 CSV with a header, as items come; text that a spreadsheet would run is defused.
 */
public final class CsvSink implements RowSink {

  private final List<Column> columns;
  private final PrintWriter out;
  private final CSVPrinter printer;

  public CsvSink(List<Column> columns, PrintWriter out) {
    this.columns = columns.stream().filter(column -> column.where() != Where.TABLE_ONLY).toList();
    this.out = out;
    try {
      printer = new CSVPrinter(out, CSVFormat.RFC4180);
      printer.printRecord(this.columns.stream().map(Column::key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void accept(JsonNode item) {
    try {
      printer.printRecord(columns.stream().map(column -> cell(column.value().apply(item))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void end(JsonNode next) {
    out.flush();
  }

  private static String cell(JsonNode value) {
    return value.isNumber() ? value.asText() : defused(Formats.text(value));
  }

  /** A leading apostrophe makes a spreadsheet show a formula instead of running it. */
  static String defused(String text) {
    return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
