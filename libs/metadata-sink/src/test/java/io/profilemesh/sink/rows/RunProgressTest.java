package io.profilemesh.sink.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.sink.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunProgressTest {

  private final Samples run = Samples.of("orders", "00000000-0000-4000-8000-000000000001");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shouldAmountToTheSameInAnyOrderSplitAndRepetition(long seed) {
    // given
    Random random = new Random(seed);
    List<RunEvent> events = history();
    RunProgress expected = merge(events);

    for (int round = 0; round < 200; round++) {
      // when
      List<RunEvent> shuffled = new ArrayList<>(events);
      for (int i = random.nextInt(5); i > 0; i--) {
        shuffled.add(events.get(random.nextInt(events.size())));
      }
      Collections.shuffle(shuffled, random);
      int cut = 1 + random.nextInt(shuffled.size() - 1);
      RunProgress left = merge(shuffled.subList(0, cut));
      RunProgress right = merge(shuffled.subList(cut, shuffled.size()));

      // then
      assertThat(left.merge(right)).isEqualTo(expected);
      assertThat(right.merge(left)).isEqualTo(expected);
    }
  }

  @Test
  void shouldRankOutcomesAboveOneAnother() {
    assertThat(decides(RunEventType.SKIPPED, RunEventType.STARTED)).isEqualTo(RunEventType.SKIPPED);
    assertThat(decides(RunEventType.CANCELLED, RunEventType.SKIPPED))
        .isEqualTo(RunEventType.CANCELLED);
    assertThat(decides(RunEventType.FAILED, RunEventType.CANCELLED)).isEqualTo(RunEventType.FAILED);
    assertThat(decides(RunEventType.COMPLETED, RunEventType.FAILED))
        .isEqualTo(RunEventType.COMPLETED);
  }

  @Test
  void shouldKnowWhenARunWasFirstHeardOfAndFirstStarted() {
    // when
    RunProgress progress = merge(history());

    // then
    assertThat(progress.requestedAt()).isEqualTo(Samples.NOON);
    assertThat(progress.startedAt()).isEqualTo(Samples.NOON.plusSeconds(1));
    assertThat(progress.deciding().getType()).isEqualTo(RunEventType.COMPLETED);
  }

  private RunEventType decides(RunEventType one, RunEventType other) {
    RunProgress left = RunProgress.of(run.event(one, 1, 1));
    RunProgress right = RunProgress.of(run.event(other, 2, 2));
    return right.merge(left).deciding().getType();
  }

  private List<RunEvent> history() {
    return List.of(
        run.event(RunEventType.ACCEPTED, 1, 0),
        run.event(RunEventType.STARTED, 1, 1),
        run.event(RunEventType.PROGRESS, 1, 2),
        run.event(RunEventType.FAILED, 1, 3),
        run.event(RunEventType.STARTED, 2, 4),
        run.event(RunEventType.PROGRESS, 2, 5),
        run.event(RunEventType.COMPLETED, 2, 6));
  }

  private static RunProgress merge(List<RunEvent> events) {
    return events.stream().map(RunProgress::of).reduce(RunProgress::merge).orElseThrow();
  }
}
