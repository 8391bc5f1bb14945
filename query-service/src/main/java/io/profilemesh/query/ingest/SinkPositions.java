package io.profilemesh.query.ingest;

import io.profilemesh.query.start.Mesh;
import io.profilemesh.sink.store.PositionCheck;
import io.profilemesh.sink.store.SinkProgress;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Sends consumers to the positions the database knows, whatever Kafka's own offsets say. When the
 * database cannot be asked at that moment, the first batch of each partition is checked instead.
 */
@ApplicationScoped
@Identifier(SinkPositions.NAME)
public class SinkPositions implements KafkaConsumerRebalanceListener, PositionCheck {

  /** Name by which channels refer to this listener. */
  public static final String NAME = "sink-positions";

  private static final Logger LOGGER = Logger.getLogger(SinkPositions.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final DataSource database;
  private final KafkaClientService clients;
  private final Mesh mesh;
  private final WritesUnderWay writes = new WritesUnderWay();
  private final Set<TopicPartition> unchecked = ConcurrentHashMap.newKeySet();
  private final Map<TopicPartition, String> problems = new ConcurrentHashMap<>();

  @Inject
  SinkPositions(DataSource database, KafkaClientService clients, Mesh mesh) {
    this.database = database;
    this.clients = clients;
    this.mesh = mesh;
  }

  /** Partitions whose log does not fit the position in the database, each with a sentence. */
  public Map<TopicPartition, String> problems() {
    Map<TopicPartition, String> sorted =
        new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    sorted.putAll(problems);
    return sorted;
  }

  /** Which partitions this instance is writing. */
  WritesUnderWay writes() {
    return writes;
  }

  /**
   * Lets batches of the partitions end, so that the next owner begins where they end. It would find
   * out anyway: rows and position are one transaction, and who comes second waits for it.
   */
  @Override
  public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    try {
      if (!writes.awaitNone(partitions, DRAIN)) {
        LOGGER.infof(
            "%d partitions go to another instance in the middle of a batch", partitions.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    if (!mesh.deduplication() || partitions.isEmpty()) {
      return;
    }
    try (Connection connection = database.getConnection()) {
      Map<TopicPartition, Long> positions = SinkProgress.read(connection, partitions);
      compareWithLog(consumer, partitions, positions);
      for (TopicPartition partition : partitions) {
        consumer.seek(partition, positions.getOrDefault(partition, 0L));
      }
      unchecked.removeAll(partitions);
      tellTheGroup(consumer, positions);
    } catch (SQLException e) {
      unchecked.addAll(partitions);
      LOGGER.warnf("The positions of %d partitions are read later: no database", partitions.size());
    }
  }

  /**
   * Who watches the group's lag sees its own offsets, which an instance that was killed left
   * behind; on a quiet topic they would stay there.
   */
  private static void tellTheGroup(Consumer<?, ?> consumer, Map<TopicPartition, Long> positions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    positions.forEach(
        (partition, position) -> offsets.put(partition, new OffsetAndMetadata(position)));
    try {
      consumer.commitSync(offsets, TIMEOUT);
    } catch (KafkaException e) {
      LOGGER.debugf(e, "the group's offsets stay behind those of the tables");
    }
  }

  @Override
  public boolean mustGoBack(TopicPartition partition, long position, long firstOffset) {
    if (!unchecked.contains(partition)) {
      return false;
    }
    if (firstOffset > position) {
      String channel = partition.topic().substring(mesh.topics().prefix().length());
      clients
          .getConsumer(channel)
          .runOnPollingThread(
              consumer -> {
                if (consumer.assignment().contains(partition)) {
                  consumer.seek(partition, position);
                }
              })
          .await()
          .atMost(TIMEOUT);
    }
    unchecked.remove(partition);
    return firstOffset > position;
  }

  private void compareWithLog(
      Consumer<?, ?> consumer,
      Collection<TopicPartition> partitions,
      Map<TopicPartition, Long> positions) {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, TIMEOUT);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, TIMEOUT);
    for (TopicPartition partition : partitions) {
      long position = positions.getOrDefault(partition, 0L);
      long begin = begins.getOrDefault(partition, 0L);
      problems.remove(partition);
      if (position > ends.getOrDefault(partition, Long.MAX_VALUE)) {
        problem(partition, "the log ends before the position the tables remember: is it another?");
      } else if (position > 0 && position < begin) {
        problem(
            partition, "the log begins after the position the tables remember: rows are missing");
      }
    }
  }

  private void problem(TopicPartition partition, String sentence) {
    problems.put(partition, sentence);
    LOGGER.errorf("%s: %s", partition, sentence);
  }
}
