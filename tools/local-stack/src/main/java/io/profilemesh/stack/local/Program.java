package io.profilemesh.stack.local;

import io.profilemesh.stack.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
final class Program {

  private Program() {}

  /**
   * Runs the program with its output in {@code log}.
   *
   * @return its exit code, -1 when it was ended for taking too long
   */
  static int run(List<String> command, Path directory, Path log, long timeoutSeconds) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    // Messages are shown to people and the server must not depend on the user's locale.
    builder.environment().put("LC_ALL", "C");
    builder.redirectErrorStream(true).redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return waitFor(builder.start(), timeoutSeconds);
    } catch (IOException e) {
      throw new StackException(
          command.get(0) + " cannot be started: " + e.getMessage() + ".",
          "Check that it exists and may be executed.",
          e);
    }
  }

  private static int waitFor(Process process, long timeoutSeconds) {
    try {
      if (process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    return -1;
  }
}
