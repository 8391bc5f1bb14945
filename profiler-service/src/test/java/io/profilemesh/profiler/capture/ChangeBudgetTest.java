package io.profilemesh.profiler.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.configuration.ChangeRules;
import io.profilemesh.profiler.capture.ChangeBudget.Ask;
import io.profilemesh.schema.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ChangeBudgetTest {

  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  private static final OptionalLong UNKNOWN = OptionalLong.empty();
  private static final ChangeRules RULES =
      new ChangeRules(
          true, 1_000L, 0.25, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(24));

  @Test
  void shouldAskForNothingWhenNothingHasChanged() {
    assertThat(decide(TableChanges.since(START), UNKNOWN, START.plusSeconds(3_600))).isEmpty();
  }

  @Test
  void shouldWaitWhileChangesGoOn() {
    // given
    TableChanges changes = inserted(TableChanges.since(START), 10, START);

    // then
    assertThat(decide(changes, UNKNOWN, START.plusSeconds(29))).isEmpty();
  }

  @Test
  void shouldAskOnceChangesHaveGoneQuiet() {
    // given
    TableChanges changes = inserted(TableChanges.since(START), 10, START);

    // then
    assertThat(decide(changes, UNKNOWN, START.plusSeconds(30)))
        .contains(new Ask(Trigger.CHANGE_CAPTURE, "10 rows inserted, then none for 30s."));
  }

  @Test
  void shouldAskAtOnceWhenEnoughRowsHaveChanged() {
    // given
    TableChanges changes = inserted(TableChanges.since(START), 1_000, START);

    // then
    assertThat(decide(changes, UNKNOWN, START))
        .contains(new Ask(Trigger.CHANGE_CAPTURE, "1,000 rows inserted, at least 1,000."));
  }

  @Test
  void shouldAskAtOnceWhenEnoughOfTheTableHasChanged() {
    // given
    TableChanges changes = inserted(TableChanges.since(START), 25, START);

    // then
    assertThat(decide(changes, OptionalLong.of(100), START))
        .contains(new Ask(Trigger.CHANGE_CAPTURE, "25 rows inserted, at least 25 % of the table."));
    assertThat(decide(changes, OptionalLong.of(101), START)).isEmpty();
  }

  @Test
  void shouldAskAtOnceWhenTheTableWasTruncated() {
    // given
    TableChanges changes = TableChanges.since(START).changed(new ChangeCounts(0, 0, 0, 1), START);

    // then
    assertThat(decide(changes, UNKNOWN, START))
        .contains(new Ask(Trigger.CHANGE_CAPTURE, "The table truncated."));
  }

  @Test
  void shouldAskForNothingWhileARequestIsUnderWay() {
    // given
    TableChanges changes = inserted(TableChanges.since(START), 1_000, START);

    // then
    assertThat(ChangeBudget.decide(changes, RULES, UNKNOWN, true, START.plusSeconds(3_600)))
        .isEmpty();
  }

  @Test
  void shouldKeepTheLeastTimeBetweenRequests() {
    // given
    TableChanges asked = TableChanges.since(START).requested("one", START);
    TableChanges changes = inserted(asked, 5_000, START.plusSeconds(1));

    // then
    assertThat(decide(changes, UNKNOWN, START.plusSeconds(299))).isEmpty();
    assertThat(decide(changes, UNKNOWN, START.plusSeconds(300))).isPresent();
  }

  @Test
  void shouldStartCountingAnewOnceAskedFor() {
    // given
    TableChanges asked =
        inserted(TableChanges.since(START), 5_000, START).requested("one", START.plusSeconds(1));

    // then
    assertThat(asked.isPending()).isFalse();
    assertThat(asked.requests()).isEqualTo(1);
    assertThat(decide(asked, UNKNOWN, START.plusSeconds(3_600))).isEmpty();
  }

  @Test
  void shouldSweepWhatHasNotBeenLookedAtForLong() {
    // given
    TableChanges changes = TableChanges.since(START);

    // then
    assertThat(decide(changes, UNKNOWN, START.plus(Duration.ofHours(24))))
        .contains(new Ask(Trigger.SWEEP, "No change was seen for 24h: a look all the same."));
  }

  @Test
  void shouldLookWhenChangesMayHaveBeenMissed() {
    // given
    TableChanges asked = TableChanges.since(START).requested("one", START);
    Instant later = START.plus(RULES.minInterval());

    // then: not more often than any other request
    assertThat(decide(asked.missed("The slot was gone."), UNKNOWN, later.minusMillis(1))).isEmpty();

    // then: whether the table changed is not known, so an unchanged one may be passed over
    assertThat(decide(asked.missed("The slot was gone."), UNKNOWN, later))
        .contains(new Ask(Trigger.SWEEP, "The slot was gone."));
    assertThat(decide(inserted(asked.missed("The slot was gone."), 1, START), UNKNOWN, later))
        .contains(new Ask(Trigger.CHANGE_CAPTURE, "The slot was gone."));
  }

  private static TableChanges inserted(TableChanges before, long rows, Instant at) {
    return before.changed(new ChangeCounts(rows, 0, 0, 0), at);
  }

  private static Optional<Ask> decide(TableChanges changes, OptionalLong rows, Instant now) {
    return ChangeBudget.decide(changes, RULES, rows, false, now);
  }
}
