package io.profilemesh.cli.command;

import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.OutputFormat;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command: nothing but its subcommands. */
@Command(
    name = "profilemesh",
    description = "Watches tables: profiles them and says when they stop looking normal.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:the command, or a run it waited for, failed",
      "2:the command line is wrong",
      "3:drift at or above the severity asked for",
      "4:no drift, but a run had nothing to be compared with"
    },
    footer = {
      "",
      "New here? Run @|bold profilemesh demo|@.",
      "Something does not work? Run @|bold profilemesh doctor|@.",
      "Environment: PROFILEMESH_URL, PROFILEMESH_API_KEY, PROFILEMESH_DATA, NO_COLOR,"
          + " PROFILEMESH_DEBUG=1 (stack traces); kept in ~/.config/profilemesh/cli.env."
    },
    versionProvider = ProgramVersion.class,
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      ProfileCommand.class,
      PlanCommand.class,
      ScheduleCommands.class,
      CancelCommand.class,
      DriftCommand.class,
      CompareCommand.class,
      ExplainCommand.class,
      QueryCommand.class,
      QueryIncidentsCommand.class,
      IncidentCommands.class,
      PolicyCommands.class,
      BaselineCommands.class,
      ForgetCommand.class,
      TailCommand.class,
      DeadLetterCommands.class,
      SendTestEventCommand.class,
      ConfigCommand.class,
      SourceCommands.class,
      DoctorCommand.class,
      MigrateCommand.class,
      KeyCommands.class,
      UserCommands.class,
      RebuildCommand.class,
      RetentionCommands.class,
      ExportCommand.class,
      SchemasCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    })
public final class ProfileMesh implements Runnable {

  @Mixin final HelpOption help = new HelpOption();

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  boolean version;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  /** The command line of a session. */
  public static CommandLine commandLine(Session session) {
    CommandLine line = new CommandLine(new ProfileMesh(), new CommandFactory(session));
    line.registerConverter(OutputFormat.class, CommandFactory.anyCase(OutputFormat.class));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAbbreviatedOptionsAllowed(false);
    line.setOut(session.console().out());
    line.setErr(session.console().err());
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            session.console().outColours().enabled() ? Ansi.ON : Ansi.OFF));
    line.setUsageHelpWidth(100);
    Endings endings = new Endings(session);
    line.setExecutionExceptionHandler(endings);
    line.setParameterExceptionHandler(endings);
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
