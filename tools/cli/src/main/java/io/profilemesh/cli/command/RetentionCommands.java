package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.RowSink;
import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.metadata.retention.Drop;
import io.profilemesh.metadata.retention.KeptTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How long rows of the metadata tables are kept. */
@Command(
    name = "retention",
    description = "Say how long rows are kept, and drop the months that are older.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Nothing is dropped before a policy is set and retention apply is run, say once a day.",
      "Example: profilemesh retention set profile_sketches 90"
    })
final class RetentionCommands implements Runnable {

  private static final int LONGEST = 36_500;

  private static final List<Column> TABLES =
      List.of(
          Column.text("table", "TABLE"),
          Column.number("keepDays", "KEEP DAYS"),
          Column.text("droppedBefore", "DROPPED BEFORE"),
          Column.number("partitions", "PARTITIONS"),
          Column.number("bytes", "BYTES"));

  private static final List<Column> DROPS =
      List.of(
          Column.text("table", "TABLE"),
          Column.text("partition", "PARTITION"),
          Column.text("from", "FROM"),
          Column.text("to", "TO"),
          Column.number("rows", "ROWS"),
          Column.number("bytes", "BYTES"));

  @Mixin final HelpOption help = new HelpOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  private final Session session;

  RetentionCommands(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "show, set, off or apply is missing");
  }

  @Command(name = "show", description = "Show each table with months, and how long it is kept.")
  int show(
      @Mixin HelpOption helpOption, @Mixin DatabaseOptions database, @Mixin OutputOptions output) {
    List<KeptTable> tables = database.retention().status();
    output.write(
        (out, colours) -> {
          RowSink sink = output.sink(TABLES, out, colours);
          tables.forEach(table -> sink.accept(row(table)));
          sink.end(NullNode.getInstance());
        });
    return ExitCode.OK.code();
  }

  @Command(name = "set", description = "Keep a table's rows for some days. Drops nothing yet.")
  int set(
      @Mixin HelpOption helpOption,
      @Mixin DatabaseOptions database,
      @Parameters(
              paramLabel = "TABLE",
              description =
                  "results, profile_sketches, events, audit_logs or query_history, as retention"
                      + " show lists them.")
          String table,
      @Parameters(paramLabel = "DAYS", description = "Days that rows are kept at least.")
          int days) {
    if (days < 1 || days > LONGEST) {
      throw new ParameterException(
          spec.commandLine(), "DAYS is " + days + ": from 1 to " + LONGEST);
    }
    keep(database, table, days);
    say(
        "Rows of %s are kept for %d days. See what goes: profilemesh retention apply --dry-run"
            .formatted(table, days));
    return ExitCode.OK.code();
  }

  @Command(name = "off", description = "Keep a table's rows for good.")
  int off(
      @Mixin HelpOption helpOption,
      @Mixin DatabaseOptions database,
      @Parameters(paramLabel = "TABLE", description = "The table, as retention show lists it.")
          String table) {
    keep(database, table, null);
    say("Rows of %s are kept for good.".formatted(table));
    return ExitCode.OK.code();
  }

  @Command(
      name = "apply",
      description = {
        "Drop the months that lie wholly before what the policies keep, and show them.",
        "Each is a transaction of its own; broken off, it goes on when it is run again."
      })
  int apply(
      @Mixin HelpOption helpOption,
      @Mixin DatabaseOptions database,
      @Mixin OutputOptions output,
      @Option(names = "--dry-run", description = "Show what would be dropped; drop nothing.")
          boolean dryRun) {
    Instant now = Instant.now();
    List<Drop> drops = new ArrayList<>();
    try {
      if (dryRun) {
        drops.addAll(database.retention().due(now));
      } else {
        database.retention().apply(now, session.requester(), drops::add);
      }
    } catch (Failure e) {
      if (!drops.isEmpty()) {
        show(drops, output);
      }
      throw e;
    }
    show(drops, output);
    say(ending(drops, dryRun));
    return ExitCode.OK.code();
  }

  private static void show(List<Drop> drops, OutputOptions output) {
    output.write(
        (out, colours) -> {
          RowSink sink = output.sink(DROPS, out, colours);
          drops.forEach(drop -> sink.accept(row(drop)));
          sink.end(NullNode.getInstance());
        });
  }

  private static String ending(List<Drop> drops, boolean dryRun) {
    if (drops.isEmpty()) {
      return "Nothing is older than the policies keep.";
    }
    long rows = drops.stream().mapToLong(Drop::rows).sum();
    return dryRun
        ? "%,d rows would be dropped; drop them: profilemesh retention apply".formatted(rows)
        : "%,d rows were dropped.".formatted(rows);
  }

  private void keep(DatabaseOptions database, String name, @Nullable Integer days) {
    MonthlyTable table =
        MonthlyTable.named(name)
            .orElseThrow(
                () ->
                    Failure.usage(
                        "there is no table with months named " + name,
                        "There are: "
                            + Arrays.stream(MonthlyTable.values())
                                .map(MonthlyTable::word)
                                .collect(Collectors.joining(", "))));
    database.retention().keep(table, days, session.requester(), Instant.now());
  }

  private static ObjectNode row(KeptTable table) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("table", table.table().word())
        .put("keepDays", table.keepDays())
        .put("droppedBefore", text(table.droppedBefore()))
        .put("partitions", table.partitions())
        .put("bytes", table.bytes());
  }

  private static ObjectNode row(Drop drop) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("table", drop.table().word())
        .put("partition", drop.partition())
        .put("from", text(drop.from()))
        .put("to", drop.to().toString())
        .put("rows", drop.rows())
        .put("bytes", drop.bytes());
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private void say(String sentence) {
    session.console().err().println(sentence);
    session.console().err().flush();
  }
}
