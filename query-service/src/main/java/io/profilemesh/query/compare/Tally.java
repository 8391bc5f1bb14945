package io.profilemesh.query.compare;

import io.profilemesh.query.compare.Trial.Difference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has been counted of a trial so far. */
final class Tally {

  private static final int MOST_DIFFERENCES = 2_000;

  private final List<Difference> differences = new ArrayList<>();
  private final Map<String, Integer> kinds = new HashMap<>();
  private final Map<String, Integer> worse = new HashMap<>();
  private int runs;
  private int unjudged;
  private int fired;
  private int wouldFire;
  private int unexplained;

  /** One more run. */
  void judged(int findings, int wouldFind, int unknown) {
    runs++;
    fired += findings;
    wouldFire += wouldFind;
    unexplained += unknown;
  }

  /** One more run that was not judged in its time. */
  void leftOut() {
    unjudged++;
  }

  void add(Difference difference) {
    kinds.merge(difference.difference(), 1, Integer::sum);
    String severity = difference.wouldFire();
    if (severity != null && !difference.difference().equals("lowered")) {
      worse.merge(severity, 1, Integer::sum);
    }
    if (differences.size() < MOST_DIFFERENCES) {
      differences.add(difference);
    }
  }

  Trial trial(long version, int datasets, boolean complete) {
    return new Trial(
        version,
        datasets,
        runs,
        unjudged,
        complete,
        new Trial.Totals(
            fired,
            wouldFire,
            count(kinds, "added"),
            count(kinds, "gone"),
            count(kinds, "raised"),
            count(kinds, "lowered"),
            count(worse, "low"),
            count(worse, "medium"),
            count(worse, "high"),
            unexplained),
        differences);
  }

  private static int count(Map<String, Integer> counts, String of) {
    @Nullable Integer count = counts.get(of);
    return count == null ? 0 : count;
  }
}
