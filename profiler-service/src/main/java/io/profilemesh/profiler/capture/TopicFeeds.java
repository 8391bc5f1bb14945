package io.profilemesh.profiler.capture;

import io.profilemesh.profiler.source.TableCatalog;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.serde.GenericRecordDecoder;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads the topics that an external Kafka Connect writes a source's changes to. */
final class TopicFeeds implements FeedFactory {

  private final CaptureScope scope;
  private final CatalogTables tables;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final ChangeEnvelope envelope;
  private final @Nullable FeedFactory embedded;

  /**
   * @param consumers makes consumers without a group
   * @param embedded takes out of the source what the embedded mode made in it; null where it never
   *     makes anything
   */
  TopicFeeds(
      CaptureScope scope,
      TableCatalog catalog,
      Supplier<Consumer<byte[], byte[]>> consumers,
      GenericRecordDecoder decoder,
      @Nullable FeedFactory embedded) {
    this.scope = scope;
    this.tables = new CatalogTables(scope, catalog);
    this.consumers = consumers;
    this.envelope = new ChangeEnvelope(decoder);
    this.embedded = embedded;
  }

  @Override
  public Prepared prepare(Optional<SourceProgress> progress) throws CaptureFailure {
    LogPosition position = progress.map(SourceProgress::position).orElse(null);
    SourceProgress before = progress.orElse(null);
    if (embedded != null && before != null && before.slot() != null) {
      embedded.remove(before);
    }
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      Set<TopicPartition> partitions = partitions(consumer, pattern());
      if (partitions.isEmpty()) {
        throw new CaptureFailure(
            ReasonCode.CAPTURE_NOT_PREPARED,
            "No topic of the cluster matches '"
                + pattern()
                + "': start the connector, or correct capture.topics.");
      }
      String gap = gap(consumer, progress, position);
      // What is there before the first reading is no change that anybody followed.
      LogPosition start =
          position != null && gap == null
              ? null
              : TopicPositions.of(consumer.endOffsets(partitions));
      return new Prepared(null, null, gap, start, check());
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  /** Offsets whose records are gone. */
  private static @Nullable String gap(
      Consumer<byte[], byte[]> consumer,
      Optional<SourceProgress> before,
      @Nullable LogPosition position) {
    Map<TopicPartition, Long> offsets = TopicPositions.read(position);
    if (before.isPresent() && offsets.isEmpty()) {
      return "How far change capture had read was not known any more.";
    }
    Set<String> topics = consumer.listTopics().keySet();
    offsets.keySet().removeIf(partition -> !topics.contains(partition.topic()));
    Map<TopicPartition, Long> first = consumer.beginningOffsets(offsets.keySet());
    Map<TopicPartition, Long> ends = consumer.endOffsets(offsets.keySet());
    boolean anew =
        offsets.entrySet().stream()
            .anyMatch(next -> next.getValue() > ends.getOrDefault(next.getKey(), Long.MAX_VALUE));
    if (anew) {
      return "The topics had been made anew, and changes were lost with the old ones.";
    }
    boolean lost =
        offsets.entrySet().stream()
            .anyMatch(next -> next.getValue() < first.getOrDefault(next.getKey(), 0L));
    return lost ? "The topics had dropped changes that change capture had not read yet." : null;
  }

  @Override
  public ChangeFeed open(LogPosition position, ChangeSink sink) {
    return new TopicFeed(pattern(), position, consumers, envelope, sink);
  }

  @Override
  public Health check() throws CaptureFailure {
    return tables.health();
  }

  private Pattern pattern() {
    return Objects.requireNonNull(scope.config().topics(), "topics go with their mode");
  }

  static Set<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, Pattern pattern) {
    Map<String, Integer> counts = new HashMap<>();
    consumer
        .listTopics()
        .forEach(
            (topic, partitions) -> {
              if (pattern.matcher(topic).matches()) {
                counts.put(topic, partitions.size());
              }
            });
    Set<TopicPartition> all =
        new TreeSet<>(
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
    counts.forEach(
        (topic, count) -> {
          for (int i = 0; i < count; i++) {
            all.add(new TopicPartition(topic, i));
          }
        });
    return all;
  }

  static CaptureFailure failed(KafkaException failure) {
    return new CaptureFailure(
        ReasonCode.CAPTURE_FAILED,
        "The topics of changes cannot be read now ("
            + failure.getClass().getSimpleName()
            + "); reading them is tried again.");
  }

  /** The topics belong to somebody else. */
  @Override
  public void remove(SourceProgress progress) {}

  @Override
  public void reset() {}

  @Override
  public void close() {}
}
