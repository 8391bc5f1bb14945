package io.profilemesh.drift.processor;

import io.profilemesh.core.profile.RunId;
import io.profilemesh.drift.store.DatasetState;
import io.profilemesh.drift.store.DatasetState.JudgedRun;
import io.profilemesh.drift.store.IncompleteRuns;
import io.profilemesh.drift.store.IncompleteRuns.FirstPart;
import io.profilemesh.drift.store.IncompleteRuns.PartSet;
import io.profilemesh.drift.store.PartKey;
import io.profilemesh.drift.store.Stores;
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
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
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
  private record State(
      KeyValueStore<String, DatasetState> datasets,
      KeyValueStore<String, IncompleteRuns> incomplete,
      KeyValueStore<PartKey, byte[]> parts) {}

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
            context.getStateStore(Stores.INCOMPLETE),
            context.getStateStore(Stores.PARTS));
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
      forget(part);
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
    PartSet set = waiting(part).find(part.getRunId(), part.getAttempt()).orElse(null);
    long frame = ContentDigest.ofFrame(part);
    set = set == null ? newSet(record, frame) : set;
    Long known = set.parts().get(part.getPartIndex());
    if (set.frame() != frame || (known != null && known != digest)) {
      refuse(record, "The part contradicts a part of the same attempt that came before.");
    } else if (known == null) {
      add(record, set.with(part.getPartIndex(), digest));
    }
  }

  private void add(Record<byte[], Step.Part> record, PartSet set) {
    TableProfile part = record.value().profile();
    if (set.isComplete()) {
      List<TableProfile> parts = new ArrayList<>(set.partCount());
      for (int i = 0; i < set.partCount(); i++) {
        parts.add(i == part.getPartIndex() ? part : stored(part.getDatasetId(), set, i));
      }
      forward(record, parts, digestOfFirst(set));
      forget(part);
    } else {
      state()
          .parts()
          .put(key(part.getDatasetId(), set, part.getPartIndex()), record.value().value());
      IncompleteRuns runs = waiting(part).with(set);
      if (runs.sets().size() > IncompleteRuns.MOST_SETS) {
        runs = drop(record, part.getDatasetId(), runs, runs.sets().subList(0, 1));
      }
      state().incomplete().put(part.getDatasetId(), runs);
    }
  }

  private TableProfile stored(String dataset, PartSet set, int index) {
    byte[] value = state().parts().get(key(dataset, set, index));
    if (patience.insist(() -> decoder.apply(value)) instanceof Decoded.Value<TableProfile> read) {
      return read.record();
    }
    throw new IllegalStateException("a stored part was readable when it came");
  }

  private void forward(Record<byte[], Step.Part> record, List<TableProfile> parts, long digest) {
    context().forward(record.withValue(new Step.Run(parts, digest, record.value().where())));
  }

  private void refuse(Record<byte[], Step.Part> record, String message) {
    context()
        .forward(
            drift.refusal(
                record, record.value().where(), ReasonCode.INCONSISTENT_PARTS, message, null));
  }

  /** Removes every waiting part of a run, of whatever attempt. */
  private void forget(TableProfile part) {
    IncompleteRuns runs = state().incomplete().get(part.getDatasetId());
    if (runs != null) {
      List<PartSet> gone =
          runs.sets().stream().filter(set -> set.run().equals(part.getRunId())).toList();
      gone.forEach(set -> deleteParts(part.getDatasetId(), set));
      keep(part.getDatasetId(), runs.without(gone));
    }
  }

  private void expire(long streamTime) {
    List<KeyValue<String, IncompleteRuns>> all = new ArrayList<>();
    try (KeyValueIterator<String, IncompleteRuns> waiting = state().incomplete().all()) {
      waiting.forEachRemaining(all::add);
    }
    long oldest = streamTime - PATIENCE.toMillis();
    for (KeyValue<String, IncompleteRuns> waiting : all) {
      List<PartSet> expired =
          waiting.value.sets().stream().filter(set -> set.first().timestamp() < oldest).toList();
      if (!expired.isEmpty()) {
        Record<byte[], Step.Part> cause =
            new Record<>(
                waiting.key.getBytes(StandardCharsets.UTF_8),
                null,
                streamTime,
                new RecordHeaders());
        keep(waiting.key, drop(cause, waiting.key, waiting.value, expired));
      }
    }
  }

  private IncompleteRuns drop(
      Record<byte[], ?> cause, String dataset, IncompleteRuns runs, List<PartSet> gone) {
    for (PartSet set : List.copyOf(gone)) {
      deleteParts(dataset, set);
      FirstPart first = set.first();
      RecordCoordinates where =
          new RecordCoordinates(
              first.topic(),
              first.partition(),
              first.offset(),
              Instant.ofEpochMilli(first.timestamp()),
              first.bytes());
      context()
          .forward(
              drift.refusal(
                  cause,
                  where,
                  ReasonCode.INCONSISTENT_PARTS,
                  "Of %d parts %d never came.".formatted(set.partCount(), missing(set)),
                  null));
    }
    return runs.without(List.copyOf(gone));
  }

  private static int missing(PartSet set) {
    return set.partCount() - set.parts().size();
  }

  private void keep(String dataset, IncompleteRuns runs) {
    if (runs.sets().isEmpty()) {
      state().incomplete().delete(dataset);
    } else {
      state().incomplete().put(dataset, runs);
    }
  }

  private void deleteParts(String dataset, PartSet set) {
    set.parts().keySet().forEach(index -> state().parts().delete(key(dataset, set, index)));
  }

  private IncompleteRuns waiting(TableProfile part) {
    IncompleteRuns runs = state().incomplete().get(part.getDatasetId());
    return runs == null ? IncompleteRuns.EMPTY : runs;
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

  private static long digestOfFirst(PartSet set) {
    return set.parts().getOrDefault(0, 0L);
  }

  private static PartKey key(String dataset, PartSet set, int index) {
    return new PartKey(dataset, set.run(), set.attempt(), index);
  }

  private State state() {
    State started = state;
    if (started == null) {
      throw new IllegalStateException("the step was not started");
    }
    return started;
  }
}
