package io.profilemesh.cli.command;

import io.profilemesh.cli.output.Console;
import io.profilemesh.core.profile.RunId;
import java.util.List;

/** What is said when somebody ends the waiting with Ctrl-C: the runs do not end with it. */
final class Farewell implements AutoCloseable {

  private final Console console;
  private final List<RunId> runs;
  private final Thread hook = new Thread(this::say, "profilemesh-farewell");

  /** Takes effect at once. */
  Farewell(Console console, List<RunId> runs) {
    this.console = console;
    this.runs = List.copyOf(runs);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  void say() {
    console.err().println();
    console.err().println(runs.size() == 1 ? "The run goes on." : "The runs go on.");
    for (RunId run : runs) {
      console.err().println("  Look at it: profilemesh query runs --run-id " + run);
      console.err().println("  Cancel it:  profilemesh cancel " + run);
    }
    console.err().flush();
  }

  /** The waiting is over. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already: it has been said.
    }
  }
}
