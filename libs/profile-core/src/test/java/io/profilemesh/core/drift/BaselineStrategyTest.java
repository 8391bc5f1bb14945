package io.profilemesh.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.RunId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineStrategyTest {

  private static RunPoint run(String name, int day) {
    return new RunPoint(RunId.derivedFrom(name), Profiles.MONDAY.plus(Duration.ofDays(day)));
  }

  @Test
  void shouldTakeTheLastRunBeforeWhenTheRunIsLate() {
    // given
    List<RunPoint> history = List.of(run("d", 4), run("a", 1), run("c", 3));

    // when
    BaselineChoice choice = new BaselineStrategy.Previous().choose(history, run("late", 2));

    // then
    assertThat(choice).isEqualTo(new BaselineChoice.Runs(List.of(run("a", 1))));
  }

  @Test
  void shouldNeverTakeTheRunItselfOrOneOfTheSameInstant() {
    // given
    List<RunPoint> history = List.of(run("self", 1), run("twin", 2));

    // when
    BaselineChoice choice = new BaselineStrategy.Previous().choose(history, run("self", 2));

    // then
    assertThat(choice).isInstanceOf(BaselineChoice.None.class);
  }

  @Test
  void shouldSayWhyWhenThereIsNothingToCompareWith() {
    // given
    BaselineStrategy previous = new BaselineStrategy.Previous();

    // when
    BaselineChoice first = previous.choose(List.of(), run("a", 1));
    BaselineChoice early = previous.choose(List.of(run("b", 2)), run("a", 1));

    // then
    assertThat(((BaselineChoice.None) first).reason().code())
        .isEqualTo(NotEvaluated.Code.FIRST_RUN);
    assertThat(((BaselineChoice.None) early).reason().code())
        .isEqualTo(NotEvaluated.Code.NO_EARLIER_RUN);
  }

  @Test
  void shouldTakeThePinnedRunWhenItIsRemembered() {
    // given
    List<RunPoint> history = List.of(run("a", 1), run("b", 2));
    BaselineStrategy pinned = new BaselineStrategy.Pinned(RunId.derivedFrom("a"));

    // when
    BaselineChoice found = pinned.choose(history, run("c", 3));
    BaselineChoice missing = pinned.choose(List.of(run("b", 2)), run("c", 3));

    // then
    assertThat(found).isEqualTo(new BaselineChoice.Runs(List.of(run("a", 1))));
    assertThat(((BaselineChoice.None) missing).reason().code())
        .isEqualTo(NotEvaluated.Code.UNKNOWN_BASELINE_RUN);
  }

  @Test
  void shouldTakeTheNewestEarlierRunsWhenBoundsAreLearned() {
    // given
    List<RunPoint> history = List.of(run("a", 1), run("d", 5), run("b", 2), run("c", 3));

    // when
    BaselineChoice window = new BaselineStrategy.Window(2, null, 2).choose(history, run("late", 4));
    BaselineChoice young =
        new BaselineStrategy.Window(60, Duration.ofDays(2), 2).choose(history, run("late", 4));
    BaselineChoice seasonal = new BaselineStrategy.Seasonal(60, 3).choose(history, run("late", 4));

    // then
    assertThat(window).isEqualTo(new BaselineChoice.Runs(List.of(run("c", 3), run("b", 2))));
    assertThat(young).isEqualTo(window);
    assertThat(seasonal)
        .isEqualTo(new BaselineChoice.Runs(List.of(run("c", 3), run("b", 2), run("a", 1))));
  }

  @Test
  void shouldCompareWithThePreviousRunAloneWhileThereAreTooFew() {
    // given
    List<RunPoint> history = List.of(run("a", 1), run("b", 2), run("c", 3));

    // when
    BaselineChoice early = new BaselineStrategy.Auto(60, 4).choose(history, run("d", 4));
    BaselineChoice later = new BaselineStrategy.Auto(60, 3).choose(history, run("d", 4));

    // then
    assertThat(early).isEqualTo(new BaselineChoice.Runs(List.of(run("c", 3))));
    assertThat(((BaselineChoice.Runs) later).points()).hasSize(3);
  }

  @Test
  void shouldSayHowManyRunsAreMissingWhenBoundsCannotBeLearnedYet() {
    // given
    List<RunPoint> history = List.of(run("a", 1), run("b", 2), run("c", 3));
    RunPoint now = run("d", 4);

    // when
    BaselineChoice window = new BaselineStrategy.Window(60, null, 7).choose(history, now);
    BaselineChoice young =
        new BaselineStrategy.Window(60, Duration.ofDays(1), 2).choose(history, now);
    BaselineChoice old =
        new BaselineStrategy.Window(60, Duration.ofDays(2), 2).choose(history, run("e", 9));
    BaselineChoice seasonal = new BaselineStrategy.Seasonal(60, 7).choose(history, now);

    // then
    assertThat(reason(window).code()).isEqualTo(NotEvaluated.Code.TOO_LITTLE_HISTORY);
    assertThat(reason(window).message())
        .isEqualTo("Bounds are learned from at least 7 earlier runs; there are 3.");
    assertThat(reason(young).message())
        .isEqualTo("Bounds are learned from at least 2 earlier runs; there is 1 in the last day.");
    assertThat(reason(old).message())
        .isEqualTo(
            "Bounds are learned from at least 2 earlier runs; there is none in the last 2 days.");
    assertThat(reason(seasonal)).isEqualTo(reason(window));
  }

  private static NotEvaluated reason(BaselineChoice choice) {
    return ((BaselineChoice.None) choice).reason();
  }
}
