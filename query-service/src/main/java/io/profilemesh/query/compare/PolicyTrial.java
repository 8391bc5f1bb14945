package io.profilemesh.query.compare;

import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.query.history.PolicyVersions;
import io.profilemesh.query.history.Question;
import io.profilemesh.query.history.Sight;
import io.profilemesh.query.history.StoredRuns;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges the stored history again under proposed policies and says what would be different. Stops
 * when the time is over: then the answer says that it is not complete.
 */
public final class PolicyTrial {

  /** Longest time that a trial takes, a run more or less. */
  public static final Duration LONGEST = Duration.ofSeconds(20);

  private static final int MOST_DATASETS = 1_000;

  private final Sight sight;
  private final Proposal proposal;
  private final long deadline;
  private final Tally tally = new Tally();

  private PolicyTrial(Sight sight, Proposal proposal, long deadline) {
    this.sight = sight;
    this.proposal = proposal;
    this.deadline = deadline;
  }

  /** What would be different. */
  public static Question<Trial> of(Proposal proposal) {
    return sight -> new PolicyTrial(sight, proposal, System.nanoTime() + LONGEST.toNanos()).run();
  }

  private Trial run() throws SQLException {
    DriftPolicies inForce = PolicyVersions.at(sight.connection(), null);
    DriftPolicies proposed = proposal.over(inForce);
    PastPolicies past = new PastPolicies(sight.connection());
    List<String> datasets =
        StoredRuns.datasets(proposal.from(), proposal.to()).ask(sight).stream()
            .filter(dataset -> proposal.covers(DatasetId.parse(dataset)))
            .toList();
    boolean complete = datasets.size() <= MOST_DATASETS;
    int judged = 0;
    for (String dataset : datasets.subList(0, Math.min(MOST_DATASETS, datasets.size()))) {
      if (isOver()) {
        complete = false;
        break;
      }
      DatasetTrial trial = new DatasetTrial(sight, dataset, proposed, past, tally);
      complete &= trial.run(proposal.from(), proposal.to(), this::isOver);
      judged++;
    }
    return tally.trial(inForce.version(), judged, complete);
  }

  private boolean isOver() {
    return System.nanoTime() - deadline > 0;
  }

  /** Policies of earlier versions, each read once. */
  static final class PastPolicies {

    private final Connection connection;
    private final Map<Long, DriftPolicies> versions = new HashMap<>();

    PastPolicies(Connection connection) {
      this.connection = connection;
    }

    DriftPolicies at(long version) throws SQLException {
      DriftPolicies known = versions.get(version);
      if (known == null) {
        known = PolicyVersions.at(connection, version);
        versions.put(version, known);
      }
      return known;
    }
  }
}
