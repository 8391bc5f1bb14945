package io.profilemesh.cli;

import io.profilemesh.cli.command.ProfileMesh;
import io.profilemesh.cli.output.Console;
import io.profilemesh.cli.output.Input;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The program {@code profilemesh}. */
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // The libraries' reports are for services; a person gets the command's own messages.
    System.setProperty("java.util.logging.config.class", QuietLogging.class.getName());
    int exitCode = run(arguments, System.getenv(), System.getProperty("profilemesh.home"));
    System.exit(exitCode);
  }

  private static int run(
      String[] arguments, Map<String, String> variables, @Nullable String installation) {
    Console console = Console.ofProcess(variables);
    Path home = installation == null ? null : Path.of(installation);
    Map<String, String> environment;
    try {
      environment = SettingsFile.complete(variables);
    } catch (Failure failure) {
      console.err().println(console.errColours().bad("Error: ") + failure.getMessage());
      console.err().println(failure.remedy());
      return failure.exitCode().code();
    }
    Session session =
        Session.live(
            Console.ofProcess(environment), Input.ofProcess(environment), environment, home);
    int exitCode = ProfileMesh.commandLine(session).execute(arguments);
    session.console().out().flush();
    session.console().err().flush();
    return exitCode;
  }
}
