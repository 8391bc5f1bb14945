package io.profilemesh.query.history;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A dataset with its newest profile and verdict. */
@Schema(description = "A dataset with its newest profile and verdict.")
public record TableSummary(
    String datasetId,
    String source,
    String schema,
    String table,
    @Nullable String slice,
    String environment,
    @Nullable UUID lastRunId,
    @Nullable Instant lastProfiledAt,
    @Nullable Long rowCount,
    @Nullable Integer columnCount,
    @Nullable Long bytes,
    @Nullable String owner,
    List<String> tags,
    @Nullable String outcome,
    @Nullable Integer lowFindings,
    @Nullable Integer mediumFindings,
    @Nullable Integer highFindings,
    @Nullable Integer openIncidents) {

  public TableSummary {
    tags = List.copyOf(tags);
  }
}
