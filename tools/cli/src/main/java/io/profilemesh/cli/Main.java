package io.profilemesh.cli;

import io.profilemesh.cli.command.ProfileMesh;
import io.profilemesh.cli.output.Console;
import java.nio.file.Path;
import java.util.Map;

/** The program {@code profilemesh}. */
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // The libraries' reports are for services; a person gets the command's own messages.
    System.setProperty("java.util.logging.config.class", QuietLogging.class.getName());
    Map<String, String> environment = System.getenv();
    String property = System.getProperty("profilemesh.home");
    Path home = property == null ? null : Path.of(property);
    Session session =
        new Session(
            Console.ofProcess(environment),
            environment,
            home,
            new LiveConnections(environment, home));
    int exitCode = ProfileMesh.commandLine(session).execute(arguments);
    session.console().out().flush();
    session.console().err().flush();
    System.exit(exitCode);
  }
}
