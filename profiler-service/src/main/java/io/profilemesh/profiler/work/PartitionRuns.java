package io.profilemesh.profiler.work;

import io.profilemesh.core.profile.DatasetId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What this worker holds of one partition: records not looked at yet, and runs not ended yet.
 *
 * <p>Runs end in any order; the offset to commit is the low-water mark, below which everything has
 * ended. What has ended above it is in the ledger. Confined to the control thread.
 */
final class PartitionRuns {

  private final TopicPartition partition;
  private final CompletableFuture<Void> ledgerKnown;
  private final Deque<ConsumerRecord<byte[], byte[]>> unread = new ArrayDeque<>();
  private final TreeMap<Long, Run> open = new TreeMap<>();
  private final TreeMap<Long, DeadWork> dead = new TreeMap<>();
  private long next = -1;
  private long committed = -1;

  /**
   * @param ledgerKnown completes when every run that ended under former owners is known
   */
  PartitionRuns(TopicPartition partition, CompletableFuture<Void> ledgerKnown) {
    this.partition = partition;
    this.ledgerKnown = ledgerKnown;
  }

  TopicPartition partition() {
    return partition;
  }

  boolean isReady() {
    return ledgerKnown.isDone();
  }

  void receive(ConsumerRecord<byte[], byte[]> record) {
    if (committed < 0) {
      committed = record.offset();
    }
    unread.add(record);
    next = record.offset() + 1;
  }

  /**
   * Notes how far the consumer has read: beyond the last record where the log holds the marks of
   * transactions, which would else count as lag for ever.
   */
  void readUpTo(long position) {
    if (committed < 0) {
      committed = position;
    }
    next = Math.max(next, position);
  }

  Deque<ConsumerRecord<byte[], byte[]>> unread() {
    return unread;
  }

  void add(Run run) {
    open.put(run.offset(), run);
  }

  void add(DeadWork work) {
    dead.put(work.offset(), work);
  }

  /** Runs not ended yet or not published yet, in the order of the log. */
  Collection<Run> open() {
    return open.values();
  }

  int held() {
    return open.size() + unread.size() + dead.size();
  }

  boolean holds(Run run) {
    return open.get(run.offset()) == run;
  }

  /** Runs that are first of their dataset here: a dataset is scanned once at a time, in order. */
  List<Run> firstOfEachDataset() {
    Set<DatasetId> seen = new HashSet<>();
    return open.values().stream().filter(run -> seen.add(run.key().dataset())).toList();
  }

  void forget(Run run) {
    open.remove(run.offset(), run);
  }

  /**
   * Where the partition stands once the given runs have ended: the low-water mark, and the bad
   * records below it, whose dead letters are written together with it so that each is written once.
   */
  LowWater lowWater(Collection<Run> ending) {
    long mark = next;
    if (!unread.isEmpty()) {
      mark = unread.getFirst().offset();
    }
    for (Run run : open.values()) {
      if (!ending.contains(run)) {
        mark = Math.min(mark, run.offset());
        break;
      }
    }
    return new LowWater(mark, List.copyOf(dead.headMap(mark).values()), mark > committed);
  }

  void committed(LowWater reached) {
    committed = Math.max(committed, reached.offset());
    dead.headMap(reached.offset()).clear();
  }

  /**
   * @param offset next offset to read after a restart
   * @param dead bad records below it that have not been reported
   * @param moved whether it is above what was committed last
   */
  record LowWater(long offset, List<DeadWork> dead, boolean moved) {
    LowWater {
      dead = List.copyOf(dead);
    }
  }
}
