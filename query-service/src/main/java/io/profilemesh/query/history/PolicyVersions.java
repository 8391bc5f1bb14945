package io.profilemesh.query.history;

import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.core.drift.DriftPolicy;
import io.profilemesh.judgement.mapping.PolicyMapping;
import io.profilemesh.schema.json.JsonFormatException;
import io.profilemesh.schema.json.RecordJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policies as they were in force, by their version. */
public final class PolicyVersions {

  private static final String NEWEST =
      "SELECT COALESCE(max(version), 0) FROM profilemesh_policy_versions";

  private static final String AT =
      """
      SELECT DISTINCT ON (policy_id) policy_id, definition
        FROM profilemesh_policy_versions WHERE version <= ?
       ORDER BY policy_id, version DESC
      """;

  private PolicyVersions() {}

  /**
   * The policies of a version; null: those in force now.
   *
   * @throws SQLException when the database cannot say
   */
  public static DriftPolicies at(Connection connection, @Nullable Long version)
      throws SQLException {
    long wanted = version == null ? newest(connection) : version;
    List<DriftPolicy> policies = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(AT)) {
      statement.setLong(1, wanted);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String definition = rows.getString("definition");
          if (definition != null) {
            policies.add(read(definition));
          }
        }
      }
    }
    return new DriftPolicies(wanted, policies);
  }

  /** The version in force now; 0: the built-in policies. */
  public static long newest(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEWEST);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static DriftPolicy read(String definition) {
    try {
      return PolicyMapping.read(
          RecordJson.read(definition, io.profilemesh.schema.DriftPolicy.class));
    } catch (JsonFormatException e) {
      throw new IllegalStateException("a policy that was stored can no longer be read", e);
    }
  }
}
