package io.profilemesh.profiler.work;

import io.profilemesh.profiler.scan.ScanFacts;
import io.profilemesh.profiler.work.RunScanner.Outcome.Profiled;
import io.profilemesh.schema.RunOptions;
import io.profilemesh.schema.SliceRequest;
import io.profilemesh.schema.TableState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a completed run leaves for the planner. */
final class TableStateRecords {

  private TableStateRecords() {}

  static TableState of(Run run, Profiled outcome, ScanOrigin origin) {
    ScanFacts facts = outcome.facts();
    return TableState.newBuilder()
        .setEnvironment(run.work().getEnvironment())
        .setDatasetId(run.key().dataset().toString())
        .setRunId(run.key().runId().toString())
        .setChangeToken(origin.token())
        .setLookedAt(origin.lookedAt())
        .setSettings(origin.settings())
        .setSliceEnd(sliceEnd(run.work().getOptions()))
        .setRowCount(outcome.profile().rowCount())
        .setBytes(origin.bytes())
        .setRowsScanned(facts.rowsScanned())
        .setBytesScanned(facts.bytesScanned())
        .setScanMs(Duration.between(facts.startedAt(), facts.endedAt()).toMillis())
        .setScanStartedAt(facts.startedAt())
        .build();
  }

  private static @Nullable Instant sliceEnd(@Nullable RunOptions options) {
    SliceRequest slice = options == null ? null : options.getSlice();
    return slice == null ? null : slice.getEnd();
  }
}
