package io.profilemesh.core.drift;

import static io.profilemesh.core.profile.Metric.AVERAGE_LENGTH;
import static io.profilemesh.core.profile.Metric.BLANK_PERCENT;
import static io.profilemesh.core.profile.Metric.DISTINCT_PERCENT;
import static io.profilemesh.core.profile.Metric.EARLIEST;
import static io.profilemesh.core.profile.Metric.LATEST;
import static io.profilemesh.core.profile.Metric.MAX;
import static io.profilemesh.core.profile.Metric.MEAN;
import static io.profilemesh.core.profile.Metric.MIN;
import static io.profilemesh.core.profile.Metric.NEGATIVE_PERCENT;
import static io.profilemesh.core.profile.Metric.NULL_PERCENT;
import static io.profilemesh.core.profile.Metric.STANDARD_DEVIATION;
import static io.profilemesh.core.profile.Metric.TRUE_PERCENT;
import static io.profilemesh.core.profile.Metric.ZERO_PERCENT;

import io.profilemesh.core.drift.NotEvaluated.Code;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.profile.TableProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Relative change of the metrics of a column. Metrics of a group speak of one fact, so a group
 * makes at most one finding: of its metrics that moved, the most severe, the earlier listed one at
 * equal severity; the others are evidence.
 */
final class MetricDetector {

  static final String NAME = "relative_change";

  /** In the order of precedence within a group. */
  private static final Map<Metric, MetricComparer> COMPARERS = comparers();

  /** A weekend may halve a load before anybody knows what a weekend is. */
  private static final Thresholds FIRST_ROWS = new Thresholds(0.5, 0.5, 0.5);

  private final DriftPolicies policies;
  private final TableProfile before;
  private final DatasetId dataset;
  private final Instant at;
  private final Explanation explanation;
  private final StrategyKind strategy;
  private final ToIntFunction<@Nullable ColumnName> runs;
  private final List<Judgement> judgements = new ArrayList<>();
  private final List<NotEvaluated> notEvaluated = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /**
   * For one run.
   *
   * @param before what is compared with
   * @param strategy how the baseline was chosen
   * @param runs earlier runs that bounds could be learned from, of a column or of the table
   */
  MetricDetector(
      DriftPolicies policies,
      TableProfile before,
      DatasetId dataset,
      Instant at,
      Explanation explanation,
      StrategyKind strategy,
      ToIntFunction<@Nullable ColumnName> runs) {
    this.strategy = strategy;
    this.runs = runs;
    this.policies = policies;
    this.before = before;
    this.dataset = dataset;
    this.at = at;
    this.explanation = explanation;
  }

  List<Judgement> judgements() {
    return judgements;
  }

  List<NotEvaluated> notEvaluated() {
    return notEvaluated;
  }

  List<Finding> findings() {
    return findings;
  }

  /** Judges the rows of a table. */
  void judgeRows(Comparison rows) {
    EffectivePolicy policy = policy(null, Metric.ROW_COUNT, null);
    if (mustLearn(policy)) {
      notEvaluated.add(tooFew(null, Metric.ROW_COUNT, policy));
      return;
    }
    Ruling ruling = ofRows(rows, policy);
    judgements.add(judgement(null, Metric.ROW_COUNT, ruling));
    Ruling plain = new Ruling(rows, policy, policy.silences(at), Severity.LOW);
    if (ruling.severity().isEmpty() && plain.severity().isPresent()) {
      notEvaluated.add(
          new NotEvaluated(
              null,
              Metric.ROW_COUNT,
              Code.TOO_LITTLE_HISTORY,
              explanation.undecidedRows(rows, policy.minimumHistory())));
    }
    ruling
        .severity()
        .map(severity -> new Moved(Metric.ROW_COUNT, ruling, severity))
        .ifPresent(moved -> findings.add(finding(null, List.of(moved), explanation.ofRows(rows))));
  }

  /**
   * Judges a column.
   *
   * @param comparable whether the values of both runs are of one kind; if not, only missing values
   *     are judged
   * @param done names of metrics that were judged otherwise
   * @return what findings speak of
   */
  Set<MetricGroup> judge(
      ColumnView baseline, ColumnView current, boolean comparable, Set<String> done) {
    Map<MetricGroup, List<Moved>> groups = new EnumMap<>(MetricGroup.class);
    Set<Metric> early = tooEarly(baseline, current, done);
    COMPARERS.forEach(
        (metric, comparer) -> {
          if (!done.contains(metric.wireName())
              && !early.contains(metric)
              && !(cautious() && metric == STANDARD_DEVIATION)
              && (comparable || metric == NULL_PERCENT)
              && !followsFromRows(metric, baseline, current)
              && isBounded(metric, baseline, current)) {
            comparer
                .compare(baseline, current)
                .flatMap(comparison -> judge(metric, comparison, current))
                .ifPresent(
                    moved ->
                        groups
                            .computeIfAbsent(metric.group(), group -> new ArrayList<>())
                            .add(moved));
          }
        });
    groups.values().forEach(moved -> report(baseline, current, moved));
    return groups.keySet();
  }

  /**
   * Metrics whose policy wants bounds learned from history, of which there is too little: one
   * earlier run is nothing to compare them with.
   */
  private Set<Metric> tooEarly(ColumnView baseline, ColumnView current, Set<String> done) {
    ColumnName column = current.profile().name();
    Map<Metric, EffectivePolicy> early = new EnumMap<>(Metric.class);
    int open = 0;
    for (Metric metric : COMPARERS.keySet()) {
      if (!done.contains(metric.wireName()) && baseline.has(metric) && current.has(metric)) {
        open++;
        EffectivePolicy policy = policy(column, metric, current.type());
        if (mustLearn(policy)) {
          early.put(metric, policy);
        }
      }
    }
    boolean all = done.isEmpty() && early.size() == open;
    if (all && open > 0) {
      notEvaluated.add(tooFew(column, null, early.values().iterator().next()));
    } else {
      early.forEach((metric, policy) -> notEvaluated.add(tooFew(column, metric, policy)));
    }
    return early.keySet();
  }

  private boolean mustLearn(EffectivePolicy policy) {
    return cautious() && policy.insistsOnHistory();
  }

  private NotEvaluated tooFew(
      @Nullable ColumnName column, @Nullable Metric metric, EffectivePolicy policy) {
    int there = runs.applyAsInt(column);
    String found =
        there == 0
            ? "there are not so many yet."
            : "%s %d so far.".formatted(column == null ? "there are" : "the column has", there);
    return new NotEvaluated(
        column,
        metric,
        Code.TOO_LITTLE_HISTORY,
        "Bounds are learned from at least %d earlier runs; %s"
            .formatted(policy.minimumHistory(), found));
  }

  /** Whether one run is compared with only because there are not enough to learn from. */
  private boolean cautious() {
    return strategy != StrategyKind.PREVIOUS && strategy != StrategyKind.PINNED;
  }

  private EffectivePolicy policy(
      @Nullable ColumnName column, Metric metric, @Nullable ColumnType type) {
    return policies.effective(dataset, column, metric, type).under(strategy);
  }

  private static boolean followsFromRows(Metric metric, ColumnView baseline, ColumnView current) {
    return (metric == MEAN || metric == STANDARD_DEVIATION)
        && baseline.isRunningNumber()
        && current.isDense();
  }

  private boolean isBounded(Metric metric, ColumnView baseline, ColumnView current) {
    boolean bounded = baseline.isBounded(metric) && current.isBounded(metric);
    if (!bounded && baseline.has(metric) && current.has(metric)) {
      notEvaluated.add(
          new NotEvaluated(
              current.profile().name(),
              metric,
              Code.ESTIMATE_WITHOUT_BOUNDS,
              "The metric is an estimate that does not say how far off it may be."));
    }
    return bounded;
  }

  private Optional<Moved> judge(Metric metric, Comparison comparison, ColumnView column) {
    ColumnName name = column.profile().name();
    Ruling ruling = ruling(name, metric, comparison, column.type());
    judgements.add(judgement(name, metric, ruling));
    return ruling.severity().map(severity -> new Moved(metric, ruling, severity));
  }

  private Ruling ruling(
      @Nullable ColumnName column,
      Metric metric,
      Comparison comparison,
      @Nullable ColumnType type) {
    EffectivePolicy policy = policy(column, metric, type);
    boolean learning = cautious() && policy.strategy() != StrategyKind.PREVIOUS;
    return new Ruling(
        comparison, policy, policy.silences(at), learning ? least(metric.group()) : Severity.LOW);
  }

  /** While nobody knows how loads differ, a moderate change counts if it is plain why it is one. */
  private Ruling ofRows(Comparison rows, EffectivePolicy policy) {
    boolean learning = cautious() && policy.strategy() != StrategyKind.PREVIOUS;
    boolean plain = explanation.knowsWhy(rows);
    boolean unsure = learning && !plain && policy.thresholds().equals(Thresholds.DEFAULT);
    return new Ruling(
        rows,
        unsure ? policy.with(FIRST_ROWS) : policy,
        policy.silences(at),
        learning && !plain ? least(Metric.ROW_COUNT.group()) : Severity.LOW);
  }

  /** How full a row is varies less from run to run than its values do. */
  private static Severity least(MetricGroup group) {
    return switch (group) {
      case SCHEMA, COMPLETENESS -> Severity.LOW;
      case VOLUME, UNIQUENESS -> Severity.MEDIUM;
      case VALIDITY, VALUE, LENGTH, DISTRIBUTION, FRESHNESS -> Severity.HIGH;
    };
  }

  private void report(ColumnView baseline, ColumnView current, List<Moved> moved) {
    Moved leading = moved.get(0);
    for (Moved other : moved) {
      leading = other.severity().compareTo(leading.severity()) > 0 ? other : leading;
    }
    List<Moved> ordered = new ArrayList<>(moved);
    ordered.remove(leading);
    ordered.add(0, leading);
    String message =
        Explanation.shaped(
            explanation.ofColumn(
                leading.metric(), leading.ruling().comparison(), baseline, current),
            FaultShape.ofGroup(leading.metric().group(), baseline, current, before));
    findings.add(finding(current.profile().name(), ordered, message));
  }

  private static Finding finding(@Nullable ColumnName column, List<Moved> moved, String message) {
    Moved leading = moved.get(0);
    EffectivePolicy policy = leading.ruling().policy();
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("policy", policy.policyId());
    parameters.put("lowThreshold", Double.toString(policy.thresholds().low()));
    parameters.put("mediumThreshold", Double.toString(policy.thresholds().medium()));
    parameters.put("highThreshold", Double.toString(policy.thresholds().high()));
    parameters.put("absoluteFloor", Double.toString(policy.absoluteFloor()));
    for (Moved other : moved.subList(1, moved.size())) {
      Comparison comparison = other.ruling().comparison();
      parameters.put(
          "also." + other.metric().wireName(),
          comparison.baseline() + " → " + comparison.current());
    }
    double reach =
        moved.stream()
            .map(Moved::ruling)
            .mapToDouble(ruling -> ruling.comparison().effect(ruling.policy().absoluteFloor()))
            .max()
            .orElse(0);
    return new Finding(
            DriftKind.of(leading.metric().group()),
            column,
            leading.metric().wireName(),
            NAME,
            parameters,
            leading.ruling().comparison().change(policy.absoluteFloor()),
            leading.severity(),
            message)
        .reaching(reach);
  }

  private static Judgement judgement(@Nullable ColumnName column, Metric metric, Ruling ruling) {
    return new Judgement(
        column,
        metric.wireName(),
        metric.group(),
        ruling.comparison().baseline(),
        ruling.lower(),
        ruling.upper(),
        ruling.comparison().current());
  }

  private static Map<Metric, MetricComparer> comparers() {
    Map<Metric, MetricComparer> comparers = new LinkedHashMap<>();
    comparers.put(NULL_PERCENT, new ShareComparer(NULL_PERCENT));
    comparers.put(BLANK_PERCENT, new ShareComparer(BLANK_PERCENT));
    comparers.put(DISTINCT_PERCENT, new DistinctComparer());
    comparers.put(ZERO_PERCENT, new ShareComparer(ZERO_PERCENT));
    comparers.put(NEGATIVE_PERCENT, new ShareComparer(NEGATIVE_PERCENT));
    comparers.put(MEAN, new MeanComparer());
    comparers.put(STANDARD_DEVIATION, new DeviationComparer());
    comparers.put(MIN, new ExtremeComparer(MIN));
    comparers.put(MAX, new ExtremeComparer(MAX));
    comparers.put(EARLIEST, new InstantComparer(EARLIEST));
    comparers.put(LATEST, new InstantComparer(LATEST));
    comparers.put(TRUE_PERCENT, new ShareComparer(TRUE_PERCENT));
    comparers.put(AVERAGE_LENGTH, new LengthComparer());
    return comparers;
  }

  /** A metric that moved. */
  private record Moved(Metric metric, Ruling ruling, Severity severity) {}
}
