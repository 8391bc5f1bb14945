package io.profilemesh.profiler.plan;

import io.profilemesh.schema.TableState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest scan of a dataset that was made as its configuration says.
 *
 * @param token what the source said of the table's last change before the scan, or null
 * @param lookedAt when it said so
 * @param settings hash of the settings that shaped the profile
 * @param sliceEnd end of the period read, or null
 */
public record LastScan(
    String runId,
    @Nullable String token,
    Instant lookedAt,
    String settings,
    @Nullable Instant sliceEnd,
    Instant startedAt,
    long rowsScanned,
    Duration took) {

  static LastScan of(TableState state) {
    return new LastScan(
        state.getRunId(),
        state.getChangeToken(),
        state.getLookedAt(),
        state.getSettings(),
        state.getSliceEnd(),
        state.getScanStartedAt(),
        state.getRowsScanned(),
        Duration.ofMillis(state.getScanMs()));
  }
}
