package io.profilemesh.query.access;

import io.profilemesh.metadata.access.ApiKey;
import io.profilemesh.metadata.access.Grant;
import io.profilemesh.metadata.access.Role;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param kind how they proved it
 * @param id id of the key or the person, or null where there is none
 * @param name name for records and people
 * @param grants what they may
 */
public record Actor(Kind kind, @Nullable String id, String name, List<Grant> grants)
    implements Principal {

  /** Everybody, while access control is off. */
  static final Actor ANYONE =
      new Actor(Kind.ANYONE, null, "anyone", List.of(Grant.everywhere(Role.ADMIN)));

  public Actor {
    grants = List.copyOf(grants);
  }

  /** How somebody proved who they are. */
  public enum Kind {
    KEY,
    /** A session that began with a password. */
    USER,
    /** A token of an identity provider. */
    TOKEN,
    ANYONE;

    /** The kind as it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Actor of(ApiKey key) {
    return new Actor(Kind.KEY, key.id().toString(), key.name(), key.grants());
  }

  @Override
  public String getName() {
    return name;
  }
}
