package io.profilemesh.core.drift;

import io.profilemesh.core.profile.Profiles;
import java.time.Duration;

/** Shortens tests: judges one built profile against another. */
final class Judged {

  private Judged() {}

  /** The second profile, a day later, against the first. */
  static Evaluation against(Profiles before, Profiles now) {
    return DriftEvaluation.evaluate(
        new Baseline.SingleRun(StrategyKind.PREVIOUS, before.withRun("run-1").build()),
        now.withRun("run-2").withScannedAt(Profiles.MONDAY.plus(Duration.ofDays(1))).build(),
        DriftPolicies.builtIn());
  }

  /** The only finding. */
  static Finding onlyFinding(Profiles before, Profiles now) {
    Evaluation evaluation = against(before, now);
    if (evaluation.findings().size() != 1) {
      throw new AssertionError("expected one finding, got " + evaluation.findings());
    }
    return evaluation.findings().get(0);
  }
}
