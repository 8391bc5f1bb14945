package io.profilemesh.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules of what the drift service says: each gives a sentence, or null when all is well. */
final class DriftRules {

  private DriftRules() {}

  static @Nullable String problem(RunVerdict verdict) {
    String problem = Parts.run(verdict.getRunId(), verdict.getRequestId(), verdict.getDatasetId());
    if (problem != null) {
      return problem;
    }
    if (verdict.getOutcome() == VerdictOutcome.UNKNOWN) {
      return "outcome is unknown to this version.";
    }
    if (!Shapes.isName(verdict.getEnvironment()) || !Shapes.isInstant(verdict.getProfiledAt())) {
      return "environment is empty, or profiledAt lies outside 1970 to 2100.";
    }
    problem =
        Parts.names(
            verdict.getDatasetId(),
            verdict.getSource(),
            verdict.getSchemaName(),
            verdict.getTableName(),
            verdict.getSliceName());
    problem = Parts.first(problem, Parts.people(verdict.getRequester(), null, verdict.getOwner()));
    problem = Parts.first(problem, Parts.tags(verdict.getTags()));
    problem = Parts.first(problem, findings(verdict));
    return Parts.first(problem, judgements(verdict.getJudgements()));
  }

  static @Nullable String problem(DriftEvent event) {
    if (event.getKind() == DriftKind.UNKNOWN || event.getSeverity() == Severity.UNKNOWN) {
      return "kind or severity is unknown to this version.";
    }
    if (!Shapes.isHex(event.getEventId(), 32) || !Shapes.isDatasetId(event.getDatasetId())) {
      return "eventId or datasetId is malformed.";
    }
    boolean missingRun = event.getKind() == DriftKind.MISSING_RUN && event.getRunId().isEmpty();
    if (!missingRun && !Shapes.isUuid(event.getRunId())) {
      return "runId is no UUID.";
    }
    if (!Shapes.isName(event.getEnvironment())
        || !Shapes.isName(event.getMetric())
        || !Shapes.isName(event.getDetector())) {
      return "environment, metric or detector is empty or not printable.";
    }
    if (event.getMessage().isEmpty() || !Shapes.isText(event.getMessage(), Parts.LONGEST_MESSAGE)) {
      return "message is empty, too long or not printable.";
    }
    if (!Shapes.isInstant(event.getProfiledAt())) {
      return "profiledAt lies outside 1970 to 2100.";
    }
    String problem =
        Parts.names(
            event.getDatasetId(),
            event.getSource(),
            event.getSchemaName(),
            event.getTableName(),
            event.getSliceName());
    problem = Parts.first(problem, Parts.people(event.getRequester(), null, event.getOwner()));
    problem = Parts.first(problem, Parts.tags(event.getTags()));
    return Parts.first(problem, numbers(event));
  }

  static @Nullable String problem(Incident incident) {
    if (incident.getState() == IncidentState.UNKNOWN
        || incident.getSeverity() == Severity.UNKNOWN) {
      return "state or severity is unknown to this version.";
    }
    if (!Shapes.isHex(incident.getIncidentId(), 32)
        || !Shapes.isDatasetId(incident.getDatasetId())) {
      return "incidentId or datasetId is malformed.";
    }
    if (!Shapes.isInstant(incident.getOpenedAt())
        || !Shapes.isInstant(incident.getUpdatedAt())
        || !Shapes.isInstantOrNull(incident.getResolvedAt())
        || !Shapes.isInstantOrNull(incident.getMutedUntil())) {
      return "a time lies outside 1970 to 2100.";
    }
    return incident.getRuns() < 0 || incident.getRevision() < 0
        ? "runs or revision is negative."
        : Parts.first(
            Parts.people(incident.getAssignee(), null, incident.getOwner()),
            Parts.tags(incident.getTags()));
  }

  private static @Nullable String findings(RunVerdict verdict) {
    if (verdict.getLowFindings() < 0
        || verdict.getMediumFindings() < 0
        || verdict.getHighFindings() < 0
        || verdict.getOpenIncidents() < 0) {
      return "a number of findings or incidents is negative.";
    }
    List<String> ids = verdict.getFindingIds();
    Set<String> distinct = new HashSet<>(ids);
    long counted =
        (long) verdict.getLowFindings() + verdict.getMediumFindings() + verdict.getHighFindings();
    if (distinct.size() != ids.size() || counted != ids.size()) {
      return "findingIds and the numbers of findings disagree.";
    }
    return ids.stream().allMatch(id -> Shapes.isHex(id, 32)) ? null : "a finding id is malformed.";
  }

  private static @Nullable String judgements(List<ColumnJudgement> columns) {
    for (ColumnJudgement column : columns) {
      for (MetricJudgement metric : column.getMetrics()) {
        if (!Shapes.isName(metric.getMetric())
            || !Shapes.isFinite(metric.getBaseline())
            || !Shapes.isFinite(metric.getCurrent())
            || !Shapes.isRange(metric.getLower(), metric.getUpper())) {
          return "a judgement lacks its metric, or a number of it is not finite or upside down.";
        }
      }
    }
    return null;
  }

  private static @Nullable String numbers(DriftEvent event) {
    Double significance = event.getSignificance();
    if (significance != null && !Shapes.isShare(significance)) {
      return "significance lies outside 0 to 1.";
    }
    BaselineReference baseline = event.getBaseline();
    boolean finite =
        Shapes.isFinite(event.getCurrentValue())
            && Shapes.isFinite(event.getChangeAbsolute())
            && Shapes.isFinite(event.getChangePercent())
            && Shapes.isFinite(event.getEffectSize())
            && Shapes.isRange(event.getEffectLower(), event.getEffectUpper())
            && Shapes.isFinite(event.getSamplingError())
            && Shapes.isFinite(event.getSketchError())
            && (baseline == null
                || (Shapes.isFinite(baseline.getValue()) && Shapes.isFinite(baseline.getSpread())));
    return finite ? null : "a number is not finite, or the effect's interval is upside down.";
  }
}
