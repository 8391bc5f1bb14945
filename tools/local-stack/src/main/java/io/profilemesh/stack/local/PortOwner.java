package io.profilemesh.stack.local;

import io.profilemesh.stack.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds which process listens on a port, as far as the system tells this user. */
final class PortOwner {

  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";

  private PortOwner() {}

  /** What to say when a port that the user chose is taken. */
  static StackException inUse(String name, int port) {
    String by =
        find(port).map(pid -> " by the process " + describe(pid)).orElse(" by another process");
    return new StackException(
        "The port " + port + ", chosen for " + name + ", is in use" + by + ".",
        "Stop that process, choose another port, or choose none: a free one is found then.");
  }

  static Optional<Long> find(int port) {
    return Files.isDirectory(PROC.resolve("net")) ? findInProc(port) : findByLsof(port);
  }

  private static String describe(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(handle -> handle.info().command())
        .map(command -> pid + " (" + command + ")")
        .orElse(Long.toString(pid));
  }

  private static Optional<Long> findInProc(int port) {
    String hex = String.format(":%04X", port);
    for (String table : List.of("tcp", "tcp6")) {
      try {
        Optional<Long> owner =
            Files.readAllLines(PROC.resolve("net").resolve(table)).stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+"))
                .filter(f -> f.length > 9 && f[1].endsWith(hex) && f[3].equals(LISTENING))
                .findFirst()
                .flatMap(fields -> ownerOfSocket("socket:[" + fields[9] + "]"));
        if (owner.isPresent()) {
          return owner;
        }
      } catch (IOException unreadable) {
        // Whoever it is, the port is in use.
      }
    }
    return Optional.empty();
  }

  private static Optional<Long> ownerOfSocket(String socket) {
    try (var processes = ProcessHandle.allProcesses()) {
      return processes.map(ProcessHandle::pid).filter(pid -> hasOpen(pid, socket)).findFirst();
    }
  }

  private static boolean hasOpen(long pid, String socket) {
    Path files = PROC.resolve(Long.toString(pid)).resolve("fd");
    try (DirectoryStream<Path> open = Files.newDirectoryStream(files)) {
      for (Path file : open) {
        if (Files.readSymbolicLink(file).toString().equals(socket)) {
          return true;
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException notOurs) {
      return false;
    }
    return false;
  }

  private static Optional<Long> findByLsof(int port) {
    try {
      Process lsof =
          new ProcessBuilder("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN").start();
      String output = new String(lsof.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      lsof.waitFor(5, TimeUnit.SECONDS);
      return output.lines().findFirst().map(line -> Long.parseLong(line.strip()));
    } catch (IOException | NumberFormatException unknown) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
