package io.profilemesh.core.drift;

import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import java.util.List;

/** What a profile is judged against. */
public sealed interface Baseline {

  /** How it was chosen. */
  StrategyKind strategy();

  /** The runs it is made of, newest first; empty when there is none. */
  List<RunId> runs();

  /** One earlier run: the previous or a pinned one. */
  record SingleRun(StrategyKind strategy, TableProfile profile) implements Baseline {

    @Override
    public List<RunId> runs() {
      return List.of(profile.runId());
    }
  }

  /**
   * Earlier runs to learn bounds from.
   *
   * @param profiles newest first, at least one; all earlier than the run under test
   */
  record History(StrategyKind strategy, List<TableProfile> profiles) implements Baseline {

    public History {
      profiles = List.copyOf(profiles);
      if (profiles.isEmpty()) {
        throw new IllegalArgumentException("a history has at least one run");
      }
    }

    /** The newest of them: what schema and first runs are compared with. */
    public TableProfile last() {
      return profiles.get(0);
    }

    @Override
    public List<RunId> runs() {
      return profiles.stream().map(TableProfile::runId).toList();
    }
  }

  /** No baseline, and why: such a run is not evaluated. */
  record None(StrategyKind strategy, NotEvaluated reason) implements Baseline {

    @Override
    public List<RunId> runs() {
      return List.of();
    }
  }
}
