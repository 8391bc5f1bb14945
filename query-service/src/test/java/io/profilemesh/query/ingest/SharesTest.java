package io.profilemesh.query.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {

  private static final int LARGE = (int) Shares.WORTHWHILE_BYTES;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 17, 60})
  void shouldKeepEachPartitionInOneShareAndInOrder(int records) {
    for (int seed = 0; seed < 30; seed++) {
      check(records, new Random(seed));
    }
  }

  private static void check(int records, Random chance) {
    int most = 1 + chance.nextInt(6);
    List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      batch.add(record(chance.nextInt(8), i, chance.nextInt(3) == 0 ? LARGE : 10));
    }

    List<List<ConsumerRecord<byte[], byte[]>>> shares = Shares.of(batch, most);

    assertThat(shares).hasSizeLessThanOrEqualTo(most);
    assertThat(shares.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(batch);
    for (int partition = 0; partition < 8; partition++) {
      int own = partition;
      List<List<Long>> offsets =
          shares.stream()
              .map(share -> offsets(share, own))
              .filter(found -> !found.isEmpty())
              .toList();
      assertThat(offsets).hasSizeLessThanOrEqualTo(1);
      offsets.forEach(found -> assertThat(found).isSorted());
    }
  }

  @Test
  void shouldDivideOnlyWhatIsWorthIt() {
    List<ConsumerRecord<byte[], byte[]>> small = List.of(record(0, 0, 10), record(1, 0, 10));
    List<ConsumerRecord<byte[], byte[]>> large =
        List.of(record(0, 0, LARGE), record(1, 0, LARGE), record(2, 0, LARGE), record(3, 0, LARGE));

    assertThat(Shares.of(small, 4)).hasSize(1);
    assertThat(Shares.of(large, 4)).hasSize(4);
    assertThat(Shares.of(large, 1)).hasSize(1);
    assertThat(Shares.of(large, 2))
        .extracting(
            share ->
                share.stream().map(ConsumerRecord::partition).collect(Collectors.toSet()).size())
        .containsExactly(2, 2);
  }

  @Test
  @Timeout(10)
  void shouldStoreSharesAtTheSameTimeAndReturnWhenAllAreDone() {
    CyclicBarrier together = new CyclicBarrier(3);
    ConcurrentLinkedQueue<Integer> done = new ConcurrentLinkedQueue<>();
    List<Runnable> parts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int part = i;
      parts.add(
          () -> {
            try {
              together.await(5, TimeUnit.SECONDS);
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
            done.add(part);
          });
    }

    new SinkWriters(3).together(parts);

    assertThat(done).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  @Timeout(10)
  void shouldDoEverythingItselfWhenAllThreadsAreBusy() throws Exception {
    SinkWriters writers = new SinkWriters(2);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread other =
        new Thread(
            () ->
                writers.together(
                    List.of(
                        () -> waitFor(end),
                        () -> {
                          begun.countDown();
                          waitFor(end);
                        })));
    other.start();
    begun.await();
    ConcurrentLinkedQueue<Thread> by = new ConcurrentLinkedQueue<>();

    writers.together(
        List.of(() -> by.add(Thread.currentThread()), () -> by.add(Thread.currentThread())));

    assertThat(by).containsExactly(Thread.currentThread(), Thread.currentThread());
    end.countDown();
    other.join();
  }

  @Test
  void shouldFailOnlyWhenEverythingHasEnded() {
    ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();

    assertThatThrownBy(
            () ->
                new SinkWriters(2)
                    .together(
                        List.of(
                            () -> {
                              throw new SinkStoppedException();
                            },
                            () -> done.add("second"))))
        .isInstanceOf(SinkStoppedException.class);
    assertThat(done).containsExactly("second");
  }

  @Test
  @Timeout(10)
  void shouldWaitForABatchToEndBeforeItsPartitionGoes() throws Exception {
    WritesUnderWay writes = new WritesUnderWay();
    TopicPartition mine = new TopicPartition("t", 0);
    writes.begin(Set.of(mine));
    assertThat(writes.awaitNone(Set.of(new TopicPartition("t", 1)), Duration.ofSeconds(5)))
        .isTrue();
    assertThat(writes.awaitNone(Set.of(mine), Duration.ofMillis(20))).isFalse();
    Thread writer = new Thread(() -> writes.end(Set.of(mine)));
    writer.start();

    assertThat(writes.awaitNone(Set.of(mine), Duration.ofSeconds(8))).isTrue();
    writer.join();
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Long> offsets(List<ConsumerRecord<byte[], byte[]>> share, int partition) {
    return share.stream()
        .filter(one -> one.partition() == partition)
        .map(ConsumerRecord::offset)
        .toList();
  }

  private static ConsumerRecord<byte[], byte[]> record(int partition, long offset, int bytes) {
    return new ConsumerRecord<>(
        "t",
        partition,
        offset,
        0,
        TimestampType.CREATE_TIME,
        0,
        bytes,
        new byte[0],
        new byte[0],
        new RecordHeaders(),
        Optional.empty());
  }
}
