package io.profilemesh.query.api;

import io.profilemesh.query.history.ApiKeyView;

/** Keys as CSV. */
final class AccessTables {

  static final CsvTable<ApiKeyView> KEYS =
      new CsvTable<ApiKeyView>()
          .column("keyId", ApiKeyView::keyId)
          .column("prefix", ApiKeyView::prefix)
          .column("name", ApiKeyView::name)
          .column("state", ApiKeyView::state)
          .column("grants", ApiKeyView::grants)
          .column("createdAt", ApiKeyView::createdAt)
          .column("createdBy", ApiKeyView::createdBy)
          .column("expiresAt", ApiKeyView::expiresAt)
          .column("revokedAt", ApiKeyView::revokedAt)
          .column("revokedBy", ApiKeyView::revokedBy)
          .column("lastUsedAt", ApiKeyView::lastUsedAt)
          .column("lastUsedAddress", ApiKeyView::lastUsedAddress);

  private AccessTables() {}
}
