package io.profilemesh.query.compare;

import io.profilemesh.core.drift.RunPoint;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.judgement.memory.DatasetState;
import io.profilemesh.judgement.memory.Replay;
import io.profilemesh.query.history.Sight;
import io.profilemesh.query.history.StoredProfiles;
import io.profilemesh.query.history.StoredRun;
import io.profilemesh.query.history.StoredRuns;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the drift service remembered when a run came, built again from the tables.
 *
 * @param replay the memory
 * @param runs the runs it was built from, the newest first
 * @param shortened whether the table is too wide for as many runs as the service remembers
 */
record Recollection(Replay replay, List<StoredRun> runs, boolean shortened) {

  /**
   * Runs replayed at most. What is older than the remembered 60 counts only by how numbers were
   * rounded in between.
   */
  private static final int MOST_RUNS = 120;

  /** Columns of all runs together that are read at most, so that an answer comes in seconds. */
  private static final int MOST_COLUMNS = 60_000;

  private static final int COLUMNS_AT_ONCE = 2_000;

  /** The order in which profiles came. */
  static final Comparator<StoredRun> ARRIVAL =
      Comparator.comparing(StoredRun::endedAt).thenComparing(StoredRun::runId);

  /** The memory before a run. */
  static Recollection before(Sight sight, StoredRun run) throws SQLException {
    List<StoredRun> earlier = StoredRuns.before(sight.connection(), run, MOST_RUNS);
    List<StoredRun> taken = affordable(earlier, MOST_COLUMNS);
    Replay replay = new Replay();
    List<StoredRun> ordered = taken.stream().sorted(ARRIVAL).toList();
    Found found = Found.of(sight, ordered);
    int at = 0;
    for (List<StoredRun> share : shares(ordered)) {
      for (TableProfile profile : StoredProfiles.read(sight.connection(), share)) {
        replay.remember(profile, found.in(ordered.get(at++)));
      }
    }
    boolean shortened = taken.size() < earlier.size() && taken.size() < DatasetState.MOST_RUNS;
    return new Recollection(replay, taken, shortened);
  }

  /** Runs that are remembered. */
  Set<RunId> remembered() {
    return replay.points().stream().map(RunPoint::run).collect(Collectors.toSet());
  }

  /** As many of the first runs as have so many columns together; one at least. */
  static List<StoredRun> affordable(List<StoredRun> runs, int columns) {
    List<StoredRun> taken = new ArrayList<>();
    long sum = 0;
    for (StoredRun run : runs) {
      sum += run.columnCount();
      if (sum > columns && !taken.isEmpty()) {
        break;
      }
      taken.add(run);
    }
    return taken;
  }

  /** Runs in their order, in lists that are small enough to be read at once. */
  static List<List<StoredRun>> shares(List<StoredRun> runs) {
    List<List<StoredRun>> shares = new ArrayList<>();
    int at = 0;
    while (at < runs.size()) {
      List<StoredRun> share = affordable(runs.subList(at, runs.size()), COLUMNS_AT_ONCE);
      shares.add(share);
      at += share.size();
    }
    return shares;
  }
}
