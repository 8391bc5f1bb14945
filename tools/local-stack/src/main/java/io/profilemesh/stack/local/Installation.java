package io.profilemesh.stack.local;

import io.profilemesh.stack.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the build has laid out what the stack runs.
 *
 * @param home root of the repository
 */
public record Installation(Path home) {

  private static final String BUILD_REMEDY =
      "Build it first: ./mvnw -DskipTests package (the launcher ./profilemesh does so by itself).";

  public Installation {
    home = home.toAbsolutePath().normalize();
  }

  /** The installation that the system property {@code profilemesh.home} names. */
  public static Installation ofSystemProperty() {
    String home = System.getProperty("profilemesh.home", "");
    if (home.isBlank()) {
      throw new StackException(
          "The system property profilemesh.home is not set.",
          "Set it to the root of the repository, or start through ./profilemesh.");
    }
    return new Installation(Path.of(home));
  }

  /** Class path of the broker, in the form that {@code java -cp} takes. */
  public String brokerClassPath() {
    Path lib = target().resolveSibling("broker").resolve("target").resolve("lib");
    require(lib);
    return lib + "/*";
  }

  /** The runnable jar of the schema registry. */
  public Path registryJar() {
    return onlyFile(target().resolve("registry"), "*-runner.jar");
  }

  /** The archive of PostgreSQL binaries for this machine. */
  public Path postgresArchive() {
    return onlyFile(target().resolve("postgres"), Platform.current().archivePattern());
  }

  /** The runnable jar of a service. */
  public Path serviceJar(Service service) {
    Path directory = home.resolve(service.module()).resolve("target").resolve("quarkus-app");
    require(directory);
    return onlyFile(directory, "quarkus-run.jar");
  }

  /** Directory for what is derived from the installation and can be derived again. */
  public Path cache() {
    if (Files.isWritable(target())) {
      return target().resolve("cache");
    }
    // Built by somebody else: what is derived goes where this user may write.
    String name = "profilemesh-cache-" + System.getProperty("user.name");
    return Path.of(System.getProperty("java.io.tmpdir"), name);
  }

  private Path target() {
    return home.resolve("tools").resolve("local-stack").resolve("target");
  }

  private static Path onlyFile(Path directory, String pattern) {
    require(directory);
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, pattern)) {
      files.forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
    if (found.size() != 1) {
      throw new StackException(
          "Expected one file " + pattern + " in " + directory + ", found " + found.size() + ".",
          "Build again from scratch: ./mvnw -DskipTests clean package");
    }
    return found.get(0);
  }

  private static void require(Path path) {
    if (!Files.isDirectory(path)) {
      throw new StackException("ProfileMesh is not built: " + path + " is missing.", BUILD_REMEDY);
    }
  }
}
