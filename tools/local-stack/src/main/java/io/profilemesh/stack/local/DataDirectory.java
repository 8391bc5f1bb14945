package io.profilemesh.stack.local;

import io.profilemesh.stack.StackException;
import io.profilemesh.stack.process.ProcessLog;
import io.profilemesh.stack.process.ProcessMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The one directory under which a local stack keeps everything.
 *
 * @param root absolute path
 */
public record DataDirectory(Path root) {

  private static final long NEEDED_BYTES = 1024L * 1024 * 1024;

  public DataDirectory {
    root = root.toAbsolutePath().normalize();
  }

  /** Creates the directory and checks that it can be used. */
  public void prepare() {
    try {
      Files.createDirectories(root);
      Files.createDirectories(logs());
      checkSpace(Files.getFileStore(root).getUsableSpace());
    } catch (IOException e) {
      throw new StackException(
          "The data directory " + root + " cannot be created: " + e.getMessage() + ".",
          "Choose another one with --data-dir or the variable PROFILEMESH_DATA.",
          e);
    }
    if (!Files.isWritable(root)) {
      throw new StackException(
          "The data directory " + root + " cannot be written.",
          "Choose another one with --data-dir or the variable PROFILEMESH_DATA.");
    }
  }

  void checkSpace(long usableBytes) {
    if (usableBytes < NEEDED_BYTES) {
      throw new StackException(
          "The disk of "
              + root
              + " has only "
              + usableBytes / 1_048_576
              + " MiB left; the local"
              + " stack needs "
              + NEEDED_BYTES / 1_048_576
              + " MiB.",
          "Free some space, or choose another disk with --data-dir.");
    }
  }

  public Path stateFile() {
    return root.resolve("stack.json");
  }

  public Path lockFile() {
    return root.resolve("lock");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  public ProcessLog log(String name) {
    return new ProcessLog(logs().resolve(name + ".log"));
  }

  /** Directory of one component or service, created when missing. */
  public Path directory(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + root.resolve(name), e);
    }
  }

  /**
   * Directory for the temporary files of one component or service that is about to start, without
   * those that it left when it was killed.
   */
  Path temporary(String name) {
    Path directory = directory(name + "/tmp");
    try (Stream<Path> left = Files.walk(directory)) {
      for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
        if (!each.equals(directory)) {
          Files.delete(each);
        }
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot empty " + directory, e);
    }
  }

  /** What the processes of this directory carry on their command lines. */
  public ProcessMark mark() {
    return ProcessMark.of(root);
  }
}
