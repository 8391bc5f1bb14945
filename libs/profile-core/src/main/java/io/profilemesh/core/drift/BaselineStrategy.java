package io.profilemesh.core.drift;

import io.profilemesh.core.profile.RunId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How to choose what a run is compared with. The run under test is never part of its baseline. */
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
      Optional<RunPoint> last =
          history.stream()
              .filter(point -> point.at().isBefore(underTest.at()))
              .filter(point -> !point.run().equals(underTest.run()))
              .max(Comparator.naturalOrder());
      if (last.isPresent()) {
        return new BaselineChoice.Runs(List.of(last.get()));
      }
      return new BaselineChoice.None(
          history.isEmpty()
              ? NotEvaluated.ofRun(
                  NotEvaluated.Code.FIRST_RUN,
                  "There is no earlier run to compare with: later runs are compared with this one.")
              : NotEvaluated.ofRun(
                  NotEvaluated.Code.NO_EARLIER_RUN,
                  "Every run that is remembered is later than this one."));
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
              NotEvaluated.Code.UNKNOWN_BASELINE_RUN,
              "Run " + run + ", asked for as baseline, is not among the runs remembered."));
    }
  }

  /** A strategy that this version does not have; the run is not evaluated rather than misjudged. */
  record Unsupported(StrategyKind kind) implements BaselineStrategy {

    @Override
    public BaselineChoice choose(List<RunPoint> history, RunPoint underTest) {
      return new BaselineChoice.None(
          NotEvaluated.ofRun(
              NotEvaluated.Code.UNSUPPORTED_STRATEGY,
              "The baseline strategy " + kind + " is not available in this version."));
    }
  }
}
