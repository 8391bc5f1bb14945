package io.profilemesh.cli.run;

import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.RunOptions;
import io.profilemesh.schema.Sampling;
import io.profilemesh.schema.SamplingMethod;
import io.profilemesh.schema.SliceRequest;
import io.profilemesh.schema.Trigger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The record that a request travels as. */
final class RequestRecord {

  private RequestRecord() {}

  static ProfileRequest of(ProfileOrder order, Instant now) {
    return ProfileRequest.newBuilder()
        .setRequestId(order.requestId())
        .setRunId(order.runId().toString())
        .setSource(order.source())
        .setTable(order.table().pattern())
        .setExclude(order.exclude())
        .setOptions(options(order))
        .setRequester(order.requester())
        .setReason(order.reason())
        .setTrigger(
            order.periods() == null && order.span() == null ? Trigger.CLI : Trigger.BACKFILL)
        .setTables(order.more())
        .setDryRun(order.dryRun())
        .setRequestedAt(now.truncatedTo(ChronoUnit.MILLIS))
        .build();
  }

  private static @Nullable RunOptions options(ProfileOrder order) {
    boolean ordinary =
        order.includeColumns().isEmpty()
            && order.excludeColumns().isEmpty()
            && order.sampleFraction() == null
            && order.table().slice() == null;
    if (ordinary) {
      return null;
    }
    return RunOptions.newBuilder()
        .setIncludeColumns(order.includeColumns())
        .setExcludeColumns(order.excludeColumns())
        .setSampling(sampling(order))
        .setSlice(slice(order))
        .build();
  }

  private static @Nullable Sampling sampling(ProfileOrder order) {
    Double fraction = order.sampleFraction();
    if (fraction == null) {
      return null;
    }
    return Sampling.newBuilder()
        .setMethod(SamplingMethod.BERNOULLI)
        .setFraction(fraction)
        .setSeed(order.sampleSeed())
        .build();
  }

  private static @Nullable SliceRequest slice(ProfileOrder order) {
    String name = order.table().slice();
    if (name == null) {
      return null;
    }
    ProfileOrder.Span span = order.span();
    return SliceRequest.newBuilder()
        .setName(name)
        .setLast(order.periods())
        .setStart(span == null ? null : span.from())
        .setEnd(span == null ? null : span.to())
        .build();
  }
}
