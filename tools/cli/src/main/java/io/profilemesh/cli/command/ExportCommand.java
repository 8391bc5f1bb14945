package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.export.ExportFormat;
import io.profilemesh.cli.export.ExportedTable;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.ProgressLine;
import io.profilemesh.cli.output.TableSink;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the metadata tables as files. */
@Command(
    name = "export",
    description = {
      "Write the metadata tables as files for a warehouse, all as of one moment.",
      "Those with hashes of keys and passwords (users, api_keys, sessions) are written only when"
          + " they are named. Cells are data: a spreadsheet may take some for formulas."
    },
    footer = {"", "Example: profilemesh export --format parquet --output ./export"})
final class ExportCommand implements Callable<Integer> {

  private static final List<Column> WRITTEN =
      List.of(
          Column.text("table", "TABLE"),
          Column.number("rows", "ROWS"),
          Column.text("file", "FILE"));

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final DatabaseOptions database;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "Only this table, with or without profilemesh_ before it; may be repeated.")
  List<String> tables = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Form of the files: csv or parquet (default: csv).")
  ExportFormat format = ExportFormat.CSV;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Directory to write to (default: the current one).")
  Path directory = Path.of(".");

  private final Session session;

  ExportCommand(Session session) {
    this.session = session;
    this.database = new DatabaseOptions(session);
  }

  @Override
  public Integer call() {
    Console console = session.console();
    ProgressLine progress = new ProgressLine(console);
    List<ExportedTable> written;
    try {
      written =
          database
              .export()
              .write(
                  tables,
                  format,
                  directory,
                  (table, done, total) -> progress.show(done, total, table));
    } finally {
      progress.clear();
    }
    TableSink sink = new TableSink(WRITTEN, console.out(), console.outColours());
    for (ExportedTable table : written) {
      sink.accept(
          JsonNodeFactory.instance
              .objectNode()
              .put("table", table.table())
              .put("rows", table.rows())
              .put("file", table.file().toString()));
    }
    sink.end(NullNode.getInstance());
    console.out().flush();
    return ExitCode.OK.code();
  }
}
