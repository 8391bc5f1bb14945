package io.profilemesh.query.ingest;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Threads that store parts of a batch beside the thread that was given it; few, for all topics
 * together, so that the number of connections in use has a limit. Thread-safe.
 */
final class SinkWriters {

  private final int most;
  private final ExecutorService threads;

  /**
   * @param most parts of a batch that are stored at once; 1: batches are not divided
   */
  SinkWriters(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("a batch is stored by one thread at least");
    }
    this.most = most;
    this.threads =
        Executors.newFixedThreadPool(
            Math.max(1, most - 1),
            task -> {
              Thread thread = new Thread(task, "sink-writer");
              thread.setDaemon(true);
              return thread;
            });
  }

  int most() {
    return most;
  }

  /**
   * Does all of the work and returns when nothing of it goes on any more. The caller takes part,
   * and takes over what no thread has begun.
   *
   * @throws RuntimeException the first that a part threw
   */
  void together(List<Runnable> parts) {
    List<FutureTask<Boolean>> tasks =
        parts.stream().map(part -> new FutureTask<>(part, true)).toList();
    tasks.stream().skip(1).forEach(threads::execute);
    @Nullable RuntimeException failure = null;
    for (FutureTask<Boolean> task : tasks) {
      task.run();
      RuntimeException own = ending(task);
      failure = failure == null ? own : failure;
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static @Nullable RuntimeException ending(FutureTask<Boolean> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return null;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException known) {
            return known;
          }
          return new IllegalStateException("a part of a batch was not stored", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
