package io.profilemesh.stack.process;

import io.profilemesh.stack.StackException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process of the stack, started now or found again.
 *
 * @param title name for people, such as {@code "Kafka broker"}
 */
public record ManagedProcess(String title, ProcessHandle handle, ProcessLog log) {

  private static final int SHOWN_LINES = 15;

  public ProcessId id() {
    return ProcessId.of(handle);
  }

  public boolean isAlive() {
    return handle.isAlive();
  }

  /** Asks the process to end, and ends it by force when it has not after {@code grace}. */
  public void stop(Duration grace) {
    handle.destroy();
    if (!awaitExit(grace)) {
      kill();
    }
  }

  /** Ends the process at once, without a chance to tidy up. */
  public void kill() {
    handle.destroyForcibly();
    awaitExit(Duration.ofSeconds(10));
  }

  /** Waits until the process is gone; whether it is. */
  public boolean awaitExit(Duration timeout) {
    try {
      handle.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return !handle.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !handle.isAlive();
    }
  }

  /** Waits until the process serves; throws when it ends first or takes longer. */
  public void awaitReady(Readiness readiness, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    String reason = readiness.reasonNotReady();
    while (!reason.isEmpty()) {
      if (!isAlive()) {
        throw died();
      }
      if (System.nanoTime() > deadline) {
        throw late(timeout, reason);
      }
      pause();
      reason = readiness.reasonNotReady();
    }
  }

  private void pause() {
    try {
      Thread.sleep(25);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("The start was interrupted.", "Start again.", e);
    }
  }

  private StackException died() {
    if (log.saysDiskFull()) {
      return new StackException(
          title + " ended because the disk is full.",
          "Free some space on the disk of " + log.file().getParent() + " and start again.");
    }
    return new StackException(
        title + " ended right after its start. It said last:" + lastLines(),
        "The whole log is " + log.file() + ".");
  }

  private StackException late(Duration timeout, String reason) {
    return new StackException(
        title + " is not ready after " + timeout.toSeconds() + " s: " + reason,
        "It said last:" + lastLines() + "\nThe whole log is " + log.file() + ".");
  }

  private String lastLines() {
    StringBuilder lines = new StringBuilder();
    log.tail(SHOWN_LINES).forEach(line -> lines.append("\n  ").append(line));
    return lines.isEmpty() ? " nothing." : lines.toString();
  }
}
