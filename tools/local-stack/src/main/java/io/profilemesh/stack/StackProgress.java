package io.profilemesh.stack;

import java.time.Duration;

/** Hears of every step of starting and stopping; called from the thread that performs it. */
public interface StackProgress {

  /** A step begins, such as {@code "Kafka broker"}. */
  void started(String step);

  /** The step has ended well. */
  void finished(String step, Duration took);

  /** Tells nobody. */
  static StackProgress silent() {
    return new StackProgress() {
      @Override
      public void started(String step) {}

      @Override
      public void finished(String step, Duration took) {}
    };
  }

  /** Performs a step and reports its begin and, when nothing is thrown, its end. */
  default void step(String name, Runnable action) {
    started(name);
    long begin = System.nanoTime();
    action.run();
    finished(name, Duration.ofNanos(System.nanoTime() - begin));
  }
}
