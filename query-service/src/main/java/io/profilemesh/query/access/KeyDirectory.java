package io.profilemesh.query.access;

import io.profilemesh.metadata.access.ApiKey;
import io.profilemesh.metadata.access.ApiKeySecret;
import io.profilemesh.metadata.access.ApiKeys;
import io.profilemesh.query.history.NoAnswerException;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys, and remembers those found for a second: that long may a key that was revoked on
 * another instance be accepted here. Safe for use by many threads.
 */
@ApplicationScoped
public class KeyDirectory {

  private static final long MEMORY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MOST_REMEMBERED = 10_000;

  private final javax.sql.DataSource database;
  private final Map<String, Found> found = new ConcurrentHashMap<>();

  private record Found(ApiKey key, long at) {}

  @Inject
  KeyDirectory(@DataSource("access") javax.sql.DataSource database) {
    this.database = database;
  }

  /** A key that was found within the last second, without asking the database. */
  @Nullable ApiKey remembered(ApiKeySecret secret) {
    Found entry = found.get(name(secret));
    return entry != null && System.nanoTime() - entry.at() < MEMORY_NANOS ? entry.key() : null;
  }

  /**
   * The key with a secret, whether it is accepted or not.
   *
   * @throws NoAnswerException when the database cannot be asked
   */
  Optional<ApiKey> find(ApiKeySecret secret) {
    long now = System.nanoTime();
    Optional<ApiKey> key;
    try (Connection connection = database.getConnection()) {
      key = ApiKeys.shown(connection, secret);
    } catch (SQLException e) {
      throw new NoAnswerException(e);
    }
    if (found.size() >= MOST_REMEMBERED) {
      found.clear();
    }
    key.ifPresent(one -> found.put(name(secret), new Found(one, now)));
    return key;
  }

  /** Forgets a key that has changed. */
  void forget(UUID keyId) {
    found.values().removeIf(entry -> entry.key().id().equals(keyId));
  }

  /** What stands for a secret in memory: nothing to sign in with. */
  static String name(ApiKeySecret secret) {
    return HexFormat.of().formatHex(secret.hash());
  }
}
