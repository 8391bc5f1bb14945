package io.profilemesh.query.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.profilemesh.query.history.DriftEventView;
import io.profilemesh.query.history.DriftEvents;
import io.profilemesh.query.history.NoAnswerException;
import io.profilemesh.query.history.PageRequest;
import io.profilemesh.query.history.Policies;
import io.profilemesh.query.history.Reader;
import io.profilemesh.query.history.Scope;
import io.profilemesh.query.history.Where;
import io.profilemesh.query.start.Mesh;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.RegistryUnavailableException;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners of drift events once they are stored, as REST tells of them. A stream ends after
 * a minute; its listener goes on with the id of the last event, and is asked again who it is.
 */
@ApplicationScoped
public class DriftEventStreams {

  private static final Logger LOGGER = Logger.getLogger(DriftEventStreams.class);
  private static final int MOST_STREAMS = 50;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration BEAT = Duration.ofSeconds(5);
  private static final Duration STORED_WITHIN = Duration.ofSeconds(10);
  private static final long RECONNECT_MS = 1_000;
  private static final long SLOWEST_LISTENER_SECONDS = 10;
  private static final long BETWEEN_LOOKS_MILLIS = 50;

  private final Mesh mesh;
  private final Reader reader;
  private final ObjectMapper json;
  private final RecordDecoder<DriftEvent> decoder;
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          MOST_STREAMS,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          DriftEventStreams::named);

  @Inject
  DriftEventStreams(Mesh mesh, Reader reader, ObjectMapper json, SchemaRegistryClient registry) {
    this.mesh = mesh;
    this.reader = reader;
    this.json = json;
    this.decoder = new RecordDecoder<>(registry, DriftEvent.class);
  }

  /**
   * Begins to tell a listener, on a thread of its own.
   *
   * @param filter which events; conditions speak of {@code e}
   * @param from after which event; null: from now on
   * @return false when there are as many streams as there may be
   */
  public boolean open(
      SseEventSink sink, Sse sse, Where filter, Scope scope, @Nullable Positions from) {
    try {
      threads.execute(() -> tell(sink, sse, filter, scope, from));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private void tell(
      SseEventSink sink, Sse sse, Where filter, Scope scope, @Nullable Positions from) {
    long end = System.nanoTime() + LONGEST.toNanos();
    try (sink;
        DriftEventFeed feed = new DriftEventFeed(mesh, decoder, from)) {
      send(sink, position(sse, feed.positions()));
      while (System.nanoTime() - end < 0 && !sink.isClosed()) {
        List<DriftEventFeed.Heard> heard = feed.next(BEAT);
        for (DriftEventFeed.Heard one : heard) {
          tell(sink, sse, filter, scope, one);
        }
        if (heard.isEmpty()) {
          send(sink, position(sse, feed.positions()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOGGER.debug("A listener has gone");
    } catch (TimeoutException
        | KafkaException
        | RegistryUnavailableException
        | NoAnswerException e) {
      LOGGER.warnf("A stream of drift events ends early: %s", e.getMessage());
    }
  }

  private void tell(
      SseEventSink sink, Sse sse, Where filter, Scope scope, DriftEventFeed.Heard heard)
      throws InterruptedException, ExecutionException, TimeoutException {
    awaitStored(heard);
    Where one = filter.copy().and("e.event_id = ?", heard.eventId());
    for (DriftEventView event :
        reader.answer(DriftEvents.newest(one, new PageRequest(1, 0, null, false)), scope).items()) {
      send(
          sink,
          sse.newEventBuilder()
              .id(heard.after().toString())
              .name("drift")
              .data(String.class, text(event))
              .build());
    }
  }

  /** The event is told from its row, so that everybody tells the same. */
  private void awaitStored(DriftEventFeed.Heard heard)
      throws InterruptedException, TimeoutException {
    String topic = mesh.topics().driftEvents().name();
    long end = System.nanoTime() + STORED_WITHIN.toNanos();
    while (!reader.answer(
        Policies.isStored(topic, heard.partition(), heard.offset()), Scope.everything())) {
      if (System.nanoTime() - end >= 0) {
        throw new TimeoutException("an event was not stored in time");
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
    }
  }

  /** No event, but an id: whoever goes on from here misses nothing. */
  private static OutboundSseEvent position(Sse sse, Positions positions) {
    return sse.newEventBuilder()
        .id(positions.toString())
        .name("position")
        .reconnectDelay(RECONNECT_MS)
        .data(String.class, "{}")
        .build();
  }

  private static void send(SseEventSink sink, OutboundSseEvent event)
      throws InterruptedException, ExecutionException, TimeoutException {
    sink.send(event).toCompletableFuture().get(SLOWEST_LISTENER_SECONDS, TimeUnit.SECONDS);
  }

  private String text(DriftEventView event) {
    try {
      return json.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event can always be written", e);
    }
  }

  private static Thread named(Runnable work) {
    Thread thread = new Thread(work, "drift-event-stream");
    thread.setDaemon(true);
    return thread;
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
