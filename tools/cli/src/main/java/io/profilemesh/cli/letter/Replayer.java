package io.profilemesh.cli.letter;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.letter.Replay.Outcome;
import io.profilemesh.schema.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Gives records to one partition once more, each once: the copy says in a header which record it is
 * of, and whoever replays looks for such a copy first. The transactional id is the partition's, so
 * that of two who do so at once one is cut off before it has written.
 */
final class Replayer implements AutoCloseable {

  /** Header of a copy: topic, partition and offset of the record that it is of. */
  static final String HEADER = "profilemesh_replay_of";

  private static final int GIVE_UP_MS = 15_000;

  /** Clocks of brokers and of this machine may differ by less than this. */
  private static final Duration SKEW = Duration.ofHours(1);

  private final KafkaProducer<byte[], byte[]> producer;
  private final PartitionReader reader;

  Replayer(
      String bootstrapServers,
      String topicPrefix,
      TopicPartition partition,
      PartitionReader reader) {
    this.reader = reader;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.CLIENT_ID_CONFIG,
                "profilemesh-cli",
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                topicPrefix + "replay-" + partition,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                GIVE_UP_MS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                GIVE_UP_MS / 3,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                GIVE_UP_MS),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    try {
      producer.initTransactions();
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /** Names the record that a letter is about. */
  static String mark(Letter letter) {
    DeadLetter where = letter.letter();
    return where.getTopic() + "/" + where.getPartition() + "/" + where.getOffset();
  }

  /** Whether a copy of the letter's record stands in its partition. */
  static boolean isReplayed(PartitionReader reader, Letter letter, String mark) {
    DeadLetter where = letter.letter();
    TopicPartition partition = new TopicPartition(where.getTopic(), where.getPartition());
    byte[] wanted = mark.getBytes(StandardCharsets.UTF_8);
    boolean[] found = new boolean[1];
    long from =
        Math.max(where.getOffset() + 1, reader.since(partition, letter.refusedAt().minus(SKEW)));
    reader.read(
        partition,
        from,
        record -> {
          Header header = record.headers().lastHeader(HEADER);
          found[0] = header != null && Arrays.equals(header.value(), wanted);
          return !found[0];
        });
    return found[0];
  }

  /** Writes the copy of a record, unless it is there. */
  Outcome replay(Letter letter, ConsumerRecord<byte[], byte[]> record) {
    String mark = mark(letter);
    if (isReplayed(reader, letter, mark)) {
      return Outcome.ALREADY_REPLAYED;
    }
    Headers headers = new RecordHeaders(record.headers().toArray());
    headers.remove(HEADER);
    headers.add(HEADER, mark.getBytes(StandardCharsets.UTF_8));
    try {
      producer.beginTransaction();
      producer
          .send(
              new ProducerRecord<>(
                  record.topic(), record.partition(), null, record.key(), record.value(), headers))
          .get();
      producer.commitTransaction();
      return Outcome.REPLAYED;
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      throw cutOff(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted", "", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProducerFencedException
          || e.getCause() instanceof InvalidProducerEpochException) {
        throw cutOff(e);
      }
      throw new KafkaException("the record could not be written", e.getCause());
    }
  }

  private static Failure cutOff(Exception cause) {
    return Failure.failed(
        "somebody else replays records of the same partition",
        "Ask again: what was replayed is left out.",
        cause);
  }

  @Override
  public void close() {
    producer.close(Duration.ofMillis(GIVE_UP_MS));
  }
}
