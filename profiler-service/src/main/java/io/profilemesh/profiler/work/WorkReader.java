package io.profilemesh.profiler.work;

import io.profilemesh.configuration.DatasetConfig;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.publish.RunContext;
import io.profilemesh.schema.EventHeaders;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.Refusal;
import io.profilemesh.schema.RunWork;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Turns records of the work topic into runs. */
public final class WorkReader {

  private final RecordDecoder<RunWork> decoder;
  private final ProfilerConfiguration configuration;

  public WorkReader(RecordDecoder<RunWork> decoder, ProfilerConfiguration configuration) {
    this.decoder = decoder;
    this.configuration = configuration;
  }

  /** What a record of the work topic is. */
  sealed interface Read {
    record Accepted(Run run) implements Read {}

    record Bad(DeadWork work) implements Read {}
  }

  /**
   * Reads a record.
   *
   * @throws io.profilemesh.schema.serde.RegistryUnavailableException when its schema cannot be
   *     fetched now: try again later
   */
  Read read(ConsumerRecord<byte[], byte[]> record) {
    Decoded<RunWork> decoded = decoder.decode(record.value());
    if (decoded instanceof Decoded.Value<RunWork> value) {
      RunWork work = value.record();
      Optional<Refusal> refusal = RecordRules.check(work);
      if (refusal.isPresent()) {
        return bad(record, refusal.get().code(), refusal.get().message(), value.schemaId());
      }
      return isKeyOf(record.key(), work)
          ? new Read.Accepted(run(record, work))
          : bad(
              record,
              ReasonCode.KEY_MISMATCH,
              "The record's key is not its dataset id.",
              value.schemaId());
    }
    Decoded.Refused<RunWork> refused = (Decoded.Refused<RunWork>) decoded;
    return bad(record, refused.code(), refused.message(), refused.schemaId());
  }

  private static Read bad(
      ConsumerRecord<byte[], byte[]> record,
      ReasonCode code,
      String message,
      @Nullable Integer schemaId) {
    return new Read.Bad(new DeadWork(record, code, message, schemaId));
  }

  private static boolean isKeyOf(byte @Nullable [] key, RunWork work) {
    return key != null && new String(key, StandardCharsets.UTF_8).equals(work.getDatasetId());
  }

  private Run run(ConsumerRecord<byte[], byte[]> record, RunWork work) {
    RunKey key = new RunKey(RunId.parse(work.getRunId()), DatasetId.parse(work.getDatasetId()));
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    return new Run(partition, record.offset(), key, work, context(record, work, key));
  }

  private RunContext context(ConsumerRecord<byte[], byte[]> record, RunWork work, RunKey key) {
    DatasetId dataset = key.dataset();
    Optional<DatasetConfig> config =
        SourceName.isValid(dataset.source())
            ? configuration.dataset(
                new SourceName(dataset.source()),
                dataset.schema(),
                dataset.table(),
                dataset.slice())
            : Optional.empty();
    return new RunContext(
        key.runId(),
        work.getRequestId(),
        dataset,
        work.getRequester(),
        work.getReason(),
        work.getTrigger(),
        config.map(DatasetConfig::owner).orElse(null),
        config.map(DatasetConfig::tags).orElse(List.of()),
        work.getPipeline(),
        config.map(DatasetConfig::schedule).orElse(null),
        EventHeaders.traceparent(record.headers()).orElse(null));
  }
}
