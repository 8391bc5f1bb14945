package io.profilemesh.stack.process;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What every process of one data directory carries on its command line, so that it is recognised
 * even when nothing was written down about it.
 *
 * @param argument one whole command line argument
 */
public record ProcessMark(String argument) {

  private static final String OPTION = "-Dprofilemesh.data=";

  /** The mark of processes that work under {@code directory}. */
  public static ProcessMark of(Path directory) {
    return new ProcessMark(OPTION + directory.toAbsolutePath().normalize());
  }

  /** Whether the process, owned by this user, carries the mark. */
  public boolean isOn(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    return info.user().equals(ProcessHandle.current().info().user()) && isOnCommandOf(info);
  }

  /** Every living process with the mark, other than this one. */
  public List<ProcessHandle> findAll() {
    try (var all = ProcessHandle.allProcesses()) {
      return all.filter(process -> process.pid() != ProcessHandle.current().pid())
          .filter(this::isOn)
          .toList();
    }
  }

  private boolean isOnCommandOf(ProcessHandle.Info info) {
    Optional<String[]> arguments = info.arguments();
    if (arguments.isPresent()) {
      return Arrays.asList(arguments.get()).contains(argument);
    }
    // A very long command line is reported cut and unsplit.
    return info.commandLine().stream().anyMatch(line -> (line + " ").contains(argument + " "));
  }
}
