package io.profilemesh.query.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Divides a batch into parts that can be stored at the same time: no partition is in two, and the
 * records of each stay in order.
 */
final class Shares {

  /**
   * A part has at least so many bytes: each waits for the disk once, which a few records do not
   * repay.
   */
  static final long WORTHWHILE_BYTES = 256 * 1024;

  private Shares() {}

  /**
   * The parts, about as large as each other; one where there is nothing to gain.
   *
   * @param most parts at most
   */
  static List<List<ConsumerRecord<byte[], byte[]>>> of(
      Iterable<ConsumerRecord<byte[], byte[]>> batch, int most) {
    Map<TopicPartition, Share> partitions = new LinkedHashMap<>();
    long bytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : batch) {
      partitions
          .computeIfAbsent(
              new TopicPartition(record.topic(), record.partition()), one -> new Share())
          .add(record);
      bytes += size(record);
    }
    long worthwhile = Math.max(1, bytes / WORTHWHILE_BYTES);
    int number = (int) Math.min(Math.min(most, partitions.size()), worthwhile);
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      shares.add(new Share());
    }
    partitions.values().stream()
        .sorted(Comparator.comparingLong((Share one) -> one.bytes).reversed())
        .forEach(one -> shares.stream().min(Comparator.comparingLong(s -> s.bytes)).get().add(one));
    return shares.stream().<List<ConsumerRecord<byte[], byte[]>>>map(one -> one.records).toList();
  }

  private static int size(ConsumerRecord<byte[], byte[]> record) {
    return Math.max(0, record.serializedValueSize());
  }

  /** Records and their bytes. */
  private static final class Share {
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private long bytes;

    void add(ConsumerRecord<byte[], byte[]> record) {
      records.add(record);
      bytes += size(record);
    }

    void add(Share other) {
      records.addAll(other.records);
      bytes += other.bytes;
    }
  }
}
