package io.profilemesh.query.session;

import io.profilemesh.metadata.access.Grant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person as somebody describes them; null leaves a thing as it is.
 *
 * @param password a new password, 12 to 200 characters
 * @param active false: signed out, and no sign-in
 */
public record PersonChange(
    @Nullable String displayName,
    @Nullable String email,
    @Nullable String password,
    @Nullable Boolean active,
    @Nullable List<Grant> grants) {

  public PersonChange {
    grants = grants == null ? null : List.copyOf(grants);
  }

  @Override
  public String toString() {
    return "change of a person";
  }
}
