package io.profilemesh.cli.access;

import io.profilemesh.metadata.access.ApiKeySecret;
import io.profilemesh.metadata.access.Grant;
import io.profilemesh.metadata.access.NewApiKey;
import io.profilemesh.metadata.access.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The key by which commands on this machine reach its local mesh.
 *
 * @param secret the key
 * @param file where it is kept
 * @param isNew whether it was made just now, so that nobody has seen it yet
 */
public record LocalKey(ApiKeySecret secret, Path file, boolean isNew) {

  /** The key that a data directory keeps; where it has none that is accepted, a new one. */
  public static LocalKey ensure(Path dataDirectory, KeyTables keys, Instant now) {
    KeyFile file = KeyFile.of(dataDirectory);
    Optional<ApiKeySecret> kept = file.read().filter(secret -> keys.accepts(secret, now));
    if (kept.isPresent()) {
      return new LocalKey(kept.get(), file.path(), false);
    }
    NewApiKey wanted =
        new NewApiKey(
            "local mesh", List.of(Grant.everywhere(Role.ADMIN)), "profilemesh", now, null);
    ApiKeySecret made = keys.create(wanted).secret();
    file.write(made);
    return new LocalKey(made, file.path(), true);
  }
}
