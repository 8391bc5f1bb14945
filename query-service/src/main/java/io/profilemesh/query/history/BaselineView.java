package io.profilemesh.query.history;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the runs of a dataset are compared with. */
@Schema(name = "Baseline", description = "What the runs of a dataset are compared with.")
public record BaselineView(
    String datasetId,
    @Schema(description = "Run that is pinned; null: none.") @Nullable UUID pinnedRunId,
    @Nullable String pinnedBy,
    @Nullable Instant pinnedAt,
    @Nullable String pinReason,
    @Schema(description = "The last run that was judged; null: none yet.")
        @Nullable UUID judgedRunId,
    @Schema(description = "How its baseline was chosen.") @Nullable String strategy,
    @Schema(description = "What it was compared with, the newest first.")
        List<String> baselineRunIds,
    @Schema(description = "Runs of faults that a person confirmed: no baseline is made of them.")
        List<UUID> leftOutRunIds) {

  public BaselineView {
    baselineRunIds = List.copyOf(baselineRunIds);
    leftOutRunIds = List.copyOf(leftOutRunIds);
  }
}
