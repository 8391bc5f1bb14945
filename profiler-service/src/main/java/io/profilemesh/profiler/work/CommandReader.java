package io.profilemesh.profiler.work;

import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.DeadLetters;
import io.profilemesh.schema.LedgerEntry;
import io.profilemesh.schema.LedgerKind;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordCoordinates;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.Refusal;
import io.profilemesh.schema.RunCommand;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Turns records of the command topic into what the ledger is to remember. */
public final class CommandReader {

  private final RecordDecoder<RunCommand> decoder;
  private final String environment;
  private final Clock clock;

  public CommandReader(RecordDecoder<RunCommand> decoder, String environment, Clock clock) {
    this.decoder = decoder;
    this.environment = environment;
    this.clock = clock;
  }

  /** What a record of the command topic is. */
  sealed interface Read {

    /**
     * An order to cancel.
     *
     * @param key key of the ledger's entry
     */
    record Cancel(String key, LedgerEntry entry) implements Read {}

    /** No command. */
    record Bad(ReasonCode code, DeadLetter letter) implements Read {}
  }

  /**
   * Reads a record.
   *
   * @throws io.profilemesh.schema.serde.RegistryUnavailableException when its schema cannot be
   *     fetched now: try again later
   */
  Read read(ConsumerRecord<byte[], byte[]> record) {
    Decoded<RunCommand> decoded = decoder.decode(record.value());
    if (decoded instanceof Decoded.Refused<RunCommand> refused) {
      return bad(record, refused.code(), refused.message(), refused.schemaId());
    }
    Decoded.Value<RunCommand> value = (Decoded.Value<RunCommand>) decoded;
    RunCommand command = value.record();
    byte[] key = record.key();
    Optional<Refusal> refusal =
        RecordRules.check(command)
            .or(
                () ->
                    RecordRules.checkKey(
                        key == null ? null : new String(key, StandardCharsets.UTF_8),
                        command.getRunId()));
    return refusal.isPresent()
        ? bad(record, refusal.get().code(), refusal.get().message(), value.schemaId())
        : new Read.Cancel(
            RunKey.cancelKey(command.getRunId(), command.getDatasetId()), entry(command));
  }

  private LedgerEntry entry(RunCommand command) {
    return LedgerEntry.newBuilder()
        .setKind(LedgerKind.CANCEL)
        .setRequestId(command.getCommandId())
        .setRunId(command.getRunId())
        .setDatasetId(command.getDatasetId())
        .setActor(command.getActor())
        .setReason(command.getReason())
        .setRecordedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .build();
  }

  private Read bad(
      ConsumerRecord<byte[], byte[]> record,
      ReasonCode code,
      String message,
      @Nullable Integer schemaId) {
    return new Read.Bad(
        code,
        DeadLetters.of(
            environment,
            MeshRecords.SERVICE,
            RecordCoordinates.of(record),
            code,
            message,
            schemaId));
  }
}
