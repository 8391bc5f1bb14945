package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.Colours;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.CsvSink;
import io.profilemesh.cli.output.Fields;
import io.profilemesh.cli.output.JsonSink;
import io.profilemesh.cli.output.OutputFormat;
import io.profilemesh.cli.output.RowSink;
import io.profilemesh.cli.output.TableSink;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Form of the answer and where it goes. */
final class OutputOptions {

  private final Session session;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description = "Form of the answer: table, json or csv (default: table).")
  OutputFormat format = OutputFormat.TABLE;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the answer to a file instead of standard output.")
  @Nullable Path output;

  OutputOptions(Session session) {
    this.session = session;
  }

  /** Something that prints an answer. */
  @FunctionalInterface
  interface Printing {
    void print(PrintWriter out, Colours colours);
  }

  /** Prints to the file or standard output. A file is complete or not there. */
  void write(Printing printing) {
    if (output == null) {
      printing.print(session.console().out(), session.console().outColours());
      session.console().out().flush();
      return;
    }
    Path part = output.resolveSibling(output.getFileName() + ".part");
    try {
      if (Files.isDirectory(output)) {
        // An empty one would be replaced.
        throw new IOException("it is a directory");
      }
      try (PrintWriter file =
          new PrintWriter(Files.newBufferedWriter(part, StandardCharsets.UTF_8))) {
        printing.print(file, Colours.OFF);
        if (file.checkError()) {
          throw new IOException("the disk did not take everything");
        }
      }
      Files.move(part, output, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw Failure.failed(
          "cannot write " + output + ": " + reason(output, e),
          "Choose another file with --output.",
          e);
    }
  }

  /** The exceptions of files say no more than a name. */
  private static String reason(Path file, IOException e) {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      return "there is no directory " + directory;
    }
    return e instanceof AccessDeniedException
        ? "it is not allowed"
        : String.valueOf(e.getMessage());
  }

  /** Prints rows that are all there. */
  void list(List<Column> columns, Iterable<? extends JsonNode> rows) {
    write(
        (out, colours) -> {
          RowSink sink = sink(columns, out, colours);
          rows.forEach(sink::accept);
          sink.end(NullNode.getInstance());
        });
  }

  /** Prints one thing: as it is in JSON, else a row for each of its fields that says something. */
  void details(JsonNode thing) {
    if (format == OutputFormat.JSON) {
      write((out, colours) -> out.println(thing.toPrettyString()));
    } else {
      list(Fields.COLUMNS, Fields.of(thing));
    }
  }

  /** A sink for the items of a listing in the form asked for. */
  RowSink sink(List<Column> columns, PrintWriter out, Colours colours) {
    return switch (format) {
      case TABLE -> new TableSink(columns, out, colours);
      case JSON -> new JsonSink(out);
      case CSV -> new CsvSink(columns, out);
    };
  }
}
