package io.profilemesh.profiler.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.profiler.publish.Chaos.HaltPoint;
import io.profilemesh.profiler.publish.TransactionalWriter.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TransactionalWriterTest {

  private static final ConsumerGroupMetadata GROUP = new ConsumerGroupMetadata("workers");
  private static final TopicPartition PARTITION = new TopicPartition("work", 0);
  private static final List<ProducerRecord<byte[], byte[]>> RECORDS =
      List.of(new ProducerRecord<>("results", new byte[] {1}));
  private static final Map<TopicPartition, OffsetAndMetadata> OFFSETS =
      Map.of(PARTITION, new OffsetAndMetadata(5));

  private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
  private Consumer<MockProducer<byte[], byte[]>> preparation = producer -> {};

  @Test
  void shouldCommitRecordsAndOffsetsTogether() {
    Outcome outcome = writer().write(RECORDS, OFFSETS, GROUP);

    assertThat(outcome).isEqualTo(Outcome.COMMITTED);
    assertThat(producers.get(0).history()).isEqualTo(RECORDS);
    assertThat(producers.get(0).consumerGroupOffsetsHistory())
        .containsExactly(Map.of("workers", OFFSETS));
  }

  @Test
  void shouldWriteNothingWhenGroupGaveThePartitionsAway() {
    // given
    preparation =
        producer -> producer.sendOffsetsToTransactionException = new CommitFailedException();

    // when
    Outcome outcome = writer().write(RECORDS, OFFSETS, GROUP);

    // then
    assertThat(outcome).isEqualTo(Outcome.NOT_A_MEMBER);
    assertThat(producers.get(0).transactionAborted()).isTrue();
    assertThat(producers.get(0).history()).isEmpty();
  }

  @Test
  void shouldTryAgainWithTheSameProducerWhenATransactionAborts() {
    // given
    TransactionalWriter writer = writer();
    writer.open();
    producers.get(0).sendException = new TimeoutException("no broker");

    // when
    Outcome first = writer.write(RECORDS, OFFSETS, GROUP);
    producers.get(0).sendException = null;
    Outcome second = writer.write(RECORDS, OFFSETS, GROUP);

    // then
    assertThat(first).isEqualTo(Outcome.ABORTED);
    assertThat(second).isEqualTo(Outcome.COMMITTED);
    assertThat(producers).hasSize(1);
  }

  @Test
  void shouldReplaceTheProducerWhenItIsFenced() {
    // given
    TransactionalWriter writer = writer();
    writer.open();
    producers.get(0).fenceProducer();

    // when
    Outcome first = writer.write(RECORDS, OFFSETS, GROUP);
    Outcome second = writer.write(RECORDS, OFFSETS, GROUP);

    // then
    assertThat(first).isEqualTo(Outcome.ABORTED);
    assertThat(second).isEqualTo(Outcome.COMMITTED);
    assertThat(producers).hasSize(2);
    assertThat(producers.get(0).closed()).isTrue();
  }

  @Test
  void shouldNotClaimToKnowWhenTheAnswerToACommitIsLost() {
    // given
    preparation = producer -> producer.commitTransactionException = new TimeoutException("lost");

    // when
    TransactionalWriter writer = writer();
    Outcome outcome = writer.write(RECORDS, OFFSETS, GROUP);

    // then
    assertThat(outcome).isEqualTo(Outcome.UNKNOWN);
    preparation = producer -> {};
    writer.open();
    assertThat(producers).hasSize(2);
    assertThat(producers.get(1).transactionInitialized()).isTrue();
  }

  @Test
  void shouldReportAbortedWhenTransactionsCannotBeInitialised() {
    preparation =
        producer -> producer.initTransactionException = new ProducerFencedException("twin");

    Outcome outcome = writer().write(RECORDS, OFFSETS, GROUP);

    assertThat(outcome).isEqualTo(Outcome.ABORTED);
    assertThat(producers.get(0).closed()).isTrue();
  }

  @Test
  void shouldCommitOffsetsApartWhenDeduplicationIsSwitchedOff() {
    // given
    TransactionalWriter writer =
        new TransactionalWriter(this::producer, new Chaos(false, HaltPoint.NOWHERE, 0));

    // when
    Outcome outcome = writer.write(RECORDS, OFFSETS, GROUP);

    // then
    assertThat(outcome).isEqualTo(Outcome.COMMITTED);
    assertThat(producers.get(0).commitCount()).isEqualTo(2);
  }

  @Test
  void shouldDieOnlyAtTheNamedPoint() {
    List<Integer> exits = new ArrayList<>();
    Chaos chaos = new Chaos(true, HaltPoint.BEFORE_PUBLISH, 1);

    chaos.pass(HaltPoint.BETWEEN_SEND_AND_COMMIT, exits::add);
    assertThat(exits).isEmpty();
    chaos.pass(HaltPoint.BEFORE_PUBLISH, exits::add);
    assertThat(exits).containsExactly(137);
    Chaos.NONE.pass(HaltPoint.NOWHERE, exits::add);
    assertThat(exits).hasSize(1);
  }

  private TransactionalWriter writer() {
    return new TransactionalWriter(this::producer, Chaos.NONE);
  }

  private Producer<byte[], byte[]> producer() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    preparation.accept(producer);
    producers.add(producer);
    return producer;
  }
}
