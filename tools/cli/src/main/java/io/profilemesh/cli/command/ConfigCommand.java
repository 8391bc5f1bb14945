package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.Column;
import io.profilemesh.configuration.CheckedConfiguration;
import io.profilemesh.configuration.ConfigurationFile;
import io.profilemesh.configuration.ConfigurationKeys;
import io.profilemesh.configuration.connection.ConnectionCheck;
import io.profilemesh.configuration.connection.Drivers;
import io.profilemesh.configuration.file.Setting;
import io.profilemesh.configuration.reference.JsonSchema;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The file that names sources and datasets. */
@Command(
    name = "config",
    description = "Check and explain the profiler's file of sources and datasets.",
    synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand implements Runnable {

  private static final List<Column> SETTINGS =
      List.of(
          Column.text("path", "KEY"), Column.text("value", "VALUE"), Column.text("from", "FROM"));

  @Mixin final HelpOption help = new HelpOption();

  private final Session session;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  ConfigCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "validate, show or schema is missing");
  }

  @Command(
      name = "validate",
      description = {
        "List every mistake of the file with its line and path; exit code 1 when there is one.",
        "Without a profile, the file itself and each of its profiles are checked. Looks at no"
            + " source unless asked to."
      })
  int validate(
      @Mixin HelpOption help,
      @Mixin ConfigOptions file,
      @Mixin OutputOptions output,
      @Option(
              names = "--ignore-unset-variables",
              description =
                  "Pass over references to variables that are not set here, for checks where the"
                      + " secrets are not.")
          boolean ignoreUnset,
      @Option(
              names = "--connect",
              description = "Try too whether every enabled source answers with these settings.")
          boolean connect,
      @Option(
              names = "--drivers",
              paramLabel = "DIR",
              description =
                  "Directory of JDBC drivers for --connect (default: $PROFILEMESH_DRIVERS, else"
                      + " drivers).")
          @Nullable Path drivers) {
    ConfigChecks checks = ConfigChecks.of(file.load(), file.options(!ignoreUnset));
    if (connect) {
      checks.connect(
          new ConnectionCheck(Drivers.in(SourcesFile.directories(session, drivers)))::problemOf);
    }
    new ConfigReport(session.console(), output, file.name()).print(checks);
    return checks.isClean() ? ExitCode.OK.code() : ExitCode.FAILED.code();
  }

  @Command(
      name = "show",
      description =
          "Show every value in effect and where it comes from: a line of the file, an environment"
              + " variable, a default. Secrets are masked.")
  int show(@Mixin HelpOption help, @Mixin ConfigOptions file, @Mixin OutputOptions output) {
    CheckedConfiguration checked = file.load().check(file.options(false));
    output.list(SETTINGS, checked.settings().stream().map(ConfigCommand::row).toList());
    if (!checked.mistakes().isEmpty()) {
      session
          .console()
          .err()
          .println("The file has mistakes: profilemesh config validate lists them.");
    }
    return checked.mistakes().isEmpty() ? ExitCode.OK.code() : ExitCode.FAILED.code();
  }

  @Command(name = "schema", description = "Print a JSON Schema of the file, for editors.")
  int schema(@Mixin HelpOption help) {
    session
        .console()
        .out()
        .print(JsonSchema.of(ConfigurationKeys.GROUP, ConfigurationFile.SCHEMA_TITLE));
    return ExitCode.OK.code();
  }

  private static ObjectNode row(Setting setting) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("path", setting.path())
        .put("value", setting.value())
        .put("from", setting.from());
  }
}
