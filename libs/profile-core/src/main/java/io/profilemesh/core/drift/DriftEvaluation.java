package io.profilemesh.core.drift;

import io.profilemesh.core.drift.NotEvaluated.Code;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.profile.TableProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges a run: a baseline, a profile and policies in, judgements and findings out. A function of
 * its arguments alone, the same at every repeat.
 */
public final class DriftEvaluation {

  private DriftEvaluation() {}

  /** The judgement of a profile against a baseline, whose schema is the accepted one. */
  public static Evaluation evaluate(
      Baseline baseline, TableProfile profile, DriftPolicies policies) {
    return evaluate(baseline, profile, policies, KnownChanges.NONE);
  }

  /**
   * The judgement of a profile against a baseline.
   *
   * @param standing changes of the schema up to the baseline that nobody has accepted, by column
   */
  public static Evaluation evaluate(
      Baseline baseline,
      TableProfile profile,
      DriftPolicies policies,
      Map<ColumnName, FormerColumn.Standing> standing) {
    return evaluate(baseline, profile, policies, new KnownChanges(standing, List.of()));
  }

  /**
   * The judgement of a profile against a baseline.
   *
   * @param changes what people said of earlier changes; a pinned run has its own schema
   */
  public static Evaluation evaluate(
      Baseline baseline, TableProfile profile, DriftPolicies policies, KnownChanges changes) {
    if (baseline instanceof Baseline.SingleRun run) {
      return new Against(run, run.profile(), List.of(), profile, policies, changes).evaluate();
    }
    if (baseline instanceof Baseline.History history) {
      return new Against(history, history.last(), history.profiles(), profile, policies, changes)
          .evaluate();
    }
    if (baseline instanceof Baseline.None none) {
      return new Evaluation(
          baseline, policies.version(), List.of(), List.of(), List.of(none.reason()), List.of());
    }
    throw new IllegalStateException("every kind of baseline is judged");
  }

  /** Whether values of two type classes can be compared. */
  static boolean comparable(ColumnType before, ColumnType now) {
    return before == now
        || (before.isNumeric() && now.isNumeric())
        || (isInstant(before) && isInstant(now));
  }

  private static boolean isInstant(ColumnType type) {
    return type.isTemporal() && type != ColumnType.TIME;
  }

  /** One run against one other. */
  private static final class Against {
    private final Baseline baseline;
    private final List<Rename> renames;
    private final TableProfile before;
    private final TableProfile now;
    private final DriftPolicies policies;
    private final KnownChanges changes;
    private final Explanation explanation;
    private final MetricDetector metrics;
    private final DistributionDetector distributions;
    private final LearnedJudge learned;
    private Map<@Nullable ColumnName, Set<String>> judged = Map.of();
    private final List<NotEvaluated> skipped = new ArrayList<>();

    Against(
        Baseline baseline,
        TableProfile before,
        List<TableProfile> history,
        TableProfile now,
        DriftPolicies policies,
        KnownChanges changes) {
      this.baseline = baseline;
      this.renames = Renames.between(before, now);
      this.before = renames.isEmpty() ? before : Renames.apply(renames, before);
      this.now = now;
      this.policies = policies;
      this.changes = changes;
      this.explanation =
          new Explanation(
              now.dataset(),
              baseline.strategy(),
              before.scannedAt(),
              RepeatedRows.between(this.before, now),
              MissingPart.between(this.before, now));
      this.learned =
          new LearnedJudge(
              renamed(history), now, policies, baseline.strategy(), changes, explanation);
      this.metrics =
          new MetricDetector(
              policies,
              this.before,
              now.dataset(),
              now.scannedAt(),
              explanation,
              baseline.strategy(),
              learned::runs);
      this.distributions =
          new DistributionDetector(
              policies, now.dataset(), now.scannedAt(), baseline.strategy(), explanation);
    }

    Evaluation evaluate() {
      judged = learned.judge();
      judgeRows();
      FreshnessBound.Outcome freshness = judgeFreshness();
      judgeColumns();
      List<Finding> findings = new ArrayList<>();
      AcceptedSchema accepted =
          AcceptedSchema.of(
              before.columns(),
              renames,
              baseline.strategy() == StrategyKind.PINNED ? Map.of() : changes.schema(),
              now.columns());
      SchemaDetector.detect(accepted, now, explanation).stream()
          .filter(finding -> !isSilenced(finding))
          .forEach(findings::add);
      if (freshness.finding() != null) {
        findings.add(freshness.finding());
      }
      findings.addAll(learned.findings());
      findings.addAll(metrics.findings());
      findings.addAll(distributions.findings());
      List<Judgement> judgements = new ArrayList<>();
      if (freshness.judgement() != null) {
        judgements.add(freshness.judgement());
      }
      judgements.addAll(learned.judgements());
      judgements.addAll(metrics.judgements());
      judgements.addAll(distributions.judgements());
      skipped.addAll(metrics.notEvaluated());
      return new Evaluation(
          baseline, policies.version(), inOrder(findings), judgements, skipped, renames);
    }

    /** Findings of the schema, of the table, then of the columns in their order. */
    private List<Finding> inOrder(List<Finding> findings) {
      Map<ColumnName, Integer> places = new HashMap<>();
      now.columns().forEach(column -> places.put(column.name(), 1 + places.size()));
      List<Finding> ordered = new ArrayList<>(findings);
      ordered.sort(
          Comparator.comparingInt(
              finding ->
                  finding.kind() == DriftKind.SCHEMA
                      ? -1
                      : finding.column() == null
                          ? 0
                          : places.getOrDefault(finding.column(), Integer.MAX_VALUE)));
      return ordered;
    }

    private Set<String> judged(@Nullable ColumnName column) {
      return judged.getOrDefault(column, Set.of());
    }

    private List<TableProfile> renamed(List<TableProfile> history) {
      return renames.isEmpty()
          ? history
          : history.stream().map(run -> Renames.apply(renames, run)).toList();
    }

    private boolean isSilenced(Finding finding) {
      ColumnType type =
          now.columns().stream()
              .filter(column -> column.name().equals(finding.column()))
              .map(ColumnDefinition::type)
              .findFirst()
              .orElse(null);
      return policies
          .effective(now.dataset(), finding.column(), finding.metric(), type)
          .silences(now.scannedAt());
    }

    private void judgeRows() {
      if (judged(null).contains(Metric.ROW_COUNT.wireName())) {
        return;
      }
      if (RowCountComparer.isBounded(before) && RowCountComparer.isBounded(now)) {
        metrics.judgeRows(RowCountComparer.compare(before, now));
      } else {
        skipped.add(
            new NotEvaluated(
                null,
                Metric.ROW_COUNT,
                Code.ESTIMATE_WITHOUT_BOUNDS,
                "The row count is an estimate that does not say how far off it may be."));
      }
    }

    private FreshnessBound.Outcome judgeFreshness() {
      String metric = Metric.DATA_AGE.wireName();
      EffectivePolicy policy =
          policies.effective(now.dataset(), null, metric, null).under(baseline.strategy());
      boolean mayLearn =
          baseline.strategy() != StrategyKind.PREVIOUS
              && baseline.strategy() != StrategyKind.PINNED
              && policy.strategy() != StrategyKind.PREVIOUS
              && policy.strategy() != StrategyKind.PINNED;
      FreshnessBound.Outcome outcome =
          FreshnessBound.judge(now, policy, explanation, judged(null).contains(metric), mayLearn);
      if (outcome.notEvaluated() != null) {
        skipped.add(outcome.notEvaluated());
      }
      return outcome;
    }

    private void judgeColumns() {
      Map<ColumnName, ColumnProfile> earlier = byName(before);
      Set<ColumnName> known = new HashSet<>();
      before.columns().forEach(column -> known.add(column.name()));
      Map<ColumnName, ColumnProfile> profiled = byName(now);
      for (ColumnDefinition column : now.columns()) {
        ColumnName name = column.name();
        judge(name, known.contains(name), earlier.get(name), profiled.get(name));
      }
    }

    private void judge(
        ColumnName name,
        boolean known,
        @Nullable ColumnProfile earlier,
        @Nullable ColumnProfile current) {
      if (!known) {
        skip(name, Code.NEW_COLUMN, "The column is new: later runs are compared with this one.");
      } else if (current == null) {
        skip(name, Code.NOT_PROFILED, "This run did not profile the column.");
      } else if (earlier == null) {
        skip(name, Code.NOT_IN_BASELINE, "The baseline run did not profile the column.");
      } else {
        judge(
            new ColumnView(earlier, before.rowCount(), before.scannedAt()),
            new ColumnView(current, now.rowCount(), now.scannedAt()));
      }
    }

    private void judge(ColumnView earlier, ColumnView current) {
      ColumnName name = current.profile().name();
      boolean comparable = comparable(earlier.type(), current.type());
      if (!comparable) {
        skip(
            name,
            Code.TYPE_CHANGED,
            "The column's type is another: only its missing values are judged.");
      } else if (earlier.values() == 0 || current.values() == 0) {
        skip(name, Code.NO_VALUES, noValues(earlier, current));
      }
      Set<MetricGroup> told = metrics.judge(earlier, current, comparable, judged(name));
      if (comparable && !judged(name).contains(Feature.DISTRIBUTION)) {
        distributions.judge(earlier, current, told.contains(MetricGroup.VALUE));
      }
    }

    private static String noValues(ColumnView earlier, ColumnView current) {
      String where =
          earlier.values() > 0
              ? "this run"
              : current.values() > 0 ? "the baseline run" : "either run";
      return "The column has no values in " + where + ": there is nothing to compare.";
    }

    private void skip(ColumnName column, Code code, String message) {
      skipped.add(NotEvaluated.ofColumn(column, code, message));
    }

    private static Map<ColumnName, ColumnProfile> byName(TableProfile profile) {
      Map<ColumnName, ColumnProfile> byName = new HashMap<>();
      profile
          .columnProfiles()
          .forEach(
              column -> byName.put(column.name(), ComparedMetrics.of(column, profile.rowCount())));
      return byName;
    }
  }
}
