package io.profilemesh.core.drift;

import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.profile.TableProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The age of a table's data beside what its history lets expect. Of a table that is loaded again
 * and again the age stays about the same from run to run; of one at rest, the latest instant does.
 * Whichever was steadier says what to expect.
 */
final class LearnedAge {

  static final String METRIC = Metric.DATA_AGE.wireName();

  private static final double MINUTE = Duration.ofMinutes(1).toMillis();

  private LearnedAge() {}

  /**
   * The candidate, or none where history is too short, a policy says what is too old, or the age is
   * not measured.
   *
   * @param past earlier runs, oldest first
   */
  static List<Candidate> candidates(
      List<TableProfile> past, TableProfile now, EffectivePolicy policy) {
    List<TableProfile> measured = past.stream().filter(run -> DataAge.of(run).isPresent()).toList();
    boolean learns =
        policy.maximumDataAge() == null
            && policy.strategy() != StrategyKind.PREVIOUS
            && policy.strategy() != StrategyKind.PINNED;
    if (!learns || DataAge.of(now).isEmpty() || measured.size() < policy.minimumHistory()) {
      return List.of();
    }
    return forecast(measured, now, policy).stream()
        .map(forecast -> candidate(forecast, measured, now, policy))
        .toList();
  }

  private static Optional<Forecast> forecast(
      List<TableProfile> measured, TableProfile now, EffectivePolicy policy) {
    double[] ages = measured.stream().mapToDouble(run -> DataAge.of(run).orElse(0)).toArray();
    double[] latest = new double[ages.length];
    Arrays.setAll(latest, i -> measured.get(i).scannedAt().toEpochMilli() - ages[i]);
    List<Instant> instants =
        new ArrayList<>(measured.stream().map(TableProfile::scannedAt).toList());
    instants.add(now.scannedAt());
    int[] phases = RunPhases.of(instants);
    Optional<Forecast> aging = new Forecaster(ages, phases).next(policy.strategy());
    Optional<Forecast> resting = new Forecaster(latest, phases).next(policy.strategy());
    boolean rests =
        resting.isPresent() && (aging.isEmpty() || resting.get().scale() < aging.get().scale());
    return rests ? resting.map(one -> ageAt(now, one)) : aging;
  }

  /** The age that the run will find when the latest instant is as forecast. */
  private static Forecast ageAt(TableProfile now, Forecast latest) {
    return new Forecast(
        Math.max(0, now.scannedAt().toEpochMilli() - latest.expected()),
        latest.scale(),
        latest.freedom(),
        latest.constant(),
        latest.method(),
        latest.runs(),
        latest.support());
  }

  private static Candidate candidate(
      Forecast forecast, List<TableProfile> measured, TableProfile now, EffectivePolicy policy) {
    double current = DataAge.of(now).orElse(0);
    double expected = forecast.expected();
    double perUnit = 1 / Math.max(MINUTE, Math.max(expected, usualGap(measured)));
    return new Candidate(
        METRIC,
        MetricGroup.FRESHNESS,
        null,
        forecast,
        current,
        Math.min(expected, current),
        expected,
        Math.max(MINUTE, forecast.scale()),
        0,
        0,
        perUnit,
        Math.max(0, current - expected) * perUnit,
        false,
        false,
        policy,
        policy.silences(now.scannedAt()),
        null);
  }

  private static double usualGap(List<TableProfile> measured) {
    double[] gaps = new double[Math.max(0, measured.size() - 1)];
    Arrays.setAll(
        gaps,
        i ->
            Duration.between(measured.get(i).scannedAt(), measured.get(i + 1).scannedAt())
                .toMillis());
    Arrays.sort(gaps);
    return gaps.length == 0 ? 0 : gaps[gaps.length / 2];
  }
}
