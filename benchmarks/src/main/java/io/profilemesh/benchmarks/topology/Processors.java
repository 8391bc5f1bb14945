package io.profilemesh.benchmarks.topology;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Which processors a process may use, by Linux's {@code taskset}. */
enum Processors {
  /** Any. */
  ALL,
  /** The first one alone: for what is measured. */
  FIRST,
  /** All but the first: for what it works with. */
  OTHERS;

  /** As many as there are before this process keeps to some of them. */
  private static final int COUNT = Runtime.getRuntime().availableProcessors();

  private static final boolean COMMAND = succeeds("taskset", "--version");

  /** What stands before the command of a new process. */
  List<String> prefix() {
    return available() ? List.of("taskset", "-c", list()) : List.of();
  }

  /** Moves a running process, threads and all. */
  void take(long pid) {
    if (available()) {
      succeeds("taskset", "-a", "-c", "-p", list(), Long.toString(pid));
    }
  }

  /** Whether processes can be kept to processors here, and there are two. */
  static boolean available() {
    return COUNT > 1 && COMMAND;
  }

  private String list() {
    int last = COUNT - 1;
    return switch (this) {
      case ALL -> "0-" + last;
      case FIRST -> "0";
      case OTHERS -> "1-" + last;
    };
  }

  private static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
