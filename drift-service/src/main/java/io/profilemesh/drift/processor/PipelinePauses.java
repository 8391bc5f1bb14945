package io.profilemesh.drift.processor;

import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.ScheduleCommandKind;
import io.profilemesh.schema.serde.Decoded;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/** Which pipelines are paused, as the global table of the last words on each has it. */
public final class PipelinePauses {

  /** Name of the global store. */
  public static final String STORE = "pauses";

  private final ReadOnlyKeyValueStore<byte[], ValueAndTimestamp<byte[]>> store;
  private final Function<byte @Nullable [], Decoded<ScheduleCommand>> decoder;
  private final RegistryPatience patience;

  private PipelinePauses(
      ReadOnlyKeyValueStore<byte[], ValueAndTimestamp<byte[]>> store,
      Function<byte @Nullable [], Decoded<ScheduleCommand>> decoder,
      RegistryPatience patience) {
    this.store = store;
    this.decoder = decoder;
    this.patience = patience;
  }

  /** The table as a step sees it. */
  static PipelinePauses of(
      ProcessorContext<?, ?> context,
      Function<byte @Nullable [], Decoded<ScheduleCommand>> decoder,
      RegistryPatience patience) {
    return new PipelinePauses(context.getStateStore(STORE), decoder, patience);
  }

  /** What a run that is due has to do with a pause. */
  enum Effect {
    /** Nothing. */
    NONE,
    /** The pipeline is paused: the run does not come for now. */
    WAITS,
    /** The run was due while the pipeline was paused, and will not be made up for. */
    LAPSED
  }

  /**
   * The effect on a run.
   *
   * @param pipeline null: of no pipeline
   */
  Effect on(@Nullable String pipeline, Instant due) {
    ValueAndTimestamp<byte[]> record =
        pipeline == null ? null : store.get(pipeline.getBytes(StandardCharsets.UTF_8));
    if (record == null) {
      return Effect.NONE;
    }
    Decoded<ScheduleCommand> decoded = patience.insist(() -> decoder.apply(record.value()));
    if (!(decoded instanceof Decoded.Value<ScheduleCommand> value)
        || RecordRules.check(pipeline, value.record()).isPresent()) {
      return Effect.NONE;
    }
    if (value.record().getKind() == ScheduleCommandKind.PAUSE) {
      return Effect.WAITS;
    }
    return due.isAfter(value.record().getIssuedAt()) ? Effect.NONE : Effect.LAPSED;
  }
}
