package io.profilemesh.stack.local;

import io.profilemesh.stack.StackException;
import io.profilemesh.stack.StackProgress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stops the stack of a data directory from outside, whoever started it. */
public final class StackStopper {

  private static final Duration LAUNCHER_GRACE = Duration.ofSeconds(90);

  private final Installation installation;
  private final DataDirectory data;

  public StackStopper(Installation installation, DataDirectory data) {
    this.installation = installation;
    this.data = data;
  }

  /**
   * Asks the launcher, if it lives, to stop everything; stops itself what runs without one.
   *
   * @return whether anything ran
   */
  public boolean stop(StackProgress progress) {
    if (!Files.isDirectory(data.root())) {
      return false;
    }
    StackStatus status = StackStatus.of(data);
    boolean ran = status.processes().values().stream().anyMatch(java.util.OptionalLong::isPresent);
    status
        .launcher()
        .filter(launcher -> launcher.pid() != ProcessHandle.current().pid())
        .ifPresent(launcher -> progress.step("launcher", () -> stopLauncher(launcher)));
    try (ProcessTable table = ProcessTable.open(data)) {
      ran |= table.endLeftovers(progress, this::askPostgres);
      ran |= endPostgres(progress);
      table.forget();
    }
    return ran;
  }

  /** It ends while the broker does: nobody is connected any more. */
  private void askPostgres() {
    if (hasPostgres()) {
      postgres().findRunning().ifPresent(process -> process.handle().destroy());
    }
  }

  private boolean hasPostgres() {
    return Files.isDirectory(data.root().resolve(Component.POSTGRES.key()));
  }

  private PostgresServer postgres() {
    return new PostgresServer(installation, data, new Secrets(data), true);
  }

  private boolean endPostgres(StackProgress progress) {
    if (!hasPostgres()) {
      return false;
    }
    PostgresServer server = postgres();
    return server
        .findRunning()
        .map(
            process -> {
              progress.step(Component.POSTGRES.title(), () -> server.stop(process));
              return true;
            })
        .orElse(false);
  }

  private void stopLauncher(ProcessHandle launcher) {
    launcher.destroy();
    try {
      launcher.onExit().get(LAUNCHER_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new StackException(
          "The launcher, process " + launcher.pid() + ", does not end.",
          "End it with: kill -9 " + launcher.pid() + " and run ./profilemesh down again.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
