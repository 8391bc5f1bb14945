package io.profilemesh.cli.access;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.metadata.access.ApiKey;
import io.profilemesh.metadata.access.ApiKeySecret;
import io.profilemesh.metadata.access.ApiKeys;
import io.profilemesh.metadata.access.AuditEntry;
import io.profilemesh.metadata.access.AuditLog;
import io.profilemesh.metadata.access.NewApiKey;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The keys in PostgreSQL. */
public final class PostgresKeys implements KeyTables {

  private static final String UNDEFINED_TABLE = "42P01";

  private final JdbcAddress address;
  private final SecureRandom chance = new SecureRandom();

  public PostgresKeys(JdbcAddress address) {
    this.address = address;
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  @Override
  public Made create(NewApiKey key) {
    ApiKeySecret secret = ApiKeySecret.random(chance);
    return new Made(
        inTransaction(
            connection -> {
              ApiKey made = ApiKeys.create(connection, key, secret);
              note(connection, "create", made, key.createdBy(), key.createdAt());
              return made;
            }),
        secret);
  }

  @Override
  public List<ApiKey> all() {
    return inTransaction(ApiKeys::all);
  }

  @Override
  public Optional<ApiKey> revoke(String idOrPrefix, String by, Instant at) {
    return inTransaction(
        connection -> {
          Optional<ApiKey> key = find(connection, idOrPrefix);
          if (key.isEmpty()) {
            return key;
          }
          if (ApiKeys.revoke(connection, key.get().id(), by, at)) {
            note(connection, "revoke", key.get(), by, at);
          }
          return ApiKeys.of(connection, key.get().id());
        });
  }

  @Override
  public boolean accepts(ApiKeySecret secret, Instant at) {
    return inTransaction(
        connection -> ApiKeys.shown(connection, secret).filter(key -> key.isValid(at)).isPresent());
  }

  /** In the same transaction: no key without its entry in the audit log. */
  private static void note(Connection connection, String action, ApiKey key, String by, Instant at)
      throws SQLException {
    AuditEntry entry =
        new AuditEntry(
            at,
            by,
            "cli",
            null,
            action,
            "api_key",
            key.id().toString(),
            key.name(),
            AuditEntry.Outcome.DONE,
            null,
            null,
            "profilemesh",
            null,
            null);
    AuditLog.write(connection, List.of(entry));
  }

  private static Optional<ApiKey> find(Connection connection, String idOrPrefix)
      throws SQLException {
    if (idOrPrefix.length() == 36) {
      try {
        return ApiKeys.of(connection, UUID.fromString(idOrPrefix));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    String prefix =
        idOrPrefix.startsWith(ApiKeySecret.MARK)
            ? idOrPrefix.substring(ApiKeySecret.MARK.length())
            : idOrPrefix;
    return ApiKeys.ofPrefix(connection, prefix);
  }

  private <T> T inTransaction(Work<T> work) {
    try (Connection connection =
        DriverManager.getConnection(address.url(), address.username(), address.password())) {
      connection.setAutoCommit(false);
      T result = work.on(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      if (UNDEFINED_TABLE.equals(e.getSQLState())) {
        throw Failure.failed(
            "the metadata database has no tables for keys yet",
            "Bring it up to date: profilemesh migrate apply",
            e);
      }
      throw Failure.failed(
          "the metadata database cannot be used (SQLSTATE " + e.getSQLState() + ")",
          "Check --jdbc-url, --username and PROFILEMESH_METADATA_PASSWORD.",
          e);
    }
  }
}
