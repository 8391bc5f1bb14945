package io.profilemesh.query.history;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A run with everything that was measured. */
@Schema(description = "A run with every column and metric; empty lists while no profile is stored.")
public record RunDetails(
    RunSummary run,
    @Nullable Instant profileEndedAt,
    @Nullable String snapshot,
    @Nullable String sliceColumn,
    @Nullable Instant sliceStart,
    @Nullable Instant sliceEnd,
    @Nullable String schemaFingerprint,
    @Nullable Instant nextRunExpectedAt,
    @Nullable String hashKeyId,
    List<MetricReading> metrics,
    List<ColumnReading> columns) {

  public RunDetails {
    metrics = List.copyOf(metrics);
    columns = List.copyOf(columns);
  }
}
