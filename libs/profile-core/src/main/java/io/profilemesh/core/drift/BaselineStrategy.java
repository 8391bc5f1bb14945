package io.profilemesh.core.drift;

import io.profilemesh.core.drift.NotEvaluated.Code;
import io.profilemesh.core.profile.RunId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to choose what a run is compared with. The run under test is never part of its baseline, nor
 * is a run later than it, so that a run that comes late is judged as it would have been in time.
 */
public sealed interface BaselineStrategy {

  /** Name of the strategy in verdicts. */
  StrategyKind kind();

  /**
   * The runs to compare with, newest first.
   *
   * @param history completed runs, in any order; may hold the run under test
   * @param underTest the run to be judged
   */
  BaselineChoice choose(List<RunPoint> history, RunPoint underTest);

  /** The last completed run strictly before the run under test in time. */
  record Previous() implements BaselineStrategy {

    @Override
    public StrategyKind kind() {
      return StrategyKind.PREVIOUS;
    }

    @Override
    public BaselineChoice choose(List<RunPoint> history, RunPoint underTest) {
      return earlier(history, underTest, 1, null);
    }
  }

  /** One run that a person chose. */
  record Pinned(RunId run) implements BaselineStrategy {

    @Override
    public StrategyKind kind() {
      return StrategyKind.PINNED;
    }

    @Override
    public BaselineChoice choose(List<RunPoint> history, RunPoint underTest) {
      Optional<RunPoint> pinned =
          history.stream()
              .filter(point -> point.run().equals(run))
              .filter(point -> !point.run().equals(underTest.run()))
              .findFirst();
      if (pinned.isPresent()) {
        return new BaselineChoice.Runs(List.of(pinned.get()));
      }
      return new BaselineChoice.None(
          NotEvaluated.ofRun(
              Code.UNKNOWN_BASELINE_RUN,
              "Run " + run + ", asked for as baseline, is not among the runs remembered."));
    }
  }

  /**
   * The last runs, from which bounds are learned.
   *
   * @param runs at most so many, at least 2
   * @param within none older than this before the run under test; null: no limit
   * @param minimum with fewer, the run is not judged
   */
  record Window(int runs, @Nullable Duration within, int minimum) implements BaselineStrategy {

    public Window {
      requireSeveral(runs);
    }

    @Override
    public StrategyKind kind() {
      return StrategyKind.WINDOW;
    }

    @Override
    public BaselineChoice choose(List<RunPoint> history, RunPoint underTest) {
      BaselineChoice choice = earlier(history, underTest, runs, within);
      boolean hasOlder =
          within != null && earlier(history, underTest, 1, null) instanceof BaselineChoice.Runs;
      return choice instanceof BaselineChoice.None && hasOlder
          ? tooFew(minimum, 0, within)
          : enough(choice, minimum, within);
    }
  }

  /**
   * The last runs, of which those of the same phase say what to expect.
   *
   * @param runs at most so many, at least 2
   * @param minimum with fewer, the run is not judged
   */
  record Seasonal(int runs, int minimum) implements BaselineStrategy {

    public Seasonal {
      requireSeveral(runs);
    }

    @Override
    public StrategyKind kind() {
      return StrategyKind.SEASONAL;
    }

    @Override
    public BaselineChoice choose(List<RunPoint> history, RunPoint underTest) {
      return enough(earlier(history, underTest, runs, null), minimum, null);
    }
  }

  /**
   * The previous run at first, learned bounds as soon as history allows.
   *
   * @param runs at most so many, at least 2
   * @param minimum with fewer, only the last one counts
   */
  record Auto(int runs, int minimum) implements BaselineStrategy {

    public Auto {
      requireSeveral(runs);
    }

    @Override
    public StrategyKind kind() {
      return StrategyKind.AUTO;
    }

    @Override
    public BaselineChoice choose(List<RunPoint> history, RunPoint underTest) {
      BaselineChoice all = earlier(history, underTest, runs, null);
      boolean few = all instanceof BaselineChoice.Runs some && some.points().size() < minimum;
      return few ? earlier(history, underTest, 1, null) : all;
    }
  }

  private static void requireSeveral(int runs) {
    if (runs < 2) {
      throw new IllegalArgumentException("bounds are learned from at least two runs");
    }
  }

  /** A choice that bounds can be learned from; why not, when its runs are too few. */
  private static BaselineChoice enough(
      BaselineChoice choice, int minimum, @Nullable Duration within) {
    if (!(choice instanceof BaselineChoice.Runs runs) || runs.points().size() >= minimum) {
      return choice;
    }
    return tooFew(minimum, runs.points().size(), within);
  }

  private static BaselineChoice tooFew(int minimum, int there, @Nullable Duration within) {
    return new BaselineChoice.None(
        NotEvaluated.ofRun(
            Code.TOO_LITTLE_HISTORY,
            "Bounds are learned from at least %d earlier runs; there %s %s%s."
                .formatted(
                    minimum,
                    there < 2 ? "is" : "are",
                    there == 0 ? "none" : there,
                    within == null ? "" : " in the last " + days(within))));
  }

  private static String days(Duration within) {
    long days = within.toDays();
    return days == 1 ? "day" : days + " days";
  }

  private static BaselineChoice earlier(
      List<RunPoint> history, RunPoint underTest, int most, @Nullable Duration within) {
    List<RunPoint> before =
        history.stream()
            .filter(point -> point.at().isBefore(underTest.at()))
            .filter(point -> !point.run().equals(underTest.run()))
            .filter(point -> within == null || !point.at().isBefore(underTest.at().minus(within)))
            .sorted(Comparator.reverseOrder())
            .limit(most)
            .toList();
    if (!before.isEmpty()) {
      return new BaselineChoice.Runs(before);
    }
    return new BaselineChoice.None(
        history.isEmpty()
            ? NotEvaluated.ofRun(
                Code.FIRST_RUN,
                "There is no earlier run to compare with: later runs are compared with this one.")
            : NotEvaluated.ofRun(
                Code.NO_EARLIER_RUN, "Every run that is remembered is later than this one."));
  }
}
