package io.profilemesh.query.api;

import io.profilemesh.query.compare.Trial;
import io.profilemesh.query.history.IncidentView;
import io.profilemesh.query.history.PolicyView;

/** Incidents and policies as CSV. */
final class IncidentTables {

  static final CsvTable<IncidentView> INCIDENTS =
      new CsvTable<IncidentView>()
          .column("incidentId", IncidentView::incidentId)
          .column("environment", IncidentView::environment)
          .column("datasetId", IncidentView::datasetId)
          .column("column", IncidentView::column)
          .column("group", IncidentView::group)
          .column("state", IncidentView::state)
          .column("severity", IncidentView::severity)
          .column("highestSeverity", IncidentView::highestSeverity)
          .column("openedAt", IncidentView::openedAt)
          .column("updatedAt", IncidentView::updatedAt)
          .column("resolvedAt", IncidentView::resolvedAt)
          .column("runs", IncidentView::runs)
          .column("message", IncidentView::message)
          .column("owner", IncidentView::owner)
          .column("tags", IncidentView::tags)
          .column("acknowledgedBy", IncidentView::acknowledgedBy)
          .column("assignee", IncidentView::assignee)
          .column("mutedUntil", IncidentView::mutedUntil)
          .column("feedback", IncidentView::feedback)
          .column("revision", IncidentView::revision);

  static final CsvTable<PolicyView> POLICIES =
      new CsvTable<PolicyView>()
          .column("policyId", PolicyView::policyId)
          .column("rank", PolicyView::rank)
          .column("enabled", PolicyView::enabled)
          .column("version", PolicyView::version)
          .column("updatedBy", PolicyView::updatedBy)
          .column("updatedAt", PolicyView::updatedAt);

  static final CsvTable<Trial.Difference> POLICY_DIFFERENCES =
      new CsvTable<Trial.Difference>()
          .column("datasetId", Trial.Difference::datasetId)
          .column("runId", Trial.Difference::runId)
          .column("at", Trial.Difference::at)
          .column("column", Trial.Difference::column)
          .column("metric", Trial.Difference::metric)
          .column("difference", Trial.Difference::difference)
          .column("fired", Trial.Difference::fired)
          .column("wouldFire", Trial.Difference::wouldFire)
          .column("message", Trial.Difference::message);

  private IncidentTables() {}
}
