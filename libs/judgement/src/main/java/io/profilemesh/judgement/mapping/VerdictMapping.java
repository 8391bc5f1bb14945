package io.profilemesh.judgement.mapping;

import io.profilemesh.core.drift.Baseline;
import io.profilemesh.core.drift.Change;
import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.core.drift.Evaluation;
import io.profilemesh.core.drift.Finding;
import io.profilemesh.core.drift.Judgement;
import io.profilemesh.core.drift.Severity;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.schema.BaselineReference;
import io.profilemesh.schema.BaselineStrategy;
import io.profilemesh.schema.ColumnJudgement;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftKind;
import io.profilemesh.schema.EventIds;
import io.profilemesh.schema.MetricJudgement;
import io.profilemesh.schema.NotEvaluated;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.VerdictOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes an evaluation as the records of its run. Everything follows from the profile and the
 * evaluation, ids included: a repeat gives the same bytes.
 */
public final class VerdictMapping {

  /**
   * Judgements beyond this many, of metrics that did not drift, are left out of a verdict, so that
   * no table is too wide for its topic.
   */
  static final int MOST_JUDGEMENTS = 20_000;

  private static final String TRUNCATED = "JUDGEMENTS_LEFT_OUT";

  /** Code of what was found, but judged by people to be no fault. */
  public static final String TOLERATED = "TOLERATED_BY_FEEDBACK";

  private final TableProfile head;
  private final Evaluation evaluation;
  private final List<Finding> tolerated;
  private final List<DriftEvent> events;

  /**
   * For one run.
   *
   * @param head part 0 of its profile
   * @param evaluation what was found, without what is tolerated
   * @param tolerated what people judged to be no finding
   */
  public VerdictMapping(TableProfile head, Evaluation evaluation, List<Finding> tolerated) {
    this.head = head;
    this.evaluation = evaluation;
    this.tolerated = List.copyOf(tolerated);
    this.events = evaluation.findings().stream().map(this::event).toList();
  }

  /** One event for each finding, in their order. */
  public List<DriftEvent> events() {
    return events;
  }

  /** Gives each event the link that its policy has. */
  public void addRunbooks(
      DriftPolicies policies, io.profilemesh.core.profile.TableProfile profile) {
    events.forEach(event -> event.setRunbookUrl(runbook(policies, profile, event)));
  }

  private static @Nullable String runbook(
      DriftPolicies policies, io.profilemesh.core.profile.TableProfile profile, DriftEvent event) {
    String column = event.getColumn();
    ColumnType type =
        profile.columns().stream()
            .filter(definition -> definition.name().value().equals(column))
            .map(ColumnDefinition::type)
            .findFirst()
            .orElse(null);
    return policies
        .effective(
            profile.dataset(),
            column == null ? null : new ColumnName(column),
            event.getMetric(),
            type)
        .runbookUrl();
  }

  /**
   * The verdict, which names the findings, whether or not anybody is told of them.
   *
   * @param told ids of the events that people are told
   * @param openIncidents incidents of the dataset that are open after the run
   */
  public RunVerdict verdict(List<String> told, int openIncidents) {
    List<NotEvaluated> notEvaluated = new ArrayList<>();
    evaluation.notEvaluated().forEach(one -> notEvaluated.add(notEvaluated(one)));
    tolerated.forEach(one -> notEvaluated.add(tolerated(one)));
    List<ColumnJudgement> judgements = judgements(notEvaluated);
    return RunVerdict.newBuilder()
        .setEnvironment(head.getEnvironment())
        .setRunId(head.getRunId())
        .setRequestId(head.getRequestId())
        .setDatasetId(head.getDatasetId())
        .setSource(head.getSource())
        .setSchemaName(head.getSchemaName())
        .setTableName(head.getTableName())
        .setSliceName(head.getSliceName())
        .setRequester(head.getRequester())
        .setOwner(head.getOwner())
        .setTags(head.getTags())
        .setProfiledAt(head.getScanStartedAt())
        .setOutcome(VerdictOutcome.valueOf(evaluation.outcome().name()))
        .setStrategy(BaselineStrategy.valueOf(evaluation.baseline().strategy().name()))
        .setBaselineRunIds(runs())
        .setPolicyVersion(evaluation.policyVersion())
        .setLowFindings(evaluation.count(Severity.LOW))
        .setMediumFindings(evaluation.count(Severity.MEDIUM))
        .setHighFindings(evaluation.count(Severity.HIGH))
        .setFindingIds(events.stream().map(DriftEvent::getEventId).toList())
        .setEventIds(told)
        .setOpenIncidents(openIncidents)
        .setNotEvaluated(notEvaluated)
        .setJudgements(judgements)
        .build();
  }

  private DriftEvent event(Finding finding) {
    String column = finding.column() == null ? null : finding.column().value();
    DriftEvent.Builder event =
        DriftEvent.newBuilder()
            .setEventId(eventId(head, finding, evaluation.policyVersion()))
            .setEnvironment(head.getEnvironment())
            .setRunId(head.getRunId())
            .setRequestId(head.getRequestId())
            .setRequester(head.getRequester())
            .setOwner(head.getOwner())
            .setTags(head.getTags())
            .setKind(DriftKind.valueOf(finding.kind().name()))
            .setDatasetId(head.getDatasetId())
            .setSource(head.getSource())
            .setSchemaName(head.getSchemaName())
            .setTableName(head.getTableName())
            .setSliceName(head.getSliceName())
            .setColumn(column)
            .setMetric(finding.metric())
            .setDetector(finding.detector())
            .setDetectorParameters(new LinkedHashMap<>(new TreeMap<>(finding.parameters())))
            .setSeverity(io.profilemesh.schema.Severity.valueOf(finding.severity().name()))
            .setPolicyVersion(evaluation.policyVersion())
            .setMessage(finding.message())
            .setProfiledAt(head.getScanStartedAt());
    describe(event, finding.change());
    return event.build();
  }

  private void describe(DriftEvent.Builder event, Change change) {
    BaselineReference.Builder baseline =
        BaselineReference.newBuilder()
            .setStrategy(BaselineStrategy.valueOf(evaluation.baseline().strategy().name()))
            .setRunIds(runs());
    if (change instanceof Change.OfNumber number) {
      baseline.setValue(number.baseline()).setSpread(number.spread());
      event
          .setCurrentValue(number.current())
          .setChangeAbsolute(number.absolute())
          .setChangePercent(number.percent())
          .setEffectSize(number.effect())
          .setEffectLower(number.effectLower())
          .setEffectUpper(number.effectUpper())
          .setSamplingError(number.samplingError())
          .setSketchError(number.sketchError())
          .setSignificance(number.significance());
    } else if (change instanceof Change.OfText text) {
      baseline.setText(text.baseline());
      event.setCurrentText(text.current());
    }
    event.setBaseline(baseline.build());
  }

  /** Identity of the event of a finding. */
  public static String eventId(TableProfile head, Finding finding, long policyVersion) {
    return EventIds.of(
        head.getEnvironment(),
        head.getDatasetId(),
        head.getRunId(),
        finding.column() == null ? "" : finding.column().value(),
        finding.metric(),
        finding.detector(),
        Long.toString(policyVersion));
  }

  private List<String> runs() {
    Baseline baseline = evaluation.baseline();
    return baseline.runs().stream().map(RunId::toString).toList();
  }

  private static NotEvaluated tolerated(Finding finding) {
    return NotEvaluated.newBuilder()
        .setColumn(finding.column() == null ? null : finding.column().value())
        .setMetric(finding.metric())
        .setCode(TOLERATED)
        .setMessage("A person judged a change like this one to be no fault.")
        .build();
  }

  private static NotEvaluated notEvaluated(io.profilemesh.core.drift.NotEvaluated one) {
    return NotEvaluated.newBuilder()
        .setColumn(one.column() == null ? null : one.column().value())
        .setMetric(one.metric() == null ? null : one.metric().wireName())
        .setCode(one.code().name())
        .setMessage(one.message())
        .build();
  }

  private List<ColumnJudgement> judgements(List<NotEvaluated> notEvaluated) {
    Map<String, String> findings = findingIds();
    boolean tooMany = evaluation.judgements().size() > MOST_JUDGEMENTS;
    Map<String, ColumnJudgement> byColumn = new LinkedHashMap<>();
    for (Judgement judgement : evaluation.judgements()) {
      String column = judgement.column() == null ? null : judgement.column().value();
      String finding = findings.get(subject(column, judgement.metric()));
      if (!tooMany || finding != null) {
        byColumn
            .computeIfAbsent(
                column == null ? "" : column, key -> new ColumnJudgement(column, new ArrayList<>()))
            .getMetrics()
            .add(metric(judgement, finding));
      }
    }
    if (tooMany) {
      notEvaluated.add(
          NotEvaluated.newBuilder()
              .setCode(TRUNCATED)
              .setMessage(
                  "All metrics were judged; only those that drifted are listed, as the table is"
                      + " very wide.")
              .build());
    }
    return List.copyOf(byColumn.values());
  }

  private static MetricJudgement metric(Judgement judgement, @Nullable String finding) {
    return MetricJudgement.newBuilder()
        .setMetric(judgement.metric())
        .setBaseline(judgement.baseline())
        .setLower(judgement.lower())
        .setUpper(judgement.upper())
        .setCurrent(judgement.current())
        .setFindingId(finding)
        .build();
  }

  private Map<String, String> findingIds() {
    Map<String, String> ids = new LinkedHashMap<>();
    for (DriftEvent event : events) {
      ids.put(subject(event.getColumn(), event.getMetric()), event.getEventId());
    }
    return ids;
  }

  private static String subject(@Nullable String column, String metric) {
    return metric + '\0' + (column == null ? "" : column);
  }
}
