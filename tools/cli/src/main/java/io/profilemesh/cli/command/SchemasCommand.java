package io.profilemesh.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import io.profilemesh.cli.output.Column;
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

  private static final List<Column> SUBJECTS =
      List.of(Column.text("subject", "SUBJECT"), Column.text("id", "ID"));

  private static final List<Column> DIFFERENCES = List.of(Column.text("difference", "DIFFERENCE"));

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
  int register(
      @Mixin HelpOption help, @Mixin RegistryOptions registry, @Mixin OutputOptions output) {
    Map<String, Integer> ids = registry.catalogue().register();
    output.list(
        SUBJECTS,
        ids.entrySet().stream()
            .map(
                each ->
                    JsonNodeFactory.instance
                        .objectNode()
                        .put("subject", each.getKey())
                        .put("id", each.getValue()))
            .toList());
    session.console().err().println(Formats.count(ids.size(), "schema") + " registered.");
    return ExitCode.OK.code();
  }

  @Command(
      name = "check",
      description = "Compare the registry with the contract; exit code 1 when something differs.")
  int check(@Mixin HelpOption help, @Mixin RegistryOptions registry, @Mixin OutputOptions output) {
    List<String> problems = registry.catalogue().check();
    output.list(
        DIFFERENCES,
        problems.stream()
            .map(problem -> JsonNodeFactory.instance.objectNode().put("difference", problem))
            .toList());
    if (problems.isEmpty()) {
      session.console().err().println("The registry holds every schema of this version.");
    }
    return problems.isEmpty() ? ExitCode.OK.code() : ExitCode.FAILED.code();
  }
}
