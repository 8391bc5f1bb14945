package io.profilemesh.query.history;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Questions about the audit log. */
public final class AuditLogs {

  private static final Listing<AuditView> NEWEST =
      new Listing<>(
          "a.*",
          "profilemesh_audit_logs a",
          Belonging.toNobody(),
          List.of("a.occurred_at", "a.audit_id"),
          List.of("timestamptz", "uuid"),
          true,
          AuditLogs::entry,
          entry -> List.of(entry.occurredAt().toString(), entry.auditId().toString()));

  private AuditLogs() {}

  /** Entries, newest first; conditions speak of {@code a}. */
  public static Question<Page<AuditView>> newest(Where where, PageRequest request) {
    return sight -> Pages.read(sight, NEWEST, where, request);
  }

  private static AuditView entry(Fields row) throws SQLException {
    return new AuditView(
        UUID.fromString(row.text("audit_id")),
        row.instant("occurred_at"),
        row.text("actor"),
        row.text("actor_kind"),
        row.textOrNull("actor_id"),
        row.text("action"),
        row.text("resource_type"),
        row.textOrNull("resource_id"),
        row.textOrNull("resource_name"),
        row.text("outcome"),
        row.textOrNull("error"),
        row.textOrNull("address"),
        row.textOrNull("user_agent"),
        row.jsonOrNull("before"),
        row.jsonOrNull("after"));
  }
}
