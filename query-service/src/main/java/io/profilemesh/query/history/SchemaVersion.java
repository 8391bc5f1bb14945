package io.profilemesh.query.history;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Version of the metadata tables. */
@Schema(description = "Version of the metadata tables, and how they came to it.")
public record SchemaVersion(int version, List<Applied> history) {

  public SchemaVersion {
    history = List.copyOf(history);
  }

  /** One migration applied. */
  @Schema(name = "AppliedMigration", description = "One migration applied.")
  public record Applied(
      int version,
      Instant appliedAt,
      String description,
      String migrationScript,
      @Nullable Integer checksum) {}
}
