package io.profilemesh.profiler.schedule;

import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.profiler.publish.TransactionalWriter.Outcome;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.Schedule;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RegistryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Fires pipelines. Each belongs to a partition of the topic of their states, and the partition's
 * owner in the consumer group fires it: the request, the new state and the group's offset are one
 * transaction, which the broker refuses from a former owner. A new owner first reads the states to
 * their end, open transactions included. So a firing is made once, by whoever owns it.
 */
public final class Scheduler implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Scheduler.class);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private final SchedulerParts parts;
  private final Consumer<byte[], byte[]> consumer;
  private final List<Pipeline> pipelines;
  private final Map<TopicPartition, OwnedPipelines> owned = new HashMap<>();
  private final Thread thread = new Thread(this::run, "scheduler");
  private int partitions;
  private boolean inDoubt;
  private volatile boolean stopping;

  public Scheduler(SchedulerParts parts) {
    this.parts = parts;
    this.consumer = parts.consumer();
    this.pipelines = Pipeline.of(parts.configuration());
    thread.setDaemon(true);
  }

  /** Begins to fire. The topics exist, and every pause is known. */
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    stopping = true;
    consumer.wakeup();
    try {
      thread.join(STOP_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      subscribe();
      while (!stopping) {
        step();
      }
    } catch (RuntimeException e) {
      LOG.error("the scheduler stopped on a defect: no schedule fires on this instance", e);
    } finally {
      leave();
    }
  }

  void subscribe() {
    consumer.subscribe(List.of(parts.topic()), new Ownership());
  }

  /** One turn. */
  void step() {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(TICK)) {
        take(record);
      }
      settleDoubt();
      load();
      fire();
    } catch (WakeupException e) {
      // It is time to stop: the loop looks.
    } catch (InterruptException e) {
      stopping = true;
    } catch (KafkaException | RegistryUnavailableException e) {
      LOG.warnf("schedules wait: %s", e.getMessage());
      pause();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    OwnedPipelines mine = owned.get(new TopicPartition(record.topic(), record.partition()));
    // What comes after the states have been read is this instance's own: nobody else may write
    // here.
    if (mine == null || mine.isLoaded() || record.key() == null) {
      return;
    }
    String name = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      mine.take(name, null);
    } else if (parts.decoder().decode(record.value()) instanceof Decoded.Value<Schedule> value
        && RecordRules.check(name, value.record()).isEmpty()) {
      mine.take(name, value.record());
    } else {
      LOG.warnf("the state of a pipeline at offset %d was left out", record.offset());
    }
  }

  /** After a lost answer to a commit, the log says what took place. */
  private void settleDoubt() {
    if (inDoubt) {
      parts.writer().open();
      owned.values().forEach(OwnedPipelines::forget);
      consumer.seekToBeginning(owned.keySet());
      inDoubt = false;
    }
  }

  private void load() {
    List<TopicPartition> fresh =
        owned.values().stream()
            .filter(mine -> mine.end() == null)
            .map(OwnedPipelines::partition)
            .toList();
    if (!fresh.isEmpty()) {
      Map<TopicPartition, Long> ends = parts.ends().of(fresh);
      owned.forEach(
          (partition, mine) -> {
            Long end = ends.get(partition);
            if (end != null) {
              mine.end(end);
            }
          });
    }
    owned.values().stream()
        .filter(mine -> !mine.isLoaded())
        .forEach(mine -> mine.reached(consumer.position(mine.partition())));
  }

  private void fire() {
    if (owned.isEmpty()) {
      return;
    }
    if (partitions == 0) {
      partitions = consumer.partitionsFor(parts.topic()).size();
    }
    Map<Integer, List<Pipeline>> byPartition =
        pipelines.stream().collect(Collectors.groupingBy(each -> partitionOf(each.name())));
    for (OwnedPipelines mine : owned.values()) {
      if (mine.isLoaded()) {
        fire(mine, byPartition.getOrDefault(mine.partition().partition(), List.of()));
      }
    }
  }

  private void fire(OwnedPipelines mine, List<Pipeline> configured) {
    Instant now = parts.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    List<Schedule> changed = new ArrayList<>();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    MeshRecords mesh = parts.mesh();
    for (Pipeline pipeline : configured) {
      Schedule before = mine.states().get(pipeline.name());
      Firings.Step step = step(pipeline, before, now);
      if (before != null
          && step.isNothing(before.getConsideredUntil())
          && pipeline.isDescribedBy(before)) {
        continue;
      }
      Instant fireFor = step.fireFor();
      if (fireFor != null) {
        records.add(mesh.request(pipeline.requestId(fireFor), pipeline.request(fireFor, now)));
      }
      changed.add(pipeline.state(parts.environment(), before, step, now));
    }
    removed(mine, configured, now, changed);
    if (changed.isEmpty()) {
      return;
    }
    changed.forEach(state -> records.add(mesh.schedule(mine.partition().partition(), state)));
    write(mine, records, changed);
  }

  private Firings.Step step(Pipeline pipeline, @Nullable Schedule before, Instant now) {
    // Firings are counted from the moment at which a schedule is first seen as it is.
    return before == null || !before.getConfigured() || !pipeline.fires(before)
        ? new Firings.Step(null, now, 0)
        : Firings.step(
            pipeline.schedule(),
            before.getConsideredUntil(),
            parts.pauses().of(pipeline.name()),
            now,
            parts.lateAfter());
  }

  private static void removed(
      OwnedPipelines mine, List<Pipeline> configured, Instant now, List<Schedule> changed) {
    for (Schedule state : mine.states().values()) {
      if (state.getConfigured()
          && configured.stream().noneMatch(one -> one.name().equals(state.getPipeline()))) {
        changed.add(
            Schedule.newBuilder(state)
                .setConfigured(false)
                .setNextAt(null)
                .setUpdatedAt(now)
                .build());
      }
    }
  }

  private void write(
      OwnedPipelines mine, List<ProducerRecord<byte[], byte[]>> records, List<Schedule> changed) {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        Map.of(mine.partition(), new OffsetAndMetadata(consumer.position(mine.partition())));
    Outcome outcome = parts.writer().write(records, offsets, consumer.groupMetadata());
    switch (outcome) {
      case COMMITTED -> changed.forEach(state -> mine.take(state.getPipeline(), state));
      case ABORTED, NOT_A_MEMBER -> pause();
      case UNKNOWN -> {
        inDoubt = true;
        pause();
      }
    }
  }

  private int partitionOf(String pipeline) {
    return Math.floorMod(pipeline.hashCode(), partitions);
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }

  private void leave() {
    try {
      consumer.close(
          CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
              .withTimeout(STOP_PATIENCE));
    } catch (KafkaException e) {
      LOG.debugf("the group of schedulers was left without a word: %s", e.getMessage());
    }
    parts.writer().close();
  }

  /** Follows the group's decisions about who owns what. Called inside polls. */
  private final class Ownership implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
      added.forEach(partition -> owned.put(partition, new OwnedPipelines(partition)));
      consumer.seekToBeginning(added);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> removed) {
      removed.forEach(owned::remove);
    }
  }
}
