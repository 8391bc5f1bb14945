package io.profilemesh.profiler.trigger;

import io.profilemesh.configuration.SourceName;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.profiler.dialect.TableRef;
import io.profilemesh.profiler.source.TableCatalog;
import io.profilemesh.profiler.source.TableLooks;
import io.profilemesh.schema.ReasonCode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks a catalogue a few times within a few seconds, and then for a while not at all: a source that
 * is down must not hold up requests for others.
 */
final class PatientCatalog implements TableCatalog, AutoCloseable {

  private static final long PAUSE_MILLIS = 200;

  private final TableCatalog catalog;
  private final Duration patience;
  private final Duration rest;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "catalogue");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<SourceName, Long> restUntil = new ConcurrentHashMap<>();

  /**
   * @param patience longest wait for an answer
   * @param rest time after a failure within which the source is not asked again
   */
  PatientCatalog(TableCatalog catalog, Duration patience, Duration rest) {
    this.catalog = catalog;
    this.patience = patience;
    this.rest = rest;
  }

  @Override
  public Lookup<List<TableRef>> tables(SourceName source) {
    return ask(source, () -> catalog.tables(source));
  }

  @Override
  public Lookup<Optional<TableDescription>> describe(
      SourceName source, String schema, String table) {
    return ask(source, () -> catalog.describe(source, schema, table));
  }

  @Override
  public Lookup<TableLooks> look(SourceName source, Collection<TableRef> tables) {
    return ask(source, () -> catalog.look(source, tables));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private <T> Lookup<T> ask(SourceName source, Supplier<Lookup<T>> question) {
    Long until = restUntil.get(source);
    if (until != null && System.nanoTime() - until < 0) {
      return unreachable();
    }
    long deadline = System.nanoTime() + patience.toNanos();
    Lookup<T> last = unreachable();
    while (System.nanoTime() - deadline < 0) {
      last = within(question, deadline);
      if (!(last instanceof Lookup.Failure<T> failure) || !failure.isTransient()) {
        restUntil.remove(source);
        return last;
      }
      if (!pause()) {
        break;
      }
    }
    restUntil.put(source, System.nanoTime() + rest.toNanos());
    return last;
  }

  private <T> Lookup<T> within(Supplier<Lookup<T>> question, long deadline) {
    Future<Lookup<T>> answer = threads.submit(question::get);
    try {
      return answer.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      return unreachable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unreachable();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the catalogue broke: " + e.getCause(), e);
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static <T> Lookup<T> unreachable() {
    return new Lookup.Failure<>(
        ReasonCode.SOURCE_UNREACHABLE, "The source does not answer; try again when it is back.");
  }
}
