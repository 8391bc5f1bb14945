package io.profilemesh.drift.processor;

import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.serde.Decoded;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of a command: forwards the command, or why it is refused. */
public final class DecodeCommand extends ContextualProcessor<byte[], byte[], byte[], Step> {

  private final Intake<DriftCommand> intake;

  public DecodeCommand(
      DriftContext drift,
      Function<byte @Nullable [], Decoded<DriftCommand>> decoder,
      RegistryPatience patience) {
    this.intake = new Intake<>(drift, decoder, patience, command -> Optional.empty());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    intake.read(
        context(),
        record,
        command ->
            context()
                .forward(
                    record.withValue(new Step.Command(command, Intake.where(context(), record)))));
  }
}
