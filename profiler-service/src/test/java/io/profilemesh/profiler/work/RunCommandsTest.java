package io.profilemesh.profiler.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.publish.Chaos;
import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.profiler.publish.ProfilerMetrics;
import io.profilemesh.profiler.publish.TransactionalWriter;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.LedgerEntry;
import io.profilemesh.schema.LedgerKind;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunCommand;
import io.profilemesh.schema.RunCommandKind;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.SchemaRegistration;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of commands into the ledger, driven step by step. */
class RunCommandsTest {

  private static final Map<String, String> REGISTRY =
      Map.of("schema.registry.url", "mock://commands");
  private static final RunId RUN = RunId.derivedFrom("r1");

  private final Topics topics = new Topics("test.");
  private final TopicPartition partition = new TopicPartition(topics.runCommands().name(), 0);
  private final TestClock clock = new TestClock();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final SchemaRegistryClient registry = SchemaRegistryClient.of(REGISTRY);
  private final AvroSerializer<RunCommand> serializer = new AvroSerializer<>(registry);
  private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private RunCommands commands;
  private long nextOffset;

  @BeforeEach
  void assemble() {
    SchemaRegistration.register(registry, topics.all());
    commands =
        new RunCommands(
            topics.runCommands().name(),
            consumer,
            new CommandReader(new RecordDecoder<>(registry, RunCommand.class), "test", clock),
            new TransactionalWriter(this::producer, Chaos.NONE),
            new MeshRecords(topics, "test", registry, REGISTRY),
            new ProfilerMetrics(meters));
    commands.subscribe();
    consumer.rebalance(List.of(partition));
    consumer.updateBeginningOffsets(Map.of(partition, 0L));
  }

  @Test
  void shouldPutAnOrderIntoTheLedgerWithItsOffset() {
    receive(RUN.toString(), command(null));

    commands.step();

    LedgerEntry entry = only(LedgerEntry.class, topics.runLedger().name());
    assertThat(entry.getKind()).isEqualTo(LedgerKind.CANCEL);
    assertThat(entry.getRunId()).isEqualTo(RUN.toString());
    assertThat(entry.getDatasetId()).isNull();
    assertThat(entry.getActor()).isEqualTo("ada");
    assertThat(entry.getReason()).isEqualTo("Wrong table");
    assertThat(new String(written().get(0).key(), StandardCharsets.UTF_8))
        .isEqualTo("cancel/" + RUN);
    assertThat(committedOffset()).isEqualTo(1);
  }

  @Test
  void shouldKeepOrdersAboutSingleDatasetsApart() {
    receive(RUN.toString(), command("warehouse/public/orders"));

    commands.step();

    assertThat(new String(written().get(0).key(), StandardCharsets.UTF_8))
        .isEqualTo("cancel/" + RUN + "/warehouse/public/orders");
  }

  @Test
  void shouldReportABadCommandAndFollowItsNeighbour() {
    receive("another key", command(null));
    receive(RUN.toString(), command(null));

    commands.step();

    assertThat(only(DeadLetter.class, topics.deadLetters().name()).getCode())
        .isEqualTo(ReasonCode.KEY_MISMATCH.name());
    assertThat(only(LedgerEntry.class, topics.runLedger().name()).getRunId())
        .isEqualTo(RUN.toString());
    assertThat(committedOffset()).isEqualTo(2);
    assertThat(
            meters
                .get("profilemesh.dead.letters")
                .tags("topic", topics.runCommands().name(), "reason", "KEY_MISMATCH")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void shouldReadAgainWhatItCouldNotPass() {
    // given
    receive(RUN.toString(), command(null));
    commands.step();
    producers.get(0).sendOffsetsToTransactionException = new CommitFailedException();
    receive(RUN.toString(), command("warehouse/public/orders"));

    // when
    commands.step();
    assertThat(written()).hasSize(1);
    producers.get(0).sendOffsetsToTransactionException = null;
    receiveAgain(0, RUN.toString(), command(null));
    receiveAgain(1, RUN.toString(), command("warehouse/public/orders"));
    commands.step();

    // then
    assertThat(written()).hasSize(3);
    assertThat(committedOffset()).isEqualTo(2);
  }

  private static RunCommand command(String datasetId) {
    return RunCommand.newBuilder()
        .setCommandId(UUID.randomUUID().toString())
        .setKind(RunCommandKind.CANCEL)
        .setRunId(RUN.toString())
        .setDatasetId(datasetId)
        .setActor("ada")
        .setReason("Wrong table")
        .setIssuedAt(java.time.Instant.parse("2026-11-20T10:00:00Z"))
        .build();
  }

  private void receive(String key, RunCommand command) {
    receiveAgain(nextOffset++, key, command);
  }

  private void receiveAgain(long offset, String key, RunCommand command) {
    consumer.addRecord(
        new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            offset,
            key.getBytes(StandardCharsets.UTF_8),
            serializer.serialize(topics.runCommands().name(), command)));
  }

  private MockProducer<byte[], byte[]> producer() {
    MockProducer<byte[], byte[]> fresh =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    producers.add(fresh);
    return fresh;
  }

  private List<ProducerRecord<byte[], byte[]>> written() {
    return producers.stream().flatMap(producer -> producer.history().stream()).toList();
  }

  private <T extends SpecificRecord> T only(Class<T> type, String topic) {
    List<T> found =
        written().stream()
            .filter(record -> record.topic().equals(topic))
            .map(
                record ->
                    ((Decoded.Value<T>) new RecordDecoder<>(registry, type).decode(record.value()))
                        .record())
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private long committedOffset() {
    return producers.stream()
        .flatMap(producer -> producer.consumerGroupOffsetsHistory().stream())
        .flatMap(groups -> groups.values().stream())
        .mapToLong(offsets -> offsets.get(partition).offset())
        .max()
        .orElse(-1);
  }
}
