package io.profilemesh.stack.local;

import io.profilemesh.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** PostgreSQL refuses to run as root: finds a way to run it all the same. */
final class PostgresUser {

  private PostgresUser() {}

  /**
   * What to put before a PostgreSQL command.
   *
   * @param owned a file or directory that the current user created
   */
  static List<String> prefix(Path owned) {
    return isRoot(owned) ? prefixOfRoot(owned) : List.of();
  }

  private static List<String> prefixOfRoot(Path directory) {
    // Inside a user namespace without mapping, root is an ordinary user with the same files.
    List<String> probe = List.of("unshare", "-U", "true");
    try {
      if (Program.run(probe, directory, Path.of("/dev/null"), 10) == 0) {
        return List.of("unshare", "-U");
      }
    } catch (StackException noSuchProgram) {
      throw refused();
    }
    throw refused();
  }

  private static StackException refused() {
    return new StackException(
        "PostgreSQL does not run as root, and user namespaces, the way around it, are not"
            + " available here.",
        "Start ProfileMesh as an ordinary user. In a container, allow user namespaces (for Docker:"
            + " --security-opt seccomp=unconfined) or run it with --user.");
  }

  private static boolean isRoot(Path owned) {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(owned, "unix:uid"));
    } catch (IOException | UnsupportedOperationException unknown) {
      return System.getProperty("user.name", "").equals("root");
    }
  }
}
