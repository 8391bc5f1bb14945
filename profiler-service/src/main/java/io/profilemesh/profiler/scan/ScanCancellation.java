package io.profilemesh.profiler.scan;

import io.profilemesh.schema.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends a scan early, once, for one reason. Safe for use by many threads: anybody may cancel while
 * the scan runs.
 */
public final class ScanCancellation {

  private final List<Runnable> hooks = new ArrayList<>();
  private @Nullable ReasonCode reason;

  /**
   * Asks the scan to end and interrupts the statements it runs in the source. Later calls do
   * nothing.
   *
   * @param code why, such as {@link ReasonCode#CANCELLED} or {@link ReasonCode#DEADLINE_EXPIRED}
   */
  public void cancel(ReasonCode code) {
    List<Runnable> toRun;
    synchronized (this) {
      if (reason != null) {
        return;
      }
      reason = code;
      toRun = List.copyOf(hooks);
    }
    toRun.forEach(Runnable::run);
  }

  /** Why the scan is to end, or empty while it may go on. */
  public synchronized Optional<ReasonCode> reason() {
    return Optional.ofNullable(reason);
  }

  public boolean isCancelled() {
    return reason().isPresent();
  }

  /** Runs the hook on cancel, or at once when that has happened. */
  void onCancel(Runnable hook) {
    synchronized (this) {
      if (reason == null) {
        hooks.add(hook);
        return;
      }
    }
    hook.run();
  }

  synchronized void forget(Runnable hook) {
    hooks.remove(hook);
  }
}
