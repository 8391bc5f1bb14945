package io.profilemesh.stack.process;

import io.profilemesh.stack.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A command that is started in the background and outlives the keys pressed at the terminal.
 *
 * @param arguments program and arguments
 * @param environment variables in addition to those of this process
 */
public record ChildCommand(
    String title, List<String> arguments, Map<String, String> environment, Path directory) {

  // Ctrl-C reaches every process of the terminal: only the launcher may act on it, so that
  // it can stop the others in order.
  private static final List<String> SHIELD =
      List.of("/bin/sh", "-c", "trap '' INT HUP QUIT; exec \"$@\"", "sh");

  public ChildCommand {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** Starts the command; what it prints goes to {@code log}. */
  public ManagedProcess start(ProcessLog log) {
    log.rotate();
    List<String> command = new ArrayList<>(SHIELD);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    cleanEnvironment(builder.environment());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
    try {
      return new ManagedProcess(title, builder.start().toHandle(), log);
    } catch (IOException e) {
      throw new StackException(
          title + " cannot be started: " + e.getMessage() + ".",
          "Check that " + arguments.get(0) + " exists and may be executed.",
          e);
    }
  }

  private static void cleanEnvironment(Map<String, String> inherited) {
    // Options and class paths meant for the launcher would change the children too.
    for (String name : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH")) {
      inherited.remove(name);
    }
  }

  /** The same command with more variables. */
  public ChildCommand withEnvironment(Map<String, String> more) {
    Map<String, String> merged = new HashMap<>(environment);
    merged.putAll(more);
    return new ChildCommand(title, arguments, merged, directory);
  }
}
