package io.profilemesh.judgement.memory;

import io.profilemesh.core.drift.RunPoint;
import io.profilemesh.core.profile.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a dataset: the runs that may become baselines, and the runs already judged.
 *
 * @param nextSequence number of the next run
 * @param history at most {@link #MOST_RUNS}, in the order of time
 * @param judged at most {@link #MOST_JUDGED}, in the order of arrival
 */
public record DatasetState(int nextSequence, List<RunEntry> history, List<JudgedRun> judged) {

  /** Runs kept as possible baselines. */
  public static final int MOST_RUNS = 60;

  /** Runs recognised when they come again. */
  public static final int MOST_JUDGED = 1_000;

  /** Nothing is known of the dataset. */
  public static final DatasetState EMPTY = new DatasetState(0, List.of(), List.of());

  /**
   * A run that was judged.
   *
   * @param attempt the attempt that counts
   * @param digest of its first part
   */
  public record JudgedRun(RunId run, int attempt, long digest) {}

  public DatasetState {
    history = List.copyOf(history);
    judged = List.copyOf(judged);
  }

  /** The run as it was judged; empty when it is new or forgotten. */
  public Optional<JudgedRun> judged(RunId run) {
    return judged.stream().filter(one -> one.run().equals(run)).findFirst();
  }

  /** Places in time of the runs that may become baselines. */
  public List<RunPoint> points() {
    return history.stream().map(RunEntry::point).toList();
  }

  /**
   * The entry of a run of the history.
   *
   * @throws java.util.NoSuchElementException when the run is not part of it
   */
  public RunEntry entry(RunId run) {
    return history.stream()
        .filter(entry -> entry.point().run().equals(run))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The state after a run. It takes its place in time; the run it repeats and, for a slice, the run
   * of the same period leave; so does the oldest when there are too many.
   *
   * @param replacesInstant whether a run of the same instant is replaced
   * @param pinned run that stays however old it is; null: none
   */
  public DatasetState with(
      RunEntry entry, JudgedRun run, boolean replacesInstant, @Nullable RunId pinned) {
    List<JudgedRun> known = new ArrayList<>(judged);
    known.removeIf(old -> old.run().equals(run.run()));
    known.add(run);
    return new DatasetState(
        Math.max(nextSequence, entry.sequence() + 1),
        newest(historyWith(entry, replacesInstant), pinned),
        newest(known, MOST_JUDGED));
  }

  /**
   * The state with a run that is history and was not judged here. The runs that are remembered
   * stay, but for the oldest when there are too many.
   *
   * @param pinned run that stays however old it is; null: none
   */
  DatasetState withSeed(RunEntry entry, @Nullable RunId pinned) {
    return new DatasetState(
        Math.max(nextSequence, entry.sequence() + 1),
        newest(historyWith(entry, false), pinned),
        judged);
  }

  private List<RunEntry> historyWith(RunEntry entry, boolean replacesInstant) {
    List<RunEntry> runs = new ArrayList<>(history);
    runs.removeIf(
        old ->
            old.point().run().equals(entry.point().run())
                || (replacesInstant && old.point().at().equals(entry.point().at())));
    runs.add(entry);
    runs.sort(Comparator.comparing(RunEntry::point));
    return runs;
  }

  /** The newest runs; among them, in the place of one of them, the pinned one. */
  private static List<RunEntry> newest(List<RunEntry> runs, @Nullable RunId pinned) {
    List<RunEntry> kept = newest(runs, MOST_RUNS);
    Optional<RunEntry> left =
        runs.subList(0, runs.size() - kept.size()).stream()
            .filter(entry -> entry.point().run().equals(pinned))
            .findFirst();
    if (left.isEmpty()) {
      return kept;
    }
    List<RunEntry> all = new ArrayList<>(newest(runs, MOST_RUNS - 1));
    all.add(0, left.get());
    return all;
  }

  private static <T> List<T> newest(List<T> list, int most) {
    return list.subList(Math.max(0, list.size() - most), list.size());
  }
}
