package io.profilemesh.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.output.Column.Align;
import io.profilemesh.cli.output.Column.Where;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints aligned columns; the widths follow from all items, so nothing shows before the end. */
public final class TableSink implements RowSink {

  private static final String GAP = "  ";

  private final List<Column> columns;
  private final PrintWriter out;
  private final Colours colours;
  private final String indent;
  private final List<List<String>> rows = new ArrayList<>();

  public TableSink(List<Column> columns, PrintWriter out, Colours colours) {
    this(columns, out, colours, "");
  }

  /**
   * @param indent text before every line
   */
  public TableSink(List<Column> columns, PrintWriter out, Colours colours, String indent) {
    this.columns = columns.stream().filter(column -> column.where() != Where.CSV_ONLY).toList();
    this.out = out;
    this.colours = colours;
    this.indent = indent;
  }

  @Override
  public void accept(JsonNode item) {
    rows.add(
        columns.stream()
            .map(column -> column.display().apply(column.value().apply(item)))
            .map(DisplayText::printable)
            .toList());
  }

  @Override
  public void end(JsonNode next) {
    if (rows.isEmpty()) {
      return;
    }
    List<String> headings = columns.stream().map(Column::heading).toList();
    int[] widths = new int[columns.size()];
    fit(widths, headings);
    rows.forEach(row -> fit(widths, row));
    out.println(indent + colours.faint(line(headings, widths, Colours.OFF)));
    rows.forEach(row -> out.println(indent + line(row, widths, colours)));
    out.flush();
  }

  private static void fit(int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], DisplayText.width(cells.get(i)));
    }
  }

  private String line(List<String> cells, int[] widths, Colours paint) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      boolean right = columns.get(i).align() == Align.RIGHT;
      boolean last = i == widths.length - 1;
      String padded =
          right
              ? DisplayText.padLeft(cell, widths[i])
              : last ? cell : DisplayText.padRight(cell, widths[i]);
      line.append(i == 0 ? "" : GAP).append(paint.byName(cell, padded));
    }
    return line.toString().stripTrailing();
  }
}
