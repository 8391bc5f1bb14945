package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Column.Where;
import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.ProgressLine;
import io.profilemesh.sink.rebuild.RebuildListener;
import io.profilemesh.sink.rebuild.RebuildOptions;
import io.profilemesh.sink.rebuild.RebuildResult;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the derived tables again from the topics. */
@Command(
    name = "rebuild",
    description = {
      "Make the tables that are nothing but what the topics say again from the topics, beside those"
          + " in use, compare, and put them in their place.",
      "Services may work on meanwhile; broken off, it goes on where it was. What people wrote"
          + " (keys, users, audit) is left alone."
    },
    footer = {"", "Example: profilemesh rebuild --compare-only"})
final class RebuildCommand implements Callable<Integer> {

  private static final List<Column> TABLES =
      List.of(
          Column.text("table", "TABLE"),
          Column.number("rowsBefore", "ROWS BEFORE"),
          Column.number("rowsAfter", "ROWS AFTER"),
          Column.text("same", "SAME"),
          Column.text("hashBefore", "HASH BEFORE").only(Where.CSV_ONLY),
          Column.text("hashAfter", "HASH AFTER").only(Where.CSV_ONLY));

  @Mixin final HelpOption help = new HelpOption();
  @Mixin final RebuildPlaceOptions place;
  @Mixin final OutputOptions output;

  @Option(
      names = "--partial",
      description =
          "Go on when a topic no longer has all that the tables remember; those rows are lost.")
  boolean partial;

  @Option(
      names = "--restart",
      description = "Begin anew instead of going on with a rebuild that was broken off.")
  boolean restart;

  @Option(
      names = "--compare-only",
      description = "Rebuild and compare, replace nothing; exit code 1 when a table differs.")
  boolean compareOnly;

  private final Session session;

  RebuildCommand(Session session) {
    this.session = session;
    this.place = new RebuildPlaceOptions(session);
    this.output = new OutputOptions(session);
  }

  @Override
  public Integer call() {
    Console console = session.console();
    Told told = new Told(console);
    RebuildResult result;
    try {
      result = place.rebuild().run(new RebuildOptions(partial, restart, compareOnly), told);
    } finally {
      told.end();
    }
    output.list(TABLES, result.tables().stream().map(RebuildCommand::row).toList());
    console.err().println(ending(result));
    if (result.leftBehind() != null) {
      console.err().println(result.leftBehind());
    }
    return compareOnly && !result.equal() ? ExitCode.FAILED.code() : ExitCode.OK.code();
  }

  private static String ending(RebuildResult result) {
    String read = "%,d records read. ".formatted(result.records());
    if (!result.replaced()) {
      return read
          + (result.equal()
              ? "The tables are exactly what the topics say."
              : "The tables differ from what the topics say; replace them: profilemesh rebuild");
    }
    return read
        + (result.equal()
            ? "The rebuilt tables are in place, equal to those before."
            : "The rebuilt tables are in place; those that differ were not what the topics say.");
  }

  private static ObjectNode row(RebuildResult.TableComparison table) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("table", table.table())
        .put("rowsBefore", table.rowsBefore())
        .put("rowsAfter", table.rowsAfter())
        .put("same", table.equal() ? "yes" : "no")
        .put("hashBefore", table.hashBefore())
        .put("hashAfter", table.hashAfter());
  }

  /** Tells on standard error: steps as lines, and on a terminal the percent between them. */
  private static final class Told implements RebuildListener {

    private final Console console;
    private final ProgressLine line;

    Told(Console console) {
      this.console = console;
      this.line = new ProgressLine(console);
    }

    @Override
    public synchronized void step(String sentence) {
      line.clear();
      console.err().println(sentence + " …");
    }

    @Override
    public synchronized void progress(long done, long total) {
      if (total > 0) {
        line.show(done, total, Math.min(100, done * 100 / total) + " %");
      }
    }

    /** Leaves the line empty for what is printed next. */
    synchronized void end() {
      line.clear();
    }
  }
}
