package io.profilemesh.query.seed;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.RunId;
import io.profilemesh.query.history.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeedsTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void shouldBeginWithTheOldestOfTheNewestRuns() {
    // given
    List<StoredRun> stored = List.of(run(5, null, 4), run(4, null, 4), run(3, null, 4));

    // when
    Seeds seeds = Seeds.choose(stored, Set.of(), 2);

    // then
    assertThat(seeds.runs()).containsExactly(run(4, null, 4), run(5, null, 4));
  }

  @Test
  void shouldTakeTheLastRunOfEachPeriod() {
    // given: the period of day 1 was profiled on day 2 and again on day 9
    List<StoredRun> stored = List.of(run(3, 2, 4), run(2, 1, 4), run(9, 1, 4));

    // when
    Seeds seeds = Seeds.choose(stored, Set.of(), 60);

    // then
    assertThat(seeds.runs()).containsExactly(run(9, 1, 4), run(3, 2, 4));
  }

  @Test
  void shouldLeaveOutConfirmedFaultsAndRunsThatAreTooWide() {
    // given
    List<StoredRun> stored = List.of(run(4, null, 1_601), run(3, null, 1_600), run(2, null, 4));

    // when
    Seeds seeds = Seeds.choose(stored, Set.of(new RunId(new UUID(7, 2))), 60);

    // then
    assertThat(seeds).isEqualTo(new Seeds(List.of(run(3, null, 1_600)), 1, 1));
  }

  @Test
  void shouldReadFewColumnsAtATime() {
    // given
    List<StoredRun> runs = IntStream.range(0, 5).mapToObj(day -> run(day, null, 900)).toList();

    // when
    Seeds seeds = new Seeds(runs, 0, 0);

    // then
    assertThat(seeds.shares()).extracting(List::size).containsExactly(2, 2, 1);
    assertThat(seeds.shares().stream().flatMap(List::stream)).containsExactlyElementsOf(runs);
  }

  private static StoredRun run(int day, @Nullable Integer period, int columns) {
    return new StoredRun(
        new UUID(7, day),
        period == null ? "shop/public/orders" : "shop/public/orders@daily",
        "test",
        "request",
        null,
        null,
        List.of(),
        at(day),
        at(day).plusSeconds(2),
        period == null ? null : at(period),
        period == null ? null : at(period + 1),
        1_000,
        "exact",
        columns);
  }

  private static Instant at(int day) {
    return START.plus(Duration.ofDays(day));
  }
}
