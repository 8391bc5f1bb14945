package io.profilemesh.profiler.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.schema.ReasonCode;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class PartitionRunsTest {

  private final PartitionRuns runs =
      new PartitionRuns(Runs.PARTITION, CompletableFuture.completedFuture(null));

  @Test
  void shouldHoldTheMarkAtTheLowestRunNotEnded() {
    Run first = take(10, "a");
    Run second = take(11, "b");
    Run third = take(12, "c");

    assertThat(runs.lowWater(Set.of(second)).offset()).isEqualTo(10);
    assertThat(runs.lowWater(Set.of(second)).moved()).isFalse();
    assertThat(runs.lowWater(Set.of(first)).offset()).isEqualTo(11);
    assertThat(runs.lowWater(Set.of(first, second, third)).offset()).isEqualTo(13);
    runs.forget(second);
    assertThat(runs.lowWater(Set.of(first)).offset()).isEqualTo(12);
  }

  @Test
  void shouldNotPassRecordsItHasNotLookedAt() {
    runs.receive(record(10));

    assertThat(runs.lowWater(Set.of()).offset()).isEqualTo(10);
  }

  @Test
  void shouldReportABadRecordOnlyWithTheMarkThatPassesIt() {
    // given
    Run first = take(10, "a");
    runs.receive(record(11));
    runs.unread().removeFirst();
    DeadWork bad = new DeadWork(record(11), ReasonCode.UNDECODABLE_RECORD, "bad", null);
    runs.add(bad);

    // when, then
    assertThat(runs.lowWater(Set.of()).dead()).isEmpty();
    PartitionRuns.LowWater mark = runs.lowWater(Set.of(first));
    assertThat(mark.dead()).containsExactly(bad);
    assertThat(mark.offset()).isEqualTo(12);

    runs.forget(first);
    runs.committed(mark);
    assertThat(runs.lowWater(Set.of()).dead()).isEmpty();
    assertThat(runs.lowWater(Set.of()).moved()).isFalse();
  }

  @Test
  void shouldPassMarksOfTransactionsBehindTheLastRecord() {
    Run only = take(10, "a");
    runs.readUpTo(12);

    assertThat(runs.lowWater(Set.of()).offset()).isEqualTo(10);
    assertThat(runs.lowWater(Set.of(only)).offset()).isEqualTo(12);
  }

  @Test
  void shouldOfferOnlyTheFirstRunOfADataset() {
    Run first = take(10, "a");
    Run second = take(11, "a");
    Run other = take(12, "b");

    assertThat(runs.firstOfEachDataset()).containsExactly(first, other);
    runs.forget(first);
    assertThat(runs.firstOfEachDataset()).containsExactly(second, other);
  }

  @Test
  void shouldKnowARunFromItsLikeOfAFormerAssignment() {
    Run held = take(10, "a");

    assertThat(runs.holds(held)).isTrue();
    assertThat(runs.holds(Runs.run(10, "a"))).isFalse();
  }

  private Run take(long offset, String table) {
    runs.receive(record(offset));
    runs.unread().removeFirst();
    Run run = Runs.run(offset, table);
    runs.add(run);
    return run;
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return new ConsumerRecord<>(
        Runs.PARTITION.topic(), Runs.PARTITION.partition(), offset, null, null);
  }
}
