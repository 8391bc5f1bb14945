package io.profilemesh.cli.letter;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.connection.KafkaAddress;
import io.profilemesh.cli.letter.Replay.Outcome;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.Topic;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.RegistryUnavailableException;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;

/** The dead letters of a Kafka cluster. */
public final class KafkaDeadLetters implements DeadLetterDesk {

  private final KafkaAddress address;
  private final RecordDecoder<DeadLetter> decoder;
  private final PartitionReader reader;
  private final String topic;
  private final Set<String> replayable;

  /**
   * @param registryConfig Confluent's configuration keys
   */
  public KafkaDeadLetters(KafkaAddress address, Map<String, String> registryConfig) {
    this.address = address;
    this.decoder = new RecordDecoder<>(SchemaRegistryClient.of(registryConfig), DeadLetter.class);
    this.reader = new PartitionReader(address.bootstrapServers());
    Topics topics = new Topics(address.topicPrefix());
    this.topic = topics.deadLetters().name();
    this.replayable =
        topics.all().stream()
            .map(Topic::name)
            .filter(name -> !name.equals(topic))
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<Letter> read(Predicate<Letter> wanted) {
    return asking(
        () -> {
          List<Letter> letters = new ArrayList<>();
          for (TopicPartition partition : reader.partitions(topic)) {
            reader.read(
                partition,
                0,
                record -> {
                  letter(record).filter(wanted).ifPresent(letters::add);
                  return true;
                });
          }
          letters.sort(Comparator.comparing(Letter::refusedAt).reversed());
          return letters;
        });
  }

  private Optional<Letter> letter(ConsumerRecord<byte[], byte[]> record) {
    // What is no letter is not ours to report: writing one about it would never end.
    if (decoder.decode(record.value()) instanceof Decoded.Value<DeadLetter> good) {
      byte[] key = record.key();
      return Optional.of(
          new Letter(
              good.record(),
              key == null ? null : new String(key, StandardCharsets.UTF_8),
              Instant.ofEpochMilli(record.timestamp())));
    }
    return Optional.empty();
  }

  @Override
  public Original original(Letter letter) {
    return asking(
        () ->
            record(letter)
                .map(
                    record -> {
                      List<String> headers = new ArrayList<>();
                      record.headers().forEach((Header header) -> headers.add(header.key()));
                      return new Original(
                          true,
                          headers,
                          Replayer.isReplayed(reader, letter, Replayer.mark(letter)));
                    })
                .orElse(Original.GONE));
  }

  private Optional<ConsumerRecord<byte[], byte[]>> record(Letter letter) {
    DeadLetter where = letter.letter();
    if (!replayable.contains(where.getTopic())) {
      return Optional.empty();
    }
    return reader.at(new TopicPartition(where.getTopic(), where.getPartition()), where.getOffset());
  }

  @Override
  public List<Replay> replay(List<Letter> letters, boolean onlySay) {
    Map<String, Letter> records = new LinkedHashMap<>();
    letters.forEach(letter -> records.putIfAbsent(Replayer.mark(letter), letter));
    Map<TopicPartition, List<Letter>> partitions = new LinkedHashMap<>();
    List<Replay> replays = new ArrayList<>();
    for (Letter letter : records.values()) {
      DeadLetter where = letter.letter();
      if (replayable.contains(where.getTopic())) {
        partitions
            .computeIfAbsent(
                new TopicPartition(where.getTopic(), where.getPartition()),
                key -> new ArrayList<>())
            .add(letter);
      } else {
        replays.add(new Replay(letter, Outcome.FOREIGN));
      }
    }
    return asking(
        () -> {
          partitions.forEach((partition, each) -> replays.addAll(replay(partition, each, onlySay)));
          return replays;
        });
  }

  private List<Replay> replay(TopicPartition partition, List<Letter> letters, boolean onlySay) {
    List<Letter> inOrder = new ArrayList<>(letters);
    inOrder.sort(Comparator.comparing(letter -> letter.letter().getOffset()));
    if (onlySay) {
      return inOrder.stream().map(letter -> new Replay(letter, wouldBe(original(letter)))).toList();
    }
    try (Replayer replayer =
        new Replayer(address.bootstrapServers(), address.topicPrefix(), partition, reader)) {
      return inOrder.stream()
          .map(
              letter ->
                  new Replay(
                      letter,
                      record(letter)
                          .map(record -> replayer.replay(letter, record))
                          .orElse(Outcome.GONE)))
          .toList();
    }
  }

  private static Outcome wouldBe(Original original) {
    return !original.there()
        ? Outcome.GONE
        : original.replayed() ? Outcome.ALREADY_REPLAYED : Outcome.WOULD_REPLAY;
  }

  private <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (InterruptException e) {
      throw Failure.failed("interrupted", "", e);
    } catch (KafkaException | RegistryUnavailableException e) {
      throw Failure.failed(
          "the dead letters at "
              + address.bootstrapServers()
              + " cannot be used: "
              + e.getMessage(),
          "Look at the mesh: profilemesh doctor",
          e);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
