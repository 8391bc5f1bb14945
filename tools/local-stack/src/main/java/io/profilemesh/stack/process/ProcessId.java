package io.profilemesh.stack.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that stays recognisable after its number was given to another one.
 *
 * @param pid number in the operating system
 * @param started when it started, as the operating system tells
 */
public record ProcessId(long pid, Instant started) {

  /** Start instants are derived from the boot time, which the clock's adjustment may shift. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  public ProcessId {
    if (pid <= 0) {
      throw new IllegalArgumentException("a process id is positive: " + pid);
    }
  }

  public static ProcessId of(ProcessHandle handle) {
    return new ProcessId(handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
  }

  /** The process, if it lives and is not another one that got its number. */
  public Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isSame);
  }

  private boolean isSame(ProcessHandle candidate) {
    return candidate
        .info()
        .startInstant()
        .map(instant -> Duration.between(started, instant).abs().compareTo(TOLERANCE) <= 0)
        .orElse(false);
  }
}
