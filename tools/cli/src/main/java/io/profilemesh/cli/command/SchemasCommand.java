package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.DisplayText;
import io.profilemesh.cli.output.Formats;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The contract's schemas in a registry. */
@Command(
    name = "schemas",
    description = "Bring a schema registry to the contract.",
    synopsisSubcommandLabel = "COMMAND")
final class SchemasCommand implements Runnable {

  @Mixin final HelpOption help = new HelpOption();

  private final Session session;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  SchemasCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "register or check is missing");
  }

  @Command(
      name = "register",
      description =
          "Register every schema and set every subject to FULL_TRANSITIVE; repeating is harmless.")
  int register(@Mixin HelpOption help, @Mixin RegistryOptions registry) {
    Map<String, Integer> ids = registry.catalogue().register();
    Console console = session.console();
    int width = ids.keySet().stream().mapToInt(DisplayText::width).max().orElse(0);
    ids.forEach(
        (subject, id) ->
            console.out().println(DisplayText.padRight(subject, width) + "  id " + id));
    console.err().println(Formats.count(ids.size(), "schema") + " registered.");
    return ExitCode.OK.code();
  }

  @Command(
      name = "check",
      description = "Compare the registry with the contract; exit code 1 when something differs.")
  int check(@Mixin HelpOption help, @Mixin RegistryOptions registry) {
    List<String> problems = registry.catalogue().check();
    problems.forEach(session.console().out()::println);
    if (problems.isEmpty()) {
      session.console().err().println("The registry holds every schema of this version.");
    }
    return problems.isEmpty() ? ExitCode.OK.code() : ExitCode.FAILED.code();
  }
}
