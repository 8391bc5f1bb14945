package io.profilemesh.profiler.schedule;

import io.profilemesh.profiler.schedule.Firings.Pause;
import io.profilemesh.profiler.topic.PartitionEnds;
import io.profilemesh.profiler.topic.WholeTopic;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.ScheduleCommandKind;
import io.profilemesh.schema.serde.RecordDecoder;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/** What people told pipelines: the last word on each stands. */
public final class Pauses implements AutoCloseable {

  private final WholeTopic<ScheduleCommand> topic;
  private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

  /**
   * @param consumer read-committed and without a group; this view closes it
   */
  public Pauses(
      String topic,
      Consumer<byte[], byte[]> consumer,
      PartitionEnds ends,
      RecordDecoder<ScheduleCommand> decoder) {
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

  Pause of(String pipeline) {
    return pauses.getOrDefault(pipeline, Pause.NEVER);
  }

  @Override
  public void close() {
    topic.close();
  }

  private void take(String key, @Nullable ScheduleCommand command) {
    if (command == null) {
      pauses.remove(key);
    } else if (RecordRules.check(key, command).isEmpty()) {
      boolean paused = command.getKind() == ScheduleCommandKind.PAUSE;
      pauses.put(key, new Pause(paused, command.getIssuedAt()));
    }
  }
}
