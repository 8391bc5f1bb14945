package io.profilemesh.query.seed;

import io.profilemesh.core.profile.RunId;
import io.profilemesh.judgement.mapping.SeedMapping;
import io.profilemesh.query.compare.Heads;
import io.profilemesh.query.history.Question;
import io.profilemesh.query.history.StoredProfiles;
import io.profilemesh.query.history.StoredRun;
import io.profilemesh.query.history.StoredRuns;
import io.profilemesh.schema.SlicePeriod;
import io.profilemesh.schema.TableProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The stored runs of a dataset that make a history: the newest ones, of each period of a slice the
 * last, without those of confirmed faults.
 *
 * @param runs the oldest first
 * @param faulty runs left out, as a person confirmed their faults
 * @param tooWide runs left out, as a single record would not hold them
 */
public record Seeds(List<StoredRun> runs, int faulty, int tooWide) {

  /** Columns of a run that fit into the largest record, long names and texts included. */
  static final int MOST_COLUMNS = 1_600;

  private static final int COLUMNS_AT_ONCE = 2_000;

  /** Runs looked at for each that is wanted: periods that were profiled again have several. */
  private static final int SPARE = 4;

  private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

  public Seeds {
    runs = List.copyOf(runs);
  }

  /**
   * Those of a dataset.
   *
   * @param from no run whose place in time is before
   * @param most of them
   */
  public static Question<Seeds> of(String dataset, Instant from, int most) {
    return sight ->
        choose(
            StoredRuns.within(sight.connection(), dataset, from, END_OF_TIME, SPARE * most),
            StoredRuns.confirmed(sight.connection(), dataset),
            most);
  }

  /**
   * Chooses among runs.
   *
   * @param stored the newest first
   */
  static Seeds choose(List<StoredRun> stored, Set<RunId> confirmed, int most) {
    Map<Instant, StoredRun> periods = new HashMap<>();
    List<StoredRun> single = new ArrayList<>();
    for (StoredRun run : stored) {
      if (run.sliceStart() == null) {
        single.add(run);
      } else {
        periods.merge(run.at(), run, Seeds::later);
      }
    }
    single.addAll(periods.values());
    single.sort(Comparator.comparing(StoredRun::at).thenComparing(StoredRun::endedAt).reversed());
    List<StoredRun> newest = single.subList(0, Math.min(most, single.size()));
    List<StoredRun> sound = newest.stream().filter(run -> !confirmed.contains(run.run())).toList();
    List<StoredRun> chosen = new ArrayList<>(sound.stream().filter(Seeds::fits).toList());
    Collections.reverse(chosen);
    return new Seeds(chosen, newest.size() - sound.size(), sound.size() - chosen.size());
  }

  /** Whether a single record holds the run. */
  public static boolean fits(StoredRun run) {
    return run.columnCount() <= MOST_COLUMNS;
  }

  private static StoredRun later(StoredRun one, StoredRun other) {
    return one.endedAt().isAfter(other.endedAt()) ? one : other;
  }

  /** The runs in their order, in lists that are small enough to be read at once. */
  public List<List<StoredRun>> shares() {
    List<List<StoredRun>> shares = new ArrayList<>();
    List<StoredRun> share = new ArrayList<>();
    long columns = 0;
    for (StoredRun run : runs) {
      if (!share.isEmpty() && columns + run.columnCount() > COLUMNS_AT_ONCE) {
        shares.add(share);
        share = new ArrayList<>();
        columns = 0;
      }
      share.add(run);
      columns += run.columnCount();
    }
    if (!share.isEmpty()) {
      shares.add(share);
    }
    return shares;
  }

  /** The records of some runs, in their order. */
  public static Question<List<TableProfile>> records(List<StoredRun> runs) {
    return sight -> {
      List<TableProfile> records = new ArrayList<>(runs.size());
      int at = 0;
      for (var profile : StoredProfiles.read(sight.connection(), runs)) {
        records.add(SeedMapping.write(head(runs.get(at++)), profile));
      }
      return records;
    };
  }

  private static TableProfile.Builder head(StoredRun run) {
    TableProfile.Builder head = Heads.builder(run).setScanEndedAt(run.endedAt());
    Instant start = run.sliceStart();
    Instant end = run.sliceEnd();
    if (start != null && end != null) {
      head.setSlice(SlicePeriod.newBuilder().setStart(start).setEnd(end).build());
    }
    return head;
  }
}
