package io.profilemesh.query.history;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One profile in the history of a dataset. */
@Schema(
    description =
        "One profile in the history of a dataset, with the metrics asked for: those of the column"
            + " named, else the table's own.")
public record HistoryEntry(
    UUID runId,
    String datasetId,
    String status,
    Instant profiledAt,
    @Nullable Long rowCount,
    @Nullable Integer columnCount,
    @Nullable Long bytesScanned,
    @Nullable Long durationMs,
    @Nullable String schemaFingerprint,
    @Nullable String outcome,
    @Nullable Integer lowFindings,
    @Nullable Integer mediumFindings,
    @Nullable Integer highFindings,
    @Nullable String column,
    List<MetricReading> metrics) {

  public HistoryEntry {
    metrics = List.copyOf(metrics);
  }
}
