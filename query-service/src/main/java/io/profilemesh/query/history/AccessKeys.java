package io.profilemesh.query.history;

import io.profilemesh.metadata.access.ApiKey;
import io.profilemesh.metadata.access.ApiKeySecret;
import io.profilemesh.metadata.access.Grant;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Questions about keys. */
public final class AccessKeys {

  private static final Listing<ApiKeyView> NEWEST =
      new Listing<>(
          "k.*, CASE WHEN k.revoked_at IS NOT NULL THEN 'revoked' WHEN k.expires_at <= now()"
              + " THEN 'expired' ELSE 'active' END AS state, ARRAY(SELECT g.role || ':' ||"
              + " g.source_pattern || '/' || g.schema_pattern FROM profilemesh_grants g"
              + " WHERE g.key_id = k.key_id ORDER BY 1) AS grants",
          "profilemesh_api_keys k",
          Belonging.toNobody(),
          List.of("k.created_at", "k.key_id"),
          List.of("timestamptz", "uuid"),
          true,
          AccessKeys::key,
          key -> List.of(key.createdAt().toString(), key.keyId().toString()));

  private AccessKeys() {}

  /** Keys, the last made first; conditions speak of {@code k}. */
  public static Question<Page<ApiKeyView>> newest(Where where, PageRequest request) {
    return sight -> Pages.read(sight, NEWEST, where, request);
  }

  /** A key; empty when there is none. */
  public static Question<Optional<ApiKeyView>> of(UUID id) {
    Where where = new Where().equal("k.key_id", id);
    return sight ->
        Pages.read(sight, NEWEST, where, new PageRequest(1, 0, null, false)).items().stream()
            .findFirst();
  }

  /** A key as REST shows it. */
  public static ApiKeyView view(ApiKey key, Instant now) {
    return new ApiKeyView(
        key.id(),
        ApiKeySecret.MARK + key.prefix(),
        key.name(),
        key.state(now),
        key.grants().stream().map(Grant::toString).sorted().toList(),
        key.userId(),
        key.createdAt(),
        key.createdBy(),
        key.expiresAt(),
        key.revokedAt(),
        key.revokedBy(),
        key.lastUsedAt(),
        key.lastUsedAddress());
  }

  private static @Nullable UUID owner(Fields row) throws SQLException {
    String id = row.textOrNull("user_id");
    return id == null ? null : UUID.fromString(id);
  }

  private static ApiKeyView key(Fields row) throws SQLException {
    return new ApiKeyView(
        UUID.fromString(row.text("key_id")),
        ApiKeySecret.MARK + row.text("prefix"),
        row.text("name"),
        row.text("state"),
        row.texts("grants").stream().map(text -> Grant.parse(text).toString()).toList(),
        owner(row),
        row.instant("created_at"),
        row.text("created_by"),
        row.instantOrNull("expires_at"),
        row.instantOrNull("revoked_at"),
        row.textOrNull("revoked_by"),
        row.instantOrNull("last_used_at"),
        row.textOrNull("last_used_address"));
  }
}
