package io.profilemesh.profiler.capture;

import io.debezium.embedded.Connect;
import io.debezium.embedded.async.ConvertingAsyncEngineBuilderFactory;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import io.profilemesh.profiler.capture.ChangeTally.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Counts what Debezium's engine reads from a source's log. Rows are looked at by nobody. */
final class DebeziumFeed implements ChangeFeed {

  private static final Duration IDLE_COMMIT = Duration.ofSeconds(1);
  private static final Duration CLOSE_RETRY = Duration.ofMillis(50);
  private static final String OPERATION = "op";
  private static final String SOURCE = "source";

  private final Properties settings;
  private final LogPosition start;
  private final ChangeSink sink;
  private final Function<Throwable, CaptureFailure> failures;
  private final String id = UUID.randomUUID().toString();
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile @Nullable DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
  private volatile @Nullable Throwable error;
  private volatile boolean closed;

  /**
   * @param settings of connector and engine, but for what every feed sets
   * @param failures says in one sentence why the engine ended
   */
  DebeziumFeed(
      Properties settings,
      LogPosition start,
      ChangeSink sink,
      Function<Throwable, CaptureFailure> failures) {
    this.settings = settings;
    this.start = start;
    this.sink = sink;
    this.failures = failures;
  }

  @Override
  public void run(Runnable reading) throws CaptureFailure {
    EngineOffsets.register(id, start, sink);
    try {
      DebeziumEngine<RecordChangeEvent<SourceRecord>> current = engine(reading);
      engine = current;
      if (!closed) {
        current.run();
      }
    } catch (RuntimeException e) {
      error = error == null ? e : error;
    } finally {
      EngineOffsets.forget(id);
      finished.countDown();
    }
    Throwable failure = error;
    if (failure != null && !closed) {
      throw failures.apply(failure);
    }
  }

  private DebeziumEngine<RecordChangeEvent<SourceRecord>> engine(Runnable reading) {
    Properties all = new Properties();
    all.putAll(settings);
    all.setProperty(EngineOffsets.ID, id);
    all.setProperty("offset.storage", EngineOffsets.class.getName());
    // The supervisor tries again, after looking at the source and with a sentence of its own.
    all.setProperty("errors.max.retries", "0");
    all.setProperty("record.processing.threads", "1");
    // Engines whose figures go by one name wait a minute for each other before they read.
    all.setProperty("custom.metric.tags", "engine=" + id);
    return new ConvertingAsyncEngineBuilderFactory()
        .builder(ChangeEventFormat.of(Connect.class))
        .using(all)
        .using(DebeziumFeed.class.getClassLoader())
        .using(this::isTimeToCommit)
        .using(this::ended)
        .using(onPolling(reading))
        .notifying(this::handle)
        .build();
  }

  private static DebeziumEngine.ConnectorCallback onPolling(Runnable reading) {
    return new DebeziumEngine.ConnectorCallback() {
      @Override
      public void pollingStarted() {
        reading.run();
      }
    };
  }

  private boolean isTimeToCommit(long messages, Duration since) {
    return sink.hasCounted() || since.compareTo(IDLE_COMMIT) >= 0;
  }

  private void ended(boolean success, String message, @Nullable Throwable failure) {
    error = failure;
  }

  private void handle(
      List<RecordChangeEvent<SourceRecord>> events,
      RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
      throws InterruptedException {
    for (RecordChangeEvent<SourceRecord> event : events) {
      count(event.record());
    }
    if (!events.isEmpty()) {
      // The position after the last record is the position after all of them.
      committer.markProcessed(events.get(events.size() - 1));
    }
    committer.markBatchFinished();
  }

  private void count(SourceRecord record) {
    if (!(record.value() instanceof Struct value)
        || value.schema().field(OPERATION) == null
        || value.schema().field(SOURCE) == null) {
      return;
    }
    Kind kind = kind(String.valueOf(value.getString(OPERATION)));
    if (kind != null) {
      sink.count(table(value.getStruct(SOURCE)), kind, 1);
    }
  }

  /** A row read by a snapshot is no change. */
  static @Nullable Kind kind(String operation) {
    return switch (operation) {
      case "c" -> Kind.INSERT;
      case "u" -> Kind.UPDATE;
      case "d" -> Kind.DELETE;
      case "t" -> Kind.TRUNCATE;
      default -> null;
    };
  }

  private static CapturedTable table(Struct source) {
    return new CapturedTable(source.getString("schema"), source.getString("table"));
  }

  /** The engine refuses to be closed while its task starts; then it is asked again. */
  @Override
  public void close() {
    closed = true;
    DebeziumEngine<RecordChangeEvent<SourceRecord>> current = engine;
    if (current == null) {
      return;
    }
    while (finished.getCount() > 0) {
      try {
        current.close();
        return;
      } catch (IllegalStateException e) {
        if (!awaitFinished()) {
          return;
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  private boolean awaitFinished() {
    try {
      return !finished.await(CLOSE_RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
