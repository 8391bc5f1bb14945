package io.profilemesh.profiler.plan;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.profiler.topic.PartitionEnds;
import io.profilemesh.profiler.topic.WholeTopic;
import io.profilemesh.schema.TableState;
import io.profilemesh.schema.serde.RecordDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/** The states of tables as they stand in their topic. */
public final class TableStateView implements TableStates, AutoCloseable {

  private final WholeTopic<TableState> topic;
  private final Map<String, LastScan> scans = new ConcurrentHashMap<>();

  /**
   * @param consumer read-committed and without a group; this view closes it
   */
  public TableStateView(
      String topic,
      Consumer<byte[], byte[]> consumer,
      PartitionEnds ends,
      RecordDecoder<TableState> decoder) {
    this.topic = new WholeTopic<>(topic, consumer, ends, decoder, this::take, () -> {});
  }

  /** Begins to read. The topic exists. */
  public void start() {
    topic.start();
  }

  /** Completes when everything is known that was in the topic at the time of the call. */
  public CompletableFuture<Void> caughtUp() {
    return topic.caughtUp();
  }

  @Override
  public Optional<LastScan> lastScan(DatasetId dataset) {
    return Optional.ofNullable(scans.get(dataset.toString()));
  }

  @Override
  public List<DatasetId> known(String source) {
    String start = start(source);
    return scans.keySet().stream()
        .filter(dataset -> dataset.startsWith(start))
        .map(DatasetId::parse)
        .sorted()
        .toList();
  }

  @Override
  public void forget(DatasetId dataset) {
    scans.remove(dataset.toString());
  }

  @Override
  public OptionalDouble secondsPerRow(String source) {
    String start = start(source);
    double seconds = 0;
    double rows = 0;
    for (Map.Entry<String, LastScan> entry : scans.entrySet()) {
      if (entry.getKey().startsWith(start)) {
        seconds += entry.getValue().took().toMillis() / 1000.0;
        rows += entry.getValue().rowsScanned();
      }
    }
    return rows == 0 ? OptionalDouble.empty() : OptionalDouble.of(seconds / rows);
  }

  /** What the ids of a source's datasets begin with. */
  private static String start(String source) {
    String id = DatasetId.of(source, "", "x").toString();
    return id.substring(0, id.indexOf('/') + 1);
  }

  @Override
  public void close() {
    topic.close();
  }

  private void take(String key, @Nullable TableState state) {
    if (state == null) {
      scans.remove(key);
    } else {
      scans.put(key, LastScan.of(state));
    }
  }
}
