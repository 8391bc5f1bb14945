package io.profilemesh.query.history;

import io.profilemesh.metadata.access.Grant;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Questions about people. */
public final class Users {

  private static final Listing<UserView> BY_NAME =
      new Listing<>(
          "u.*, ARRAY(SELECT g.role || ':' || g.source_pattern || '/' || g.schema_pattern"
              + " FROM profilemesh_grants g WHERE g.user_id = u.user_id ORDER BY 1) AS grants",
          "profilemesh_users u",
          Belonging.toNobody(),
          List.of("u.name"),
          List.of("text"),
          false,
          Users::user,
          user -> List.of(user.name()));

  private Users() {}

  /** People by name; conditions speak of {@code u}. */
  public static Question<Page<UserView>> byName(Where where, PageRequest request) {
    return sight -> Pages.read(sight, BY_NAME, where, request);
  }

  /** Somebody; empty when there is no such person. */
  public static Question<Optional<UserView>> of(UUID id) {
    Where where = new Where().equal("u.user_id", id);
    return sight ->
        Pages.read(sight, BY_NAME, where, new PageRequest(1, 0, null, false)).items().stream()
            .findFirst();
  }

  private static UserView user(Fields row) throws SQLException {
    return new UserView(
        UUID.fromString(row.text("user_id")),
        row.text("name"),
        row.textOrNull("display_name"),
        row.textOrNull("email"),
        Boolean.TRUE.equals(row.flagOrNull("active")),
        row.texts("grants").stream().map(text -> Grant.parse(text).toString()).toList(),
        row.instantOrNull("locked_until"),
        row.instantOrNull("last_sign_in_at"),
        row.instant("created_at"),
        row.text("created_by"),
        row.instant("updated_at"));
  }
}
