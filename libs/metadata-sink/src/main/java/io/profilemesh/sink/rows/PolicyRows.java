package io.profilemesh.sink.rows;

import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.json.RecordJson;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Policies; the last record of each counts, a tombstone removes its row; versions all stay. */
public final class PolicyRows implements RowWriter<DriftPolicy> {

  private static final long REMOVED = -1;

  private static final String UPSERT =
      """
      INSERT INTO profilemesh_policies AS p (policy_id, rank, enabled, version, definition,
        updated_by, updated_at)
      VALUES (?, ?, ?, ?, ?::jsonb, ?, ?)
      ON CONFLICT (policy_id) DO UPDATE SET
        rank = excluded.rank, enabled = excluded.enabled, version = excluded.version,
        definition = excluded.definition, updated_by = excluded.updated_by,
        updated_at = excluded.updated_at
      """;

  private static final String VERSION =
      """
      INSERT INTO profilemesh_policy_versions (version, policy_id, definition, updated_by,
        updated_at)
      VALUES (?, ?, ?::jsonb, ?, ?)
      ON CONFLICT (version) DO NOTHING
      """;

  private static final String DELETE = "DELETE FROM profilemesh_policies WHERE policy_id = ?";

  @Override
  public int write(Connection connection, List<RecordRow<DriftPolicy>> records)
      throws SQLException {
    Map<String, RecordRow<DriftPolicy>> last = new TreeMap<>();
    records.forEach(row -> last.put(row.record().getPolicyId(), row));
    Rows.write(
        connection,
        UPSERT,
        last.values().stream().filter(row -> !isRemoved(row)).toList(),
        PolicyRows::bind);
    Rows.write(
        connection,
        DELETE,
        last.values().stream().filter(PolicyRows::isRemoved).toList(),
        (row, one) -> row.text(one.record().getPolicyId()));
    Rows.write(connection, VERSION, records, PolicyRows::bindVersion);
    return last.size() + records.size();
  }

  @Override
  public Optional<DriftPolicy> removed(String key) {
    return Optional.of(DriftPolicy.newBuilder().setPolicyId(key).setVersion(REMOVED).build());
  }

  private static boolean isRemoved(RecordRow<DriftPolicy> row) {
    return row.record().getVersion() == REMOVED;
  }

  private static void bindVersion(Row row, RecordRow<DriftPolicy> from) throws SQLException {
    DriftPolicy policy = from.record();
    boolean removed = isRemoved(from);
    if (!removed) {
      policy.setVersion(from.offset());
    }
    row.number((Long) from.offset())
        .text(policy.getPolicyId())
        .json(removed ? null : StorableText.of(RecordJson.writeLine(policy)))
        .text(policy.getUpdatedBy())
        .instant(policy.getUpdatedAt());
  }

  private static void bind(Row row, RecordRow<DriftPolicy> from) throws SQLException {
    DriftPolicy policy = from.record();
    policy.setVersion(from.offset());
    row.text(policy.getPolicyId())
        .number((Integer) policy.getRank())
        .flag(policy.getEnabled())
        .number((Long) from.offset())
        .json(StorableText.of(RecordJson.writeLine(policy)))
        .text(policy.getUpdatedBy())
        .instant(policy.getUpdatedAt());
  }
}
