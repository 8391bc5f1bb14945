package io.profilemesh.query.api;

import io.profilemesh.query.history.ApiKeyView;
import io.profilemesh.query.history.AuditView;
import io.profilemesh.query.history.RequestView;
import io.profilemesh.query.history.UserView;

/** Keys, people and journals as CSV. */
final class AccessTables {

  static final CsvTable<ApiKeyView> KEYS =
      new CsvTable<ApiKeyView>()
          .column("keyId", ApiKeyView::keyId)
          .column("prefix", ApiKeyView::prefix)
          .column("name", ApiKeyView::name)
          .column("state", ApiKeyView::state)
          .column("grants", ApiKeyView::grants)
          .column("userId", ApiKeyView::userId)
          .column("createdAt", ApiKeyView::createdAt)
          .column("createdBy", ApiKeyView::createdBy)
          .column("expiresAt", ApiKeyView::expiresAt)
          .column("revokedAt", ApiKeyView::revokedAt)
          .column("revokedBy", ApiKeyView::revokedBy)
          .column("lastUsedAt", ApiKeyView::lastUsedAt)
          .column("lastUsedAddress", ApiKeyView::lastUsedAddress);

  static final CsvTable<UserView> USERS =
      new CsvTable<UserView>()
          .column("userId", UserView::userId)
          .column("name", UserView::name)
          .column("displayName", UserView::displayName)
          .column("email", UserView::email)
          .column("active", UserView::active)
          .column("grants", UserView::grants)
          .column("lockedUntil", UserView::lockedUntil)
          .column("lastSignInAt", UserView::lastSignInAt)
          .column("createdAt", UserView::createdAt)
          .column("createdBy", UserView::createdBy)
          .column("updatedAt", UserView::updatedAt);

  static final CsvTable<AuditView> AUDIT =
      new CsvTable<AuditView>()
          .column("auditId", AuditView::auditId)
          .column("occurredAt", AuditView::occurredAt)
          .column("actor", AuditView::actor)
          .column("actorKind", AuditView::actorKind)
          .column("actorId", AuditView::actorId)
          .column("action", AuditView::action)
          .column("resourceType", AuditView::resourceType)
          .column("resourceId", AuditView::resourceId)
          .column("resourceName", AuditView::resourceName)
          .column("outcome", AuditView::outcome)
          .column("error", AuditView::error)
          .column("address", AuditView::address)
          .column("userAgent", AuditView::userAgent)
          .column("before", AuditView::before)
          .column("after", AuditView::after);

  static final CsvTable<RequestView> REQUESTS =
      new CsvTable<RequestView>()
          .column("queryId", RequestView::queryId)
          .column("startedAt", RequestView::startedAt)
          .column("completedAt", RequestView::completedAt)
          .column("actor", RequestView::actor)
          .column("actorKind", RequestView::actorKind)
          .column("kind", RequestView::kind)
          .column("route", RequestView::route)
          .column("text", RequestView::text)
          .column("status", RequestView::status)
          .column("tables", RequestView::tables)
          .column("rows", RequestView::rows)
          .column("rowsWritten", RequestView::rowsWritten)
          .column("bytes", RequestView::bytes)
          .column("durationMs", RequestView::durationMs)
          .column("errorType", RequestView::errorType)
          .column("errorText", RequestView::errorText)
          .column("runId", RequestView::runId)
          .column("datasetId", RequestView::datasetId)
          .column("executions", RequestView::executions);

  private AccessTables() {}
}
