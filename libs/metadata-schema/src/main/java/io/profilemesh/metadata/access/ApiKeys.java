package io.profilemesh.metadata.access;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keys in the metadata tables, on a connection of the caller's. What is written is committed by the
 * caller, who decides what else belongs to the same transaction.
 */
public final class ApiKeys {

  private static final String SELECT =
      "SELECT k.*, u.active AS user_active,"
          + " (SELECT array_agg(g.role || ':' || g.source_pattern || '/' || g.schema_pattern)"
          + " FROM profilemesh_grants g WHERE g.key_id = k.key_id) AS grants"
          + " FROM profilemesh_api_keys k LEFT JOIN profilemesh_users u USING (user_id)";

  private static final String INSERT =
      "INSERT INTO profilemesh_api_keys"
          + " (key_id, prefix, secret_hash, name, user_id, created_at, created_by, expires_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String INSERT_GRANT =
      "INSERT INTO profilemesh_grants (key_id, role, source_pattern, schema_pattern)"
          + " VALUES (?, ?, ?, ?)";

  private static final String REVOKE =
      "UPDATE profilemesh_api_keys SET revoked_at = ?, revoked_by = ?"
          + " WHERE key_id = ? AND revoked_at IS NULL";

  private static final String USED =
      "UPDATE profilemesh_api_keys SET last_used_at = ?, last_used_address = ?"
          + " WHERE key_id = ? AND (last_used_at IS NULL OR last_used_at < ?)";

  private ApiKeys() {}

  /**
   * The last use of a key.
   *
   * @param address where it came from, or null where that is not known
   */
  public record Use(Instant at, @Nullable String address) {}

  /** Enters a key and what it is granted. */
  public static ApiKey create(Connection connection, NewApiKey key, ApiKeySecret secret)
      throws SQLException {
    UUID id = UUID.randomUUID();
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setObject(1, id);
      statement.setString(2, secret.prefix());
      statement.setBytes(3, secret.hash());
      statement.setString(4, key.name());
      statement.setObject(5, key.userId());
      statement.setTimestamp(6, Timestamp.from(key.createdAt()));
      statement.setString(7, key.createdBy());
      statement.setTimestamp(8, key.expiresAt() == null ? null : Timestamp.from(key.expiresAt()));
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(INSERT_GRANT)) {
      for (Grant grant : key.grants()) {
        statement.setObject(1, id);
        statement.setString(2, grant.role().word());
        statement.setString(3, grant.source().text());
        statement.setString(4, grant.schema().text());
        statement.addBatch();
      }
      statement.executeBatch();
    }
    return of(connection, id).orElseThrow();
  }

  /** Every key, the last made first; at most 10,000. */
  public static List<ApiKey> all(Connection connection) throws SQLException {
    List<ApiKey> keys = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(SELECT + " ORDER BY k.created_at DESC LIMIT 10000");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        keys.add(key(rows));
      }
    }
    return keys;
  }

  /** A key by its id; empty: there is none. */
  public static Optional<ApiKey> of(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(SELECT + " WHERE k.key_id = ?")) {
      statement.setObject(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(key(rows)) : Optional.empty();
      }
    }
  }

  /** A key by the part that is no secret; empty: there is none. */
  public static Optional<ApiKey> ofPrefix(Connection connection, String prefix)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(SELECT + " WHERE k.prefix = ?")) {
      statement.setString(1, prefix);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(key(rows)) : Optional.empty();
      }
    }
  }

  /**
   * The key that somebody shows; empty: there is none, or its holder is not active any more. It may
   * have ended or be revoked.
   */
  public static Optional<ApiKey> shown(Connection connection, ApiKeySecret secret)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(SELECT + " WHERE k.prefix = ?")) {
      statement.setString(1, secret.prefix());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
                && secret.isBehind(rows.getBytes("secret_hash"))
                && !Boolean.FALSE.equals(rows.getObject("user_active", Boolean.class))
            ? Optional.of(key(rows))
            : Optional.empty();
      }
    }
  }

  /** Revokes a key; false: there is none that is not revoked already. */
  public static boolean revoke(Connection connection, UUID id, String by, Instant at)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REVOKE)) {
      statement.setTimestamp(1, Timestamp.from(at));
      statement.setString(2, by);
      statement.setObject(3, id);
      return statement.executeUpdate() > 0;
    }
  }

  /** Notes when keys were used last. */
  public static void used(Connection connection, Map<UUID, Use> uses) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(USED)) {
      // In the same order everywhere, so that two services do not wait for each other.
      for (UUID id : uses.keySet().stream().sorted().toList()) {
        Use use = uses.get(id);
        Timestamp at = use == null ? null : Timestamp.from(use.at());
        statement.setTimestamp(1, at);
        statement.setString(2, use == null ? null : use.address());
        statement.setObject(3, id);
        statement.setTimestamp(4, at);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static ApiKey key(ResultSet row) throws SQLException {
    return new ApiKey(
        row.getObject("key_id", UUID.class),
        row.getString("prefix"),
        row.getString("name"),
        row.getObject("user_id", UUID.class),
        grants(row.getArray("grants")),
        row.getTimestamp("created_at").toInstant(),
        row.getString("created_by"),
        instant(row, "expires_at"),
        instant(row, "revoked_at"),
        row.getString("revoked_by"),
        instant(row, "last_used_at"),
        row.getString("last_used_address"));
  }

  private static List<Grant> grants(@Nullable Array array) throws SQLException {
    List<Grant> grants = new ArrayList<>();
    if (array != null) {
      for (String text : (String[]) array.getArray()) {
        grants.add(Grant.parse(text));
      }
    }
    return grants;
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
