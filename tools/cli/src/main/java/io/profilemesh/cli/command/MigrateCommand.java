package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.migrate.MigrationFiles;
import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.ApplyResult;
import io.profilemesh.metadata.MigrationStatus;
import io.profilemesh.metadata.RepairReport;
import io.profilemesh.metadata.Validation;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The metadata tables' migrations. */
@Command(
    name = "migrate",
    description = "Look after the metadata tables; nothing else ever changes them.",
    synopsisSubcommandLabel = "COMMAND")
final class MigrateCommand implements Runnable {

  @Mixin final HelpOption help = new HelpOption();

  private final Session session;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  MigrateCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "status, validate, apply, history, repair, baseline or new is missing");
  }

  @Command(name = "status", description = "Show every migration and whether it is applied.")
  int status(@Mixin HelpOption help, @Mixin DatabaseOptions database, @Mixin OutputOptions output) {
    MigrationStatus status = database.tables().status();
    new MigrationReport(session.console(), output).status(status);
    return ExitCode.OK.code();
  }

  @Command(
      name = "validate",
      description =
          "Compare the database with what this version expects; exit code 1 when it differs.")
  int validate(
      @Mixin HelpOption help, @Mixin DatabaseOptions database, @Mixin OutputOptions output) {
    Validation validation = database.tables().validate();
    new MigrationReport(session.console(), output).validation(validation);
    return validation.clean() ? ExitCode.OK.code() : ExitCode.FAILED.code();
  }

  @Command(name = "apply", description = "Apply the pending migrations.")
  int apply(
      @Mixin HelpOption help,
      @Mixin DatabaseOptions database,
      @Mixin OutputOptions output,
      @Option(
              names = "--dry-run",
              description =
                  "Print the pending SQL, run it in a transaction that is rolled back, change"
                      + " nothing.")
          boolean dryRun,
      @Option(
              names = "--target",
              paramLabel = "N",
              description = "Stop after this version (default: the newest).")
          @Nullable Integer target) {
    if (target != null && target < 1) {
      throw new ParameterException(
          spec.commandLine(), "--target is " + target + ": versions begin at 1");
    }
    ApplyResult result = database.tables().apply(new ApplyOptions(target, dryRun));
    new MigrationReport(session.console(), output).applied(result);
    return ExitCode.OK.code();
  }

  @Command(name = "history", description = "Show what was done to the tables, when and by whom.")
  int history(
      @Mixin HelpOption help, @Mixin DatabaseOptions database, @Mixin OutputOptions output) {
    new MigrationReport(session.console(), output).history(database.tables().history());
    return ExitCode.OK.code();
  }

  @Command(
      name = "repair",
      description =
          "Forget migrations that failed and take this version's files for those that were applied;"
              + " touches no table. First look at what they left: migrate validate.")
  int repair(@Mixin HelpOption help, @Mixin DatabaseOptions database) {
    RepairReport report = database.tables().repair();
    session.console().out().println("Forgotten, because it failed: " + names(report.removed()));
    session.console().out().println("Checksum taken from this version: " + names(report.aligned()));
    return ExitCode.OK.code();
  }

  @Command(
      name = "baseline",
      description =
          "Give tables that are exactly those of this version, but have no history, a history.")
  int baseline(@Mixin HelpOption help, @Mixin DatabaseOptions database) {
    int version = database.tables().baseline();
    session.console().out().println("The tables are taken for version " + version + ".");
    return ExitCode.OK.code();
  }

  @Command(
      name = "new",
      description = "Write the beginning of the next migration's file.",
      footer = {"", "Example: profilemesh migrate new \"add owner to runs\""})
  int create(
      @Mixin HelpOption help,
      @Parameters(paramLabel = "DESCRIPTION", description = "What it is to do: verb, then object.")
          String description,
      @Option(
              names = "--directory",
              paramLabel = "DIR",
              description = "Where the migrations are (default: those of the checkout).")
          @Nullable Path directory) {
    Path file = new MigrationFiles(session.home()).create(directory, description);
    session.console().out().println(file);
    session
        .console()
        .err()
        .println("Write it, name it in MigrationScripts, then see docs/migrations.md.");
    return ExitCode.OK.code();
  }

  private static String names(List<String> scripts) {
    return scripts.isEmpty() ? "none" : String.join(", ", scripts);
  }
}
