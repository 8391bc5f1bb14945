package io.profilemesh.cli.access;

import io.profilemesh.metadata.access.ApiKey;
import io.profilemesh.metadata.access.ApiKeySecret;
import io.profilemesh.metadata.access.NewApiKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The keys of one metadata database. Every method throws {@link io.profilemesh.cli.Failure} when
 * the database does not answer or refuses.
 */
public interface KeyTables {

  /** A key that was just made, and its secret, which nothing else will ever show. */
  record Made(ApiKey key, ApiKeySecret secret) {}

  /** Makes a key. */
  Made create(NewApiKey key);

  /** Every key, the last made first. */
  List<ApiKey> all();

  /**
   * Revokes a key; one that is revoked already stays as it is.
   *
   * @param idOrPrefix its id, or how it begins
   * @return the key; empty: there is none
   */
  Optional<ApiKey> revoke(String idOrPrefix, String by, Instant at);

  /** Whether a key is accepted at a time. */
  boolean accepts(ApiKeySecret secret, Instant at);
}
