package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.output.Column;
import io.profilemesh.cli.output.Column.Where;
import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.OutputFormat;
import io.profilemesh.metadata.ApplyResult;
import io.profilemesh.metadata.HistoryEntry;
import io.profilemesh.metadata.Migration;
import io.profilemesh.metadata.MigrationStatus;
import io.profilemesh.metadata.Validation;
import java.util.List;
import java.util.Locale;

/** What {@code migrate} prints. */
final class MigrationReport {

  private static final List<Column> MIGRATIONS =
      List.of(
          Column.number("version", "VERSION"),
          Column.text("state", "STATE"),
          Column.text("description", "DESCRIPTION"),
          Column.text("script", "SCRIPT").only(Where.CSV_ONLY),
          Column.instant("appliedAt", "APPLIED (UTC)"),
          Column.number("checksum", "CHECKSUM").only(Where.CSV_ONLY));

  private static final List<Column> DIFFERENCES =
      List.of(
          Column.text("kind", "KIND"),
          Column.text("subject", "SUBJECT"),
          Column.text("message", "WHAT TO DO"));

  private static final List<Column> STEPS =
      List.of(
          Column.number("version", "VERSION"),
          Column.text("script", "SCRIPT"),
          Column.milliseconds("milliseconds", "TOOK"),
          Column.text("notRehearsed", "NOT REHEARSED").only(Where.CSV_ONLY));

  private static final List<Column> HISTORY =
      List.of(
          Column.number("rank", "RANK"),
          Column.text("version", "VERSION"),
          Column.text("description", "DESCRIPTION"),
          Column.text("type", "TYPE"),
          Column.text("script", "SCRIPT").only(Where.CSV_ONLY),
          Column.number("checksum", "CHECKSUM").only(Where.CSV_ONLY),
          Column.text("installedBy", "BY"),
          Column.instant("installedAt", "AT (UTC)"),
          Column.milliseconds("milliseconds", "TOOK"),
          Column.text("success", "SUCCESS"));

  private final Console console;
  private final OutputOptions output;

  MigrationReport(Console console, OutputOptions output) {
    this.console = console;
    this.output = output;
  }

  void status(MigrationStatus status) {
    print(MIGRATIONS, status.migrations().stream().map(MigrationReport::row).toList());
    int pending = status.pending().size();
    tell(
        "The tables are at version "
            + status.current()
            + " of "
            + status.latest()
            + (pending == 0 ? "." : "; apply the rest: profilemesh migrate apply"));
  }

  void history(List<HistoryEntry> entries) {
    print(HISTORY, entries.stream().map(MigrationReport::row).toList());
    if (entries.isEmpty()) {
      tell("The database has no tables of ProfileMesh yet.");
    }
  }

  void validation(Validation validation) {
    print(DIFFERENCES, validation.differences().stream().map(MigrationReport::row).toList());
    if (validation.clean()) {
      tell("The tables are exactly what this version expects.");
    }
  }

  void applied(ApplyResult result) {
    if (result.dryRun() && output.format == OutputFormat.TABLE) {
      printSql(result);
    } else {
      print(STEPS, result.steps().stream().map(step -> row(step, result.dryRun())).toList());
    }
    if (result.steps().isEmpty()) {
      tell("Nothing is pending: the tables are at version " + result.before() + ".");
    } else if (result.dryRun()) {
      tell("Rehearsed up to version " + result.after() + " and rolled back: nothing has changed.");
    } else {
      tell("The tables went from version " + result.before() + " to " + result.after() + ".");
    }
  }

  private void printSql(ApplyResult result) {
    output.write(
        (out, colours) -> {
          for (ApplyResult.Step step : result.steps()) {
            out.println(colours.strong("-- " + step.script()));
            out.println(step.sql().strip());
            step.notRehearsed()
                .forEach(sql -> out.println("-- not rehearsed, needs no transaction: " + sql));
            out.println();
          }
        });
  }

  private void print(List<Column> columns, List<ObjectNode> rows) {
    output.list(columns, rows);
  }

  private void tell(String sentence) {
    if (output.format == OutputFormat.TABLE) {
      console.err().println(sentence);
    }
  }

  private static ObjectNode row(Migration migration) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("version", migration.version())
        .put("state", migration.state().name().toLowerCase(Locale.ROOT))
        .put("description", migration.description())
        .put("script", migration.script())
        .put("appliedAt", migration.appliedAt() == null ? null : migration.appliedAt().toString())
        .put("checksum", migration.checksum());
  }

  private static ObjectNode row(HistoryEntry entry) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("rank", entry.rank())
        .put("version", entry.version())
        .put("description", entry.description())
        .put("type", entry.type())
        .put("script", entry.script())
        .put("checksum", entry.checksum())
        .put("installedBy", entry.installedBy())
        .put("installedAt", entry.installedAt().toString())
        .put("milliseconds", entry.milliseconds())
        .put("success", entry.success() ? "yes" : "no");
  }

  private static ObjectNode row(Validation.Difference difference) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("kind", difference.kind().name().toLowerCase(Locale.ROOT))
        .put("subject", difference.subject())
        .put("message", difference.message());
  }

  private static ObjectNode row(ApplyResult.Step step, boolean dryRun) {
    ObjectNode row =
        JsonNodeFactory.instance
            .objectNode()
            .put("version", step.version())
            .put("script", step.script())
            .put("milliseconds", step.milliseconds())
            .put("dryRun", dryRun);
    step.notRehearsed().forEach(row.putArray("notRehearsed")::add);
    return row;
  }
}
