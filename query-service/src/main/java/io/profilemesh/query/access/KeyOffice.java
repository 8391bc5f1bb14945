package io.profilemesh.query.access;

import io.profilemesh.metadata.access.ApiKey;
import io.profilemesh.metadata.access.ApiKeySecret;
import io.profilemesh.metadata.access.ApiKeys;
import io.profilemesh.metadata.access.NewApiKey;
import io.profilemesh.query.history.NoAnswerException;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Makes and revokes keys. */
@ApplicationScoped
public class KeyOffice {

  private final javax.sql.DataSource database;
  private final KeyDirectory directory;
  private final SecureRandom chance = new SecureRandom();

  /** A key that was just made, and its secret, which is shown this once. */
  public record Made(ApiKey key, ApiKeySecret secret) {}

  @Inject
  KeyOffice(@DataSource("access") javax.sql.DataSource database, KeyDirectory directory) {
    this.database = database;
    this.directory = directory;
  }

  /**
   * Makes a key.
   *
   * @throws NoAnswerException when the database cannot be asked
   */
  public Made make(NewApiKey key) {
    ApiKeySecret secret = ApiKeySecret.random(chance);
    return new Made(
        Transactions.in(database, connection -> ApiKeys.create(connection, key, secret)), secret);
  }

  /**
   * Revokes a key; what was revoked already stays as it is.
   *
   * @throws NoAnswerException when the database cannot be asked
   */
  public void revoke(UUID id, String by, Instant at) {
    Transactions.in(database, connection -> ApiKeys.revoke(connection, id, by, at));
    directory.forget(id);
  }
}
