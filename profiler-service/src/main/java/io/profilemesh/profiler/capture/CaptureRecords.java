package io.profilemesh.profiler.capture;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.schema.CaptureState;
import io.profilemesh.schema.DeadLetters;
import io.profilemesh.schema.EventIds;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordCoordinates;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Turns what capture knows into records, and back. Safe for use by many threads. */
final class CaptureRecords {

  static final String SOURCE_KEY = "source/";
  static final String TABLE_KEY = "table/";
  private static final String REQUESTER = "change capture";

  private final MeshRecords mesh;
  private final String topic;
  private final String environment;
  private final Clock clock;

  /**
   * @param topic of the capture states
   */
  CaptureRecords(MeshRecords mesh, String topic, String environment, Clock clock) {
    this.mesh = mesh;
    this.topic = topic;
    this.environment = environment;
    this.clock = clock;
  }

  static byte[] sourceKey(String source) {
    return (SOURCE_KEY + source).getBytes(StandardCharsets.UTF_8);
  }

  static byte[] tableKey(DatasetId dataset) {
    return (TABLE_KEY + dataset).getBytes(StandardCharsets.UTF_8);
  }

  ProducerRecord<byte[], byte[]> source(int partition, String source, SourceProgress progress) {
    LogPosition position = progress.position();
    return mesh.capture(
        partition,
        sourceKey(source),
        CaptureState.newBuilder()
            .setEnvironment(environment)
            .setSource(source)
            .setActivatedAt(progress.activatedAt())
            .setMode(progress.mode())
            .setSlot(progress.slot())
            .setPublication(progress.publication())
            .setPositionKey(position == null ? null : ByteBuffer.wrap(position.key()))
            .setPosition(position == null ? null : ByteBuffer.wrap(position.value()))
            .setUpdatedAt(clock.instant())
            .build());
  }

  ProducerRecord<byte[], byte[]> table(int partition, DatasetId dataset, TableChanges changes) {
    ChangeCounts pending = changes.pending();
    return mesh.capture(
        partition,
        tableKey(dataset),
        CaptureState.newBuilder()
            .setEnvironment(environment)
            .setSource(dataset.source())
            .setDatasetId(dataset.toString())
            .setInserted(pending.inserted())
            .setUpdated(pending.updated())
            .setDeleted(pending.deleted())
            .setTruncated(pending.truncated())
            .setMissed(changes.missed())
            .setFirstChangeAt(changes.firstChange())
            .setLastChangeAt(changes.lastChange())
            .setRequests(changes.requests())
            .setRequestId(changes.requestId())
            .setRequestedAt(changes.requestedAt())
            .setSweptAt(changes.sweptAt())
            .setUpdatedAt(clock.instant())
            .build());
  }

  /** Takes a record out of the topic for good. */
  ProducerRecord<byte[], byte[]> forgotten(int partition, byte[] key) {
    return new ProducerRecord<>(topic, partition, key, null);
  }

  /** Asks for a run. */
  ProducerRecord<byte[], byte[]> request(
      DatasetId dataset, String requestId, ChangeBudget.Ask ask) {
    return mesh.request(
        dataset.toString(),
        ProfileRequest.newBuilder()
            .setRequestId(requestId)
            .setSource(dataset.source())
            .setTable(pattern(dataset))
            .setTrigger(ask.trigger())
            .setRequester(REQUESTER)
            .setReason(ask.reason())
            .setRequestedAt(clock.instant())
            .build());
  }

  /** A record of somebody's topic that is no change. */
  ProducerRecord<byte[], byte[]> deadLetter(
      ConsumerRecord<byte[], byte[]> refused,
      ReasonCode code,
      String message,
      @Nullable Integer schemaId) {
    return mesh.deadLetter(
        refused.key(),
        DeadLetters.of(
            environment,
            MeshRecords.SERVICE,
            RecordCoordinates.of(refused),
            code,
            message,
            schemaId));
  }

  /** Follows from what has been asked before: the same question has the same id. */
  String requestId(DatasetId dataset, SourceProgress progress, TableChanges changes) {
    return "capture-"
        + EventIds.of(
            environment,
            dataset.toString(),
            progress.activatedAt().toString(),
            Long.toString(changes.requests()));
  }

  /** The run that a request of capture leads to. */
  static RunId run(String requestId) {
    return RunId.derivedFrom(requestId);
  }

  /** Names one table, whatever its name looks like. */
  private static String pattern(DatasetId dataset) {
    String table = quoted(dataset.table());
    return dataset.schema().isEmpty() ? table : quoted(dataset.schema()) + '.' + table;
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static SourceProgress progress(CaptureState state) {
    return new SourceProgress(
        Objects.requireNonNullElse(state.getActivatedAt(), Instant.EPOCH),
        Objects.requireNonNullElse(state.getMode(), ""),
        state.getSlot(),
        state.getPublication(),
        position(state));
  }

  private static @Nullable LogPosition position(CaptureState state) {
    ByteBuffer value = state.getPosition();
    if (value == null) {
      return null;
    }
    ByteBuffer key = state.getPositionKey();
    return new LogPosition(key == null ? new byte[0] : bytes(key), bytes(value));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  static TableChanges changes(CaptureState state) {
    return new TableChanges(
        new ChangeCounts(
            state.getInserted(), state.getUpdated(), state.getDeleted(), state.getTruncated()),
        state.getMissed(),
        state.getFirstChangeAt(),
        state.getLastChangeAt(),
        state.getRequests(),
        state.getRequestId(),
        state.getRequestedAt(),
        Objects.requireNonNullElse(state.getSweptAt(), state.getUpdatedAt()));
  }
}
