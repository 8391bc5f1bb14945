package io.profilemesh.profiler.capture;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Where Debezium's engine keeps its position: together with the counts up to it. The engine tells
 * the source that it may forget its log only after this store has kept the position.
 *
 * <p>The engine makes the store itself, from the name of the class; the store finds its source by
 * an id among the engine's settings.
 */
public final class EngineOffsets implements OffsetBackingStore {

  /** Setting that holds the id. */
  static final String ID = "profilemesh.capture.id";

  private static final Map<String, Place> PLACES = new ConcurrentHashMap<>();

  private @Nullable Place place;
  private volatile byte @Nullable [] latest;

  /** Called by the engine. */
  public EngineOffsets() {}

  /** Where positions of one engine go. */
  private record Place(LogPosition start, ChangeSink sink) {}

  /** Prepares the store of an engine to be started. */
  static void register(String id, LogPosition start, ChangeSink sink) {
    PLACES.put(id, new Place(start, sink));
  }

  static void forget(String id) {
    PLACES.remove(id);
  }

  @Override
  public void configure(WorkerConfig config) {
    place = PLACES.get(config.originalsStrings().get(ID));
  }

  @Override
  public void start() {
    current();
  }

  @Override
  public void stop() {}

  @Override
  public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
    Map<ByteBuffer, ByteBuffer> found = new HashMap<>();
    // Also asked before the source is told what it may forget: that is what was stored last.
    byte[] position = latest == null ? current().start().value() : latest;
    // The engine reads one log: whatever it calls it, there is one position.
    keys.forEach(key -> found.put(key, ByteBuffer.wrap(position)));
    return CompletableFuture.completedFuture(found);
  }

  @Override
  public Future<Void> set(Map<ByteBuffer, ByteBuffer> values, Callback<Void> callback) {
    boolean kept = true;
    for (Map.Entry<ByteBuffer, ByteBuffer> entry : values.entrySet()) {
      byte[] position = bytes(entry.getValue());
      boolean stored = current().sink().store(new LogPosition(bytes(entry.getKey()), position));
      latest = stored ? position : latest;
      kept &= stored;
    }
    if (kept) {
      callback.onCompletion(null, null);
      return CompletableFuture.completedFuture(null);
    }
    IllegalStateException refused =
        new IllegalStateException("the source is followed by another instance now");
    callback.onCompletion(refused, null);
    return CompletableFuture.failedFuture(refused);
  }

  @Override
  public Set<Map<String, Object>> connectorPartitions(String connectorName) {
    return Set.of();
  }

  private Place current() {
    if (place == null) {
      throw new IllegalStateException("the engine's settings name no captured source");
    }
    return place;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
