package io.profilemesh.profiler.wiring;

import io.profilemesh.schema.TopicAdmin;
import io.profilemesh.schema.TopicMismatchException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Brings the service up step by step on a thread of its own, waiting for whatever is away: the
 * process is alive meanwhile, and says in its readiness what it waits for.
 */
final class Starter implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Starter.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final long STEP_SECONDS = 60;

  private final ProfilerRuntime runtime;
  private final Consumer<String> onFatal;
  private final Thread thread = new Thread(this::run, "starter");
  private volatile Phase waitingFor = Phase.TOPICS;
  private volatile String problem = "";

  /**
   * @param onFatal told one sentence when waiting cannot help
   */
  Starter(ProfilerRuntime runtime, Consumer<String> onFatal) {
    this.runtime = runtime;
    this.onFatal = onFatal;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** The phase it has not completed yet, or RUNNING. */
  Phase phase() {
    return waitingFor;
  }

  /** Why the phase is not completed, in one sentence; empty when nothing is known to be wrong. */
  String problem() {
    return problem;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      step(Phase.TOPICS, this::ensureTopics);
      runtime.ledger().start();
      runtime.tableStates().start();
      runtime.pauses().start();
      step(Phase.SCHEMAS, () -> runtime.mesh().learnSchemas());
      runtime.worker().start();
      runtime.commands().start();
      step(Phase.LEDGER, this::awaitLedger);
      runtime.intake().open();
      runtime.scheduler().start();
      runtime.capture().start();
      waitingFor = Phase.RUNNING;
      LOG.info("requests are being answered");
    } catch (TopicMismatchException e) {
      onFatal.accept(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void step(Phase phase, Step step) throws InterruptedException {
    waitingFor = phase;
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        step.run();
        problem = "";
        return;
      } catch (TopicMismatchException e) {
        throw e;
      } catch (RuntimeException e) {
        problem = String.valueOf(e.getMessage());
        LOG.warnf("the start waits (%s): %s", phase, problem);
      }
      Thread.sleep(pause.toMillis());
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
  }

  private void ensureTopics() {
    Setup setup = runtime.setup();
    TopicAdmin.ensure(runtime.admin(), setup.topics().all(), setup.topicSettings());
  }

  private void awaitLedger() throws InterruptedException {
    try {
      runtime.ledger().caughtUp().get(STEP_SECONDS, TimeUnit.SECONDS);
      runtime.tableStates().caughtUp().get(STEP_SECONDS, TimeUnit.SECONDS);
      runtime.pauses().caughtUp().get(STEP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the ledger has not been read to its end yet", e);
    }
  }

  private interface Step {
    void run() throws InterruptedException;
  }
}
