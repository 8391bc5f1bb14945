package io.profilemesh.metadata.access;

import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.metadata.months.Months;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The audit log in the metadata tables: it only grows. The caller commits. */
public final class AuditLog {

  private static final int LONGEST = 500;

  private static final String INSERT =
      "INSERT INTO profilemesh_audit_logs (occurred_at, audit_id, actor, actor_kind, actor_id,"
          + " action, resource_type, resource_id, resource_name, outcome, error, address,"
          + " user_agent, before, after)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)";

  private AuditLog() {}

  /** Writes entries; the partitions of their months are made where they are missing. */
  public static void write(Connection connection, List<AuditEntry> entries) throws SQLException {
    Months.add(
        connection,
        List.of(MonthlyTable.AUDIT_LOGS),
        entries.stream().map(AuditEntry::occurredAt).toList());
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (AuditEntry entry : entries) {
        statement.setTimestamp(1, Timestamp.from(entry.occurredAt()));
        statement.setObject(2, UUID.randomUUID());
        statement.setString(3, text(entry.actor()));
        statement.setString(4, entry.actorKind());
        statement.setString(5, text(entry.actorId()));
        statement.setString(6, entry.action());
        statement.setString(7, entry.resourceType());
        statement.setString(8, text(entry.resourceId()));
        statement.setString(9, text(entry.resourceName()));
        statement.setString(10, entry.outcome().name().toLowerCase(Locale.ROOT));
        statement.setString(11, entry.error());
        statement.setString(12, entry.address());
        statement.setString(13, text(entry.userAgent()));
        statement.setString(14, json(entry.before()));
        statement.setString(15, json(entry.after()));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** A text that the database takes: short, no NUL, no key in it. */
  public static @Nullable String text(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String plain = ApiKeySecret.hideIn(text.replace('\0', '\uFFFD'));
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST);
  }

  /** The escape of a NUL is JSON, but nothing that the database could keep. */
  private static @Nullable String json(@Nullable String json) {
    return json == null ? null : ApiKeySecret.hideIn(json.replace("\\u0000", "\\uFFFD"));
  }
}
