package io.profilemesh.profiler.trigger;

import io.profilemesh.profiler.plan.Planning;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Takes batches of requests from the messaging channel and has them answered, one batch at a time,
 * on a thread of its own: the channel's consumer goes on polling meanwhile.
 */
public final class RequestIntake implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(RequestIntake.class);
  private static final Duration CATALOG_PATIENCE = Duration.ofSeconds(3);
  private static final Duration CATALOG_REST = Duration.ofSeconds(5);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private final IntakeTransaction transaction;
  private final AutoCloseable resources;
  private final Consumer<String> onFatal;
  private final CountDownLatch open = new CountDownLatch(1);
  private final ExecutorService thread = Executors.newSingleThreadExecutor(RequestIntake::daemon);

  /**
   * @param resources what the transaction uses, closed after it
   * @param onFatal told one sentence when the intake cannot go on
   */
  RequestIntake(IntakeTransaction transaction, AutoCloseable resources, Consumer<String> onFatal) {
    this.transaction = transaction;
    this.resources = resources;
    this.onFatal = onFatal;
  }

  /** An intake made of the service's parts. */
  public static RequestIntake of(IntakeParts parts) {
    PatientCatalog catalog = new PatientCatalog(parts.catalog(), CATALOG_PATIENCE, CATALOG_REST);
    IntakeTransaction transaction =
        new IntakeTransaction(
            new RequestReader(parts.decoder(), parts.jsonTopic()),
            new RequestPlanner(
                parts.configuration(),
                new RequestExpansion(catalog),
                new Planning(parts.configuration(), catalog, parts.states(), parts.clock()),
                parts.clock()),
            new RequestAnswers(
                parts.configuration(),
                parts.mesh(),
                parts.events(),
                parts.environment(),
                parts.clock()),
            parts.ledger(),
            parts.states(),
            parts.membership(),
            parts.writer(),
            parts.committed(),
            parts.mesh(),
            parts.metrics(),
            parts.environment());
    return new RequestIntake(
        transaction,
        () -> {
          catalog.close();
          parts.writer().close();
        },
        parts.onFatal());
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "request-intake");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to answer: topics, schemas and ledger are there. */
  public void open() {
    open.countDown();
  }

  /**
   * Answers a batch; completes when that is done or the batch belongs to somebody else. Never fails
   * because of a dependency.
   */
  public CompletionStage<Void> receive(IntakeBatch batch) {
    return CompletableFuture.runAsync(() -> answer(batch), thread);
  }

  private void answer(IntakeBatch batch) {
    try {
      open.await();
      transaction.answer(batch);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Going on with the next batch would lose this one: its offsets would be passed over.
      LOG.error("the intake stopped on a defect", e);
      onFatal.accept("The intake stopped on a defect; the log says where.");
      throw e;
    }
  }

  @Override
  public void close() {
    transaction.stop();
    open.countDown();
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("the intake was left in the middle of a transaction, which the broker aborts");
      }
      resources.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.debugf("the intake was not closed in order: %s", e.getMessage());
    }
  }
}
