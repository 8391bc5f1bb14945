package io.profilemesh.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** Processor time and memory of processes, as the system counts them. */
public final class ProcessFigures {

  private static final Path PROC = Path.of("/proc");

  /** What {@code /proc} counts in; the same on every Linux. */
  private static final double TICKS_PER_SECOND = 100;

  private ProcessFigures() {}

  /** Whether other processes' figures can be read here. */
  public static boolean available() {
    return Files.exists(PROC.resolve("self/stat"));
  }

  static double ownCpuSeconds() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  /** Processor seconds of other processes together; empty where there is no {@code /proc}. */
  static OptionalDouble cpuSeconds(List<Long> pids) {
    if (!available()) {
      return OptionalDouble.empty();
    }
    double total = 0;
    for (long pid : pids) {
      String stat = read(PROC.resolve(pid + "/stat"));
      // The name before may hold blanks; user and system time are the 12th and 13th word after it.
      String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      total += (Long.parseLong(words[11]) + Long.parseLong(words[12])) / TICKS_PER_SECOND;
    }
    return OptionalDouble.of(total);
  }

  /** Megabytes of this process by their name in {@code /proc/self/status}, such as VmRSS. */
  static double ownMegabytes(String name) {
    return megabytes(ProcessHandle.current().pid(), name);
  }

  /** The same of another process. */
  public static double megabytes(long pid, String name) {
    for (String line : read(PROC.resolve(pid + "/status")).split("\n")) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IllegalStateException("the system does not tell " + name);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
