package io.profilemesh.profiler.capture;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.profiler.topic.PartitionEnds;
import io.profilemesh.schema.CaptureState;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Shares the captured sources out among the instances of the service: a source belongs to a
 * partition of the topic of capture states, and whoever owns the partition follows it.
 *
 * <p>One thread owns the consumer and asks for tables; each source is read by threads of its own. A
 * new owner first reads all that the former one committed.
 */
public final class ChangeCapture implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(ChangeCapture.class);
  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final PartitionEnds ends;
  private final RecordDecoder<CaptureState> decoder;
  private final CaptureMembership membership;
  private final CapturedSources sources;
  private final AutoCloseable resources;
  private final Map<TopicPartition, Owned> owned = new HashMap<>();
  private final Thread thread = new Thread(this::run, "change-capture");
  private volatile List<CaptureStatus> statuses = List.of();
  private volatile boolean stopping;

  /**
   * @param consumer cooperative, read-committed, without auto commit; closed with this object
   * @param ends where partitions end, uncommitted records included
   * @param sources opens the sources of a partition
   * @param resources closed last
   */
  ChangeCapture(
      String topic,
      Consumer<byte[], byte[]> consumer,
      PartitionEnds ends,
      RecordDecoder<CaptureState> decoder,
      CaptureMembership membership,
      CapturedSources sources,
      AutoCloseable resources) {
    this.topic = topic;
    this.consumer = consumer;
    this.ends = ends;
    this.decoder = decoder;
    this.membership = membership;
    this.sources = sources;
    this.resources = resources;
    thread.setDaemon(true);
  }

  /** Change capture made of the service's parts. */
  public static ChangeCapture of(CaptureParts parts) {
    CaptureMembership membership = new CaptureMembership();
    ConfiguredSources sources = new ConfiguredSources(parts, membership);
    return new ChangeCapture(
        parts.stateTopic(),
        parts.consumer(),
        parts.ends(),
        parts.decoder(),
        membership,
        sources,
        sources);
  }

  /** Begins to follow. The topic exists and the schemas are known. */
  public void start() {
    thread.start();
  }

  /** The sources that this instance follows. */
  public List<CaptureStatus> statuses() {
    return statuses;
  }

  /** Stops following and gives the sources to other instances. */
  @Override
  public void close() {
    stopping = true;
    consumer.wakeup();
    try {
      thread.join(STOP_PATIENCE.multipliedBy(2).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      consumer.subscribe(List.of(topic), new Ownership());
      while (!stopping) {
        step();
      }
    } catch (RuntimeException e) {
      LOG.error("change capture stopped on a defect", e);
    } finally {
      leave();
    }
  }

  private void step() {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(TICK)) {
        Owned partition = owned.get(new TopicPartition(record.topic(), record.partition()));
        if (partition != null) {
          take(partition, record);
        }
      }
      if (!owned.isEmpty()) {
        membership.joined(consumer.groupMetadata());
      }
      for (Owned partition : owned.values()) {
        beginIfRead(partition);
      }
    } catch (WakeupException e) {
      // It is time to stop: the loop looks.
    } catch (InterruptException e) {
      stopping = true;
    } catch (KafkaException e) {
      LOG.warnf("the capture states cannot be read now: %s", e.getMessage());
      pause();
    }
    List<CaptureStatus> now = new ArrayList<>();
    for (Owned partition : owned.values()) {
      for (OwnedSource source : partition.running) {
        source.tick();
        CaptureStatus status = source.status();
        if (status != null) {
          now.add(status);
        }
      }
    }
    statuses = List.copyOf(now);
  }

  private void take(Owned partition, ConsumerRecord<byte[], byte[]> record) {
    if (partition.begun) {
      return;
    }
    if (record.value() == null) {
      forget(partition, new String(record.key(), StandardCharsets.UTF_8));
      return;
    }
    while (!stopping) {
      try {
        if (decoder.decode(record.value()) instanceof Decoded.Value<CaptureState> value) {
          apply(partition, value.record());
        }
        return;
      } catch (RegistryUnavailableException e) {
        LOG.warnf("the capture states wait for the schema registry: %s", e.getMessage());
        pause();
      }
    }
  }

  private static void apply(Owned partition, CaptureState state) {
    try {
      partition.book(state.getSource()).apply(state);
    } catch (IllegalArgumentException e) {
      LOG.warnf("a capture state was left out: %s", e.getMessage());
    }
  }

  private static void forget(Owned partition, String key) {
    if (key.startsWith(CaptureRecords.SOURCE_KEY)) {
      partition.book(key.substring(CaptureRecords.SOURCE_KEY.length())).forget(null);
    } else if (key.startsWith(CaptureRecords.TABLE_KEY)) {
      DatasetId dataset = DatasetId.parse(key.substring(CaptureRecords.TABLE_KEY.length()));
      partition.book(dataset.source()).forget(dataset);
    }
  }

  private void beginIfRead(Owned partition) {
    if (partition.begun) {
      return;
    }
    if (partition.end < 0) {
      // A former owner's open transaction ends now: nothing is read past it before.
      partition.share = sources.claim(partition.partition, consumer.partitionsFor(topic).size());
      partition.end = ends.of(List.of(partition.partition)).getOrDefault(partition.partition, 0L);
    }
    if (consumer.position(partition.partition) < partition.end) {
      return;
    }
    partition.begun = true;
    consumer.pause(List.of(partition.partition));
    partition.running = partition.share.open(partition.books);
    partition.books = Map.of();
    partition.running.forEach(OwnedSource::start);
  }

  private void drop(Collection<TopicPartition> removed) {
    List<OwnedSource> ending = new ArrayList<>();
    for (TopicPartition partition : removed) {
      Owned former = owned.remove(partition);
      if (former != null) {
        ending.addAll(former.running);
        former.share.close();
      }
    }
    ending.forEach(OwnedSource::stop);
    ending.stream().parallel().forEach(OwnedSource::close);
  }

  private void leave() {
    drop(List.copyOf(owned.keySet()));
    membership.left();
    statuses = List.of();
    try {
      consumer.close(
          CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
              .withTimeout(STOP_PATIENCE));
    } catch (KafkaException e) {
      LOG.debugf("the group was left without a word: %s", e.getMessage());
    }
    try {
      resources.close();
    } catch (Exception e) {
      LOG.debugf("change capture was not closed in order: %s", e.getMessage());
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A partition that is this instance's. */
  private static final class Owned {

    private final TopicPartition partition;
    private CapturedSources.Share share = CapturedSources.Share.NONE;
    private long end = -1;
    private Map<String, SourceBook> books = new HashMap<>();
    private List<OwnedSource> running = List.of();
    private boolean begun;

    Owned(TopicPartition partition) {
      this.partition = partition;
    }

    SourceBook book(String source) {
      return books.computeIfAbsent(source, absent -> new SourceBook());
    }
  }

  /** Follows the group's decisions about who owns what. Called inside polls. */
  private final class Ownership implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
      membership.joined(consumer.groupMetadata());
      if (added.isEmpty()) {
        return;
      }
      consumer.seekToBeginning(added);
      consumer.resume(added);
      added.forEach(partition -> owned.put(partition, new Owned(partition)));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> removed) {
      drop(removed);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      membership.left();
      drop(lost);
    }
  }
}
