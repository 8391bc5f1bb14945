package io.profilemesh.core.drift;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.core.statistics.FalseDiscovery;
import io.profilemesh.core.statistics.StudentT;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges a run by bounds learned from earlier ones. The table and each column are one hypothesis:
 * the least probable of its numbers counts, corrected for how many there are. Benjamini and
 * Hochberg's rule then says which hypotheses stand out among all of the run, at a rate that keeps
 * the budget of false alarms.
 */
final class LearnedJudge {

  static final String NAME = "learned_bounds";

  /** A budget is given per so many runs. */
  private static final double RUNS_OF_BUDGET = 30;

  private static final double MOST_RATE = 0.2;

  private final List<TableProfile> past;
  private final TableProfile now;
  private final DriftPolicies policies;
  private final StrategyKind strategy;
  private final KnownChanges changes;
  private final Explanation explanation;
  private @Nullable Map<ColumnName, List<ColumnView>> views;
  private int @Nullable [] phases;
  private final List<Subject> subjects = new ArrayList<>();
  private final List<Judgement> judgements = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /** The table or a column, with all of its numbers. */
  private record Subject(
      @Nullable ColumnName column,
      @Nullable ColumnView last,
      @Nullable ColumnView now,
      List<Candidate> candidates,
      AlarmShares shares) {

    /** Probability of the least probable number that would matter, corrected for all others. */
    double probability() {
      double least = 1;
      for (Candidate candidate : candidates) {
        if (candidate.matters()) {
          least = Math.min(least, candidate.probability() / share(candidate));
        }
      }
      return Math.min(1, least);
    }

    /** The share that a number has in the false alarms that its subject may make. */
    double share(Candidate candidate) {
      return shares.of(candidate);
    }
  }

  /**
   * For one run.
   *
   * @param past earlier runs, newest first
   * @param strategy how they were chosen
   * @param changes what people said of earlier changes
   */
  LearnedJudge(
      List<TableProfile> past,
      TableProfile now,
      DriftPolicies policies,
      StrategyKind strategy,
      KnownChanges changes,
      Explanation explanation) {
    EffectivePolicy ofTable = policies.effective(now.dataset(), null, Metric.ROW_COUNT, null);
    List<TableProfile> usual = new ArrayList<>();
    for (TableProfile run : past) {
      if (!ofTable.isSpecial(run.scannedAt())) {
        usual.add(0, run);
      }
    }
    this.past = usual;
    this.now = now;
    this.policies = policies;
    this.strategy = strategy;
    this.changes = changes;
    this.explanation = explanation;
  }

  /** Earlier runs that something can be learned from: of a column, or of the table. */
  int runs(@Nullable ColumnName column) {
    if (column != null) {
      return views().getOrDefault(column, List.of()).size();
    }
    return (int) past.stream().filter(RowCountComparer::isBounded).count();
  }

  /** The columns of earlier runs by name, oldest first. */
  private Map<ColumnName, List<ColumnView>> views() {
    Map<ColumnName, List<ColumnView>> known = views;
    if (known == null) {
      known = new HashMap<>();
      List<ColumnName> names = new ArrayList<>();
      List<List<ColumnView>> lists = new ArrayList<>();
      for (TableProfile run : past) {
        List<ColumnProfile> columns = run.columnProfiles();
        for (int place = 0; place < columns.size(); place++) {
          ColumnName name = columns.get(place).name();
          // Columns seldom change places.
          if (place == names.size() || names.get(place) != name) {
            List<ColumnView> list =
                known.computeIfAbsent(name, any -> new ArrayList<>(past.size()));
            if (place == names.size()) {
              names.add(name);
              lists.add(list);
            } else {
              names.set(place, name);
              lists.set(place, list);
            }
          }
          lists.get(place).add(view(columns.get(place), run));
        }
      }
      views = known;
    }
    return known;
  }

  private EffectivePolicy policy(
      @Nullable ColumnName column, String metric, @Nullable ColumnType type) {
    return policies.effective(now.dataset(), column, metric, type).under(strategy);
  }

  List<Judgement> judgements() {
    return judgements;
  }

  List<Finding> findings() {
    return findings;
  }

  /**
   * Judges all there is enough history for.
   *
   * @return names of the metrics judged by column; the table's under null
   */
  Map<@Nullable ColumnName, Set<String>> judge() {
    if (!past.isEmpty()) {
      add(null, null, null, ofTable());
      ofColumns();
    }
    decide();
    Map<@Nullable ColumnName, Set<String>> judged = new HashMap<>();
    for (Subject subject : subjects) {
      Set<String> names = new HashSet<>();
      subject.candidates().forEach(candidate -> names.add(candidate.metric()));
      ColumnView current = subject.now();
      if (current != null) {
        names.addAll(followed(current));
      }
      judged.put(subject.column(), names);
    }
    return judged;
  }

  /**
   * What is followed through the runs of a column with a history, whether this run has it or not: a
   * number that comes and goes, such as the largest value of a column that looks bounded at times,
   * is not compared with the run before. One whose policy asks for more runs is not followed yet.
   */
  private List<String> followed(ColumnView column) {
    ColumnName subject = column.profile().name();
    int runs = runs(subject);
    return Feature.ALL.stream()
        .map(Feature::name)
        .filter(
            name -> {
              EffectivePolicy policy = policy(subject, name, column.type());
              return policy.strategy() != StrategyKind.PREVIOUS
                  && policy.strategy() != StrategyKind.PINNED
                  && runs >= policy.minimumHistory();
            })
        .toList();
  }

  private List<Candidate> ofTable() {
    List<Candidate> candidates = new ArrayList<>(ofRowCount());
    candidates.addAll(LearnedAge.candidates(past, now, policy(null, LearnedAge.METRIC, null)));
    return candidates;
  }

  private List<Candidate> ofRowCount() {
    EffectivePolicy policy = ofRows();
    boolean learns =
        policy.strategy() != StrategyKind.PREVIOUS && policy.strategy() != StrategyKind.PINNED;
    if (!learns || !RowCountComparer.isBounded(now)) {
      return List.of();
    }
    List<TableProfile> bounded = past.stream().filter(RowCountComparer::isBounded).toList();
    if (bounded.size() < policy.minimumHistory()) {
      return List.of();
    }
    double[] rows =
        Levels.present(
            bounded.stream().mapToDouble(TableProfile::rowCount).toArray(),
            bounded.stream().map(TableProfile::scannedAt).toArray(Instant[]::new),
            changes.levels(null, MetricGroup.VOLUME));
    return LearnedRows.next(
            rows,
            now.rowCount(),
            phases(bounded.stream().map(TableProfile::scannedAt)),
            policy.strategy())
        .stream()
        .map(forecast -> rows(forecast, policy))
        .toList();
  }

  /**
   * Loads differ in size, on a holiday as in a storm: unless a policy says otherwise, less than
   * what is a medium change elsewhere says nothing.
   */
  private EffectivePolicy ofRows() {
    EffectivePolicy policy = policy(null, Metric.ROW_COUNT.wireName(), null);
    Thresholds thresholds = policy.thresholds();
    return thresholds.equals(Thresholds.DEFAULT)
        ? policy.with(new Thresholds(thresholds.medium(), thresholds.medium(), thresholds.high()))
        : policy;
  }

  private Candidate rows(Forecast forecast, EffectivePolicy policy) {
    double expected = forecast.expected();
    double current = now.rowCount();
    double perUnit = expected != 0 ? 1 / Math.abs(expected) : 1;
    return new Candidate(
        Metric.ROW_COUNT.wireName(),
        MetricGroup.VOLUME,
        null,
        forecast,
        current,
        expected,
        expected,
        forecast.scale(),
        RowCountComparer.error(now) + RowCountComparer.error(past.get(past.size() - 1)),
        0,
        perUnit,
        Math.abs(current - expected) * perUnit,
        forecast.constant(),
        current == 0 && expected > 0,
        // Of a table of a few rows half of them are more than a few.
        policy.withFloor(Math.min(policy.absoluteFloor(), Math.max(1, expected / 2))),
        policy.silences(now.scannedAt()),
        null);
  }

  private void ofColumns() {
    Map<ColumnName, List<ColumnView>> views = views();
    Map<ColumnName, ColumnProfile> profiled = new LinkedHashMap<>();
    now.columnProfiles().forEach(column -> profiled.put(column.name(), column));
    for (ColumnDefinition definition : now.columns()) {
      ColumnProfile column = profiled.get(definition.name());
      if (column != null) {
        ofColumn(view(column, now), views.getOrDefault(definition.name(), List.of()));
      }
    }
  }

  private void ofColumn(ColumnView current, List<ColumnView> all) {
    List<ColumnView> comparable =
        all.stream()
            .filter(view -> DriftEvaluation.comparable(view.type(), current.type()))
            .toList();
    if (comparable.isEmpty()) {
      return;
    }
    // A column that every run has goes by the phases of the table.
    int[] phases =
        comparable.size() == past.size()
            ? phasesOfTable()
            : phases(comparable.stream().map(ColumnView::at));
    ColumnName name = current.profile().name();
    ColumnType type = current.type();
    ColumnSeries series = new ColumnSeries(comparable, phases, changes);
    add(
        name,
        series.last(),
        current,
        LearnedColumn.candidates(series, current, metric -> policy(name, metric, type)));
  }

  private void add(
      @Nullable ColumnName column,
      @Nullable ColumnView last,
      @Nullable ColumnView current,
      List<Candidate> candidates) {
    if (!candidates.isEmpty()) {
      subjects.add(new Subject(column, last, current, candidates, new AlarmShares(candidates)));
    }
  }

  private static ColumnView view(ColumnProfile column, TableProfile run) {
    return new ColumnView(
        ComparedMetrics.of(column, run.rowCount()), run.rowCount(), run.scannedAt());
  }

  private int[] phasesOfTable() {
    int[] known = phases;
    if (known == null) {
      known = phases(past.stream().map(TableProfile::scannedAt));
      phases = known;
    }
    return known;
  }

  private int[] phases(Stream<Instant> runs) {
    return RunPhases.of(Stream.concat(runs, Stream.of(now.scannedAt())).toList());
  }

  private void decide() {
    double[] probabilities = subjects.stream().mapToDouble(Subject::probability).toArray();
    double budget =
        policies.effective(now.dataset(), null, Metric.ROW_COUNT, null).falseAlarmsPerMonth();
    double threshold =
        FalseDiscovery.threshold(probabilities, Math.min(MOST_RATE, budget / RUNS_OF_BUDGET));
    double[] corrected = FalseDiscovery.corrected(probabilities);
    for (int i = 0; i < subjects.size(); i++) {
      Subject subject = subjects.get(i);
      double factor =
          probabilities[i] > 0 ? corrected[i] / probabilities[i] : 1.0 * subjects.size();
      decide(subject, threshold, factor);
    }
  }

  /**
   * Decides on the numbers of one subject.
   *
   * @param threshold largest probability of the subject that still counts
   * @param factor what correction among subjects makes of a probability
   */
  private void decide(Subject subject, double threshold, double factor) {
    Map<MetricGroup, List<Candidate>> moved = new LinkedHashMap<>();
    Candidate category = null;
    for (Candidate candidate : subject.candidates()) {
      double most = threshold * subject.share(candidate);
      double critical = critical(most, candidate);
      boolean found = candidate.matters() && candidate.probability() <= most;
      if (candidate.category() == null) {
        judgements.add(judgement(subject, candidate, critical));
      } else if (category == null || candidate.effect() > category.effect()) {
        category = candidate;
      }
      if (found) {
        moved.computeIfAbsent(candidate.group(), group -> new ArrayList<>()).add(candidate);
      }
    }
    if (category != null) {
      double critical = critical(threshold * subject.share(category), category);
      judgements.add(judgement(subject, category, critical));
    }
    foldDistribution(moved);
    moved.values().forEach(group -> report(subject, group, threshold, factor));
  }

  /** Multiple of the scale that has a probability. */
  private static double critical(double probability, Candidate candidate) {
    double normal = StudentT.normalQuantile(1 - probability / 2);
    return StudentT.critical(normal, Math.max(3, candidate.forecast().freedom()));
  }

  /** A distribution that is another one because its mean moved is the same fact. */
  private static void foldDistribution(Map<MetricGroup, List<Candidate>> moved) {
    List<Candidate> values = moved.get(MetricGroup.VALUE);
    List<Candidate> distribution = moved.get(MetricGroup.DISTRIBUTION);
    if (values != null && distribution != null) {
      values.addAll(distribution);
      moved.remove(MetricGroup.DISTRIBUTION);
    }
  }

  private static Judgement judgement(Subject subject, Candidate candidate, double critical) {
    double tolerance = candidate.tolerance(critical);
    return new Judgement(
        subject.column(),
        candidate.metric(),
        candidate.group(),
        candidate.forecast().expected(),
        candidate.low() - tolerance,
        candidate.high() + tolerance,
        candidate.current());
  }

  private void report(Subject subject, List<Candidate> moved, double threshold, double factor) {
    Candidate leading = moved.get(0);
    for (Candidate other : moved) {
      leading = isMoreSevere(other, leading) ? other : leading;
    }
    Explanation ofRuns = explanation.afterRuns(leading.forecast().runs());
    String message =
        subject.now() == null || subject.last() == null
            ? ofTable(leading, ofRuns)
            : ofRuns.ofLearned(
                leading,
                subject.last(),
                subject.now(),
                shape(leading, subject.last(), subject.now()));
    double share = subject.share(leading);
    double significance = Math.min(1, leading.probability() / share * factor);
    double reach = moved.stream().mapToDouble(Candidate::effect).max().orElse(0);
    findings.add(
        new Finding(
                DriftKind.of(leading.group()),
                subject.column(),
                leading.metric(),
                NAME,
                parameters(leading, moved, subject),
                leading.change(critical(threshold * share, leading), significance),
                leading.severity().orElse(Severity.LOW),
                message)
            .reaching(reach));
  }

  private String ofTable(Candidate leading, Explanation ofRuns) {
    return leading.metric().equals(LearnedAge.METRIC)
        ? ofRuns.ofAge(
            now,
            leading.current(),
            DataAge.words(leading.forecast().expected()) + " " + ofRuns.earlier())
        : ofRuns.ofRows(leading.comparison());
  }

  /** What the fault looks like, of findings that speak of values. */
  private String shape(Candidate leading, ColumnView last, ColumnView current) {
    return FaultShape.ofGroup(leading.group(), last, current, past.get(past.size() - 1));
  }

  private static boolean isMoreSevere(Candidate one, Candidate other) {
    Severity first = one.severity().orElse(Severity.LOW);
    Severity second = other.severity().orElse(Severity.LOW);
    return first.compareTo(second) > 0
        || (first == second
            && one.category() != null
            && other.category() != null
            && one.effect() > other.effect());
  }

  private static Map<String, String> parameters(
      Candidate leading, List<Candidate> moved, Subject subject) {
    EffectivePolicy policy = leading.policy();
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("policy", policy.policyId());
    parameters.put("lowThreshold", Double.toString(policy.thresholds().low()));
    parameters.put("mediumThreshold", Double.toString(policy.thresholds().medium()));
    parameters.put("highThreshold", Double.toString(policy.thresholds().high()));
    parameters.put("absoluteFloor", Double.toString(policy.absoluteFloor()));
    parameters.put("falseAlarmsPerMonth", Double.toString(policy.falseAlarmsPerMonth()));
    parameters.put("forecast", leading.forecast().method());
    parameters.put("runs", Integer.toString(leading.forecast().runs()));
    if (leading.group() == MetricGroup.VALUE || leading.group() == MetricGroup.DISTRIBUTION) {
      subject.candidates().stream()
          .map(Candidate::moved)
          .filter(Objects::nonNull)
          .forEach(change -> parameters.putAll(change.parameters()));
    }
    for (Candidate other : moved) {
      String name = "also." + other.metric();
      if (other != leading && !other.metric().equals(leading.metric())) {
        parameters.putIfAbsent(name, other.forecast().expected() + " → " + other.current());
      }
    }
    return parameters;
  }
}
