package io.profilemesh.drift.processor;

import io.profilemesh.core.profile.RunId;
import io.profilemesh.drift.store.IncompleteRuns.FirstPart;
import io.profilemesh.drift.store.IncompleteRuns.PartSet;
import io.profilemesh.drift.store.Stores;
import io.profilemesh.judgement.memory.DatasetState;
import io.profilemesh.judgement.memory.DatasetState.JudgedRun;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordCoordinates;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.serde.Decoded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps parts until their set is complete, then forwards the run. The first complete attempt in the
 * log is the run; what comes of it later is a repeat. Sets that never complete leave as dead
 * letters when too many wait, or after a day of the topic's own time.
 */
public final class AssembleRun extends ContextualProcessor<byte[], Step.Part, byte[], Step> {

  private static final Duration PATIENCE = Duration.ofDays(1);
  private static final Duration CHECK = Duration.ofMinutes(10);

  private final DriftContext drift;
  private final Function<byte @Nullable [], Decoded<TableProfile>> decoder;
  private final RegistryPatience patience;
  private @Nullable State state;

  /** The stores, there once the step is started. */
  private record State(KeyValueStore<String, DatasetState> datasets, WaitingParts waiting) {}

  public AssembleRun(
      DriftContext drift,
      Function<byte @Nullable [], Decoded<TableProfile>> decoder,
      RegistryPatience patience) {
    this.drift = drift;
    this.decoder = decoder;
    this.patience = patience;
  }

  @Override
  public void init(ProcessorContext<byte[], Step> context) {
    super.init(context);
    state =
        new State(
            context.getStateStore(Stores.DATASETS),
            new WaitingParts(
                context.getStateStore(Stores.INCOMPLETE), context.getStateStore(Stores.PARTS)));
    context.schedule(CHECK, PunctuationType.STREAM_TIME, this::expire);
  }

  @Override
  public void process(Record<byte[], Step.Part> record) {
    TableProfile part = record.value().profile();
    long digest = ContentDigest.of(record.value().value());
    Optional<JudgedRun> judged =
        Optional.ofNullable(state().datasets().get(part.getDatasetId()))
            .flatMap(dataset -> dataset.judged(RunId.parse(part.getRunId())));
    if (judged.isPresent() && drift.recogniseRepeats()) {
      drift.observer().repeated();
      if (contradicts(judged.get(), part, digest)) {
        refuse(record, "The run was judged before, with another content: the first one counts.");
      }
    } else if (part.getPartCount() == 1) {
      forward(record, List.of(part), digest);
    } else {
      collect(record, digest);
    }
  }

  private static boolean contradicts(JudgedRun judged, TableProfile part, long digest) {
    return part.getPartIndex() == 0
        && part.getAttempt() == judged.attempt()
        && digest != judged.digest();
  }

  private void collect(Record<byte[], Step.Part> record, long digest) {
    TableProfile part = record.value().profile();
    long frame = ContentDigest.ofFrame(part);
    PartSet set =
        state()
            .waiting()
            .of(part.getDatasetId())
            .find(part.getRunId(), part.getAttempt())
            .orElseGet(() -> newSet(record, frame));
    Long known = set.parts().get(part.getPartIndex());
    if (set.frame() != frame || (known != null && known != digest)) {
      refuse(record, "The part contradicts a part of the same attempt that came before.");
    } else if (known == null) {
      add(record, set.with(part.getPartIndex(), digest), digest);
    }
  }

  private void add(Record<byte[], Step.Part> record, PartSet set, long digest) {
    TableProfile part = record.value().profile();
    String dataset = part.getDatasetId();
    if (!set.isComplete()) {
      List<PartSet> gone =
          state().waiting().keep(dataset, set, part.getPartIndex(), record.value().value());
      gone.forEach(lost -> giveUp(record, lost));
      return;
    }
    List<TableProfile> parts = new ArrayList<>(set.partCount());
    for (int i = 0; i < set.partCount(); i++) {
      parts.add(i == part.getPartIndex() ? part : stored(dataset, set, i));
    }
    forward(record, parts, set.parts().getOrDefault(0, digest));
  }

  private TableProfile stored(String dataset, PartSet set, int index) {
    byte[] value = state().waiting().value(dataset, set, index);
    if (patience.insist(() -> decoder.apply(value)) instanceof Decoded.Value<TableProfile> read) {
      return read.record();
    }
    throw new IllegalStateException("a stored part was readable when it came");
  }

  private void forward(Record<byte[], Step.Part> record, List<TableProfile> parts, long digest) {
    TableProfile head = parts.get(0);
    state().waiting().forget(head.getDatasetId(), head.getRunId());
    context().forward(record.withValue(new Step.Run(parts, digest, record.value().where())));
  }

  private void refuse(Record<byte[], Step.Part> record, String message) {
    RecordCoordinates where = record.value().where();
    context().forward(drift.refusal(record, where, ReasonCode.INCONSISTENT_PARTS, message, null));
  }

  private void expire(long streamTime) {
    for (var expired : state().waiting().removeOlderThan(streamTime - PATIENCE.toMillis())) {
      byte[] key = expired.key.getBytes(StandardCharsets.UTF_8);
      Record<byte[], String> cause =
          new Record<>(key, expired.key, streamTime, new RecordHeaders());
      expired.value.forEach(lost -> giveUp(cause, lost));
    }
  }

  private void giveUp(Record<byte[], ?> cause, PartSet set) {
    FirstPart first = set.first();
    RecordCoordinates where =
        new RecordCoordinates(
            first.topic(),
            first.partition(),
            first.offset(),
            Instant.ofEpochMilli(first.timestamp()),
            first.bytes());
    String message =
        "Of %d parts %d never came."
            .formatted(set.partCount(), set.partCount() - set.parts().size());
    context().forward(drift.refusal(cause, where, ReasonCode.INCONSISTENT_PARTS, message, null));
  }

  private static PartSet newSet(Record<byte[], Step.Part> record, long frame) {
    TableProfile part = record.value().profile();
    RecordCoordinates where = record.value().where();
    FirstPart first =
        new FirstPart(
            where.topic(),
            where.partition(),
            where.offset(),
            record.timestamp(),
            where.sizeBytes());
    return new PartSet(
        part.getRunId(), part.getAttempt(), part.getPartCount(), frame, Map.of(), first);
  }

  private State state() {
    State started = state;
    if (started == null) {
      throw new IllegalStateException("the step was not started");
    }
    return started;
  }
}
