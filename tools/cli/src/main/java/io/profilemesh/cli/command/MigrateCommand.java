package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.ApplyResult;
import io.profilemesh.metadata.MigrationStatus;
import io.profilemesh.metadata.Validation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
    throw new ParameterException(spec.commandLine(), "status, validate or apply is missing");
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
}
