package io.profilemesh.core.drift;

import io.profilemesh.core.drift.NotEvaluated.Code;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.profile.TableProfile;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Judges the age of a table's data by the bound of a policy, which needs no history. */
final class FreshnessBound {

  static final String NAME = "data_age_bound";

  private static final String METRIC = Metric.DATA_AGE.wireName();

  /**
   * What came of it; each is null where there is nothing to say.
   *
   * @param notEvaluated why the age was not judged although it is known
   */
  record Outcome(
      @Nullable Judgement judgement,
      @Nullable Finding finding,
      @Nullable NotEvaluated notEvaluated) {

    static final Outcome NOTHING = new Outcome(null, null, null);
  }

  private FreshnessBound() {}

  /**
   * The age of a run's data against its policy.
   *
   * @param learned whether bounds learned from history judged it
   * @param mayLearn whether they would, were there enough history
   */
  static Outcome judge(
      TableProfile now,
      EffectivePolicy policy,
      Explanation explanation,
      boolean learned,
      boolean mayLearn) {
    OptionalDouble age = DataAge.of(now);
    Duration most = policy.maximumDataAge();
    if (age.isEmpty() || learned) {
      return Outcome.NOTHING;
    }
    if (most == null) {
      return mayLearn ? new Outcome(null, null, tooFew(policy)) : Outcome.NOTHING;
    }
    double bound = most.toMillis();
    double current = age.getAsDouble();
    Judgement judgement =
        new Judgement(null, METRIC, MetricGroup.FRESHNESS, bound, 0, bound, current);
    boolean found = current > bound && !policy.silences(now.scannedAt());
    return new Outcome(judgement, found ? finding(now, policy, explanation, bound) : null, null);
  }

  private static Finding finding(
      TableProfile now, EffectivePolicy policy, Explanation explanation, double bound) {
    double age = DataAge.of(now).orElse(0);
    double effect = (age - bound) / Math.max(1, bound);
    Optional<Severity> severity = policy.thresholds().severityOf(effect);
    return new Finding(
        DriftKind.FRESHNESS,
        null,
        METRIC,
        NAME,
        Map.of(
            "policy",
            policy.policyId(),
            "maximumDataAgeMinutes",
            Long.toString((long) (bound / Duration.ofMinutes(1).toMillis()))),
        new Change.OfNumber(bound, age, null, effect, effect, effect, 0, 0, null),
        severity.orElse(Severity.LOW),
        explanation.ofAge(
            now,
            age,
            "at most %s by policy %s"
                .formatted(DataAge.words(bound), Explanation.name(policy.policyId()))));
  }

  private static NotEvaluated tooFew(EffectivePolicy policy) {
    return new NotEvaluated(
        null,
        Metric.DATA_AGE,
        Code.TOO_LITTLE_HISTORY,
        ("How old the data may be is learned from at least %d earlier runs; there are not so many"
                + " yet. A policy with a maximum age judges it at once.")
            .formatted(policy.minimumHistory()));
  }
}
