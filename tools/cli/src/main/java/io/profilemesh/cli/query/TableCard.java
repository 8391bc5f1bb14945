package io.profilemesh.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.profilemesh.cli.output.Colours;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.output.Formats;
import io.profilemesh.cli.output.RowSink;
import io.profilemesh.cli.output.TableSink;
import java.io.PrintWriter;

/** What the catalogue knows of a table, printed. */
public final class TableCard {

  private static final int LABEL = 12;

  private final JsonNode table;

  /**
   * @param table the table as REST answers it
   */
  public TableCard(JsonNode table) {
    this.table = table;
  }

  /** Prints what is known of the table, then its columns. */
  public void print(PrintWriter out, Colours colours) {
    line(out, colours, "table", Formats.text(table.path("tableId")));
    line(out, colours, "environment", Formats.text(table.path("environment")));
    line(out, colours, "type", Formats.text(table.path("tableType")));
    line(out, colours, "storage", Formats.text(table.path("storageFormat")));
    line(out, colours, "location", Formats.text(table.path("location")));
    line(out, colours, "partitions", Formats.text(table.path("partitioning")));
    line(out, colours, "owner", Formats.text(table.path("owner")));
    line(out, colours, "tags", Formats.text(table.path("tags")));
    line(out, colours, "description", Formats.text(table.path("description")));
    line(out, colours, "first seen", Formats.instant(table.path("firstSeenAt")));
    line(out, colours, "last seen", Formats.instant(table.path("lastSeenAt")));
    line(out, colours, "vanished", Formats.instant(table.path("vanishedAt")));
    line(out, colours, "rows", Formats.number(table.path("rowCount")));
    line(out, colours, "bytes", Formats.number(table.path("bytes")));
    line(out, colours, "schemas seen", Formats.number(table.path("schemaVersion")));
    line(out, colours, "newest run", Formats.text(table.path("lastRunId")));
    out.println();
    RowSink sink = new TableSink(CatalogueColumns.COLUMNS, out, colours);
    table.path("columns").forEach(sink::accept);
    sink.end(NullNode.getInstance());
  }

  private static void line(PrintWriter out, Colours colours, String label, String text) {
    if (!text.isEmpty()) {
      out.println(
          colours.faint(DisplayText.padRight(label, LABEL) + " ") + DisplayText.printable(text));
    }
  }
}
