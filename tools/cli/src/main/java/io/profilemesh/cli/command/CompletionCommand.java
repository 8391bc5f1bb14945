package io.profilemesh.cli.command;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Session;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(
    name = "completion",
    description = "Print a completion script for bash and zsh.",
    footer = {"", "Use: source <(profilemesh completion)"})
final class CompletionCommand implements Callable<Integer> {

  @Mixin final HelpOption help = new HelpOption();

  private final Session session;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.console().out().println(AutoComplete.bash("profilemesh", spec.root().commandLine()));
    return ExitCode.OK.code();
  }
}
