package io.profilemesh.drift;

import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.schema.ColumnDefinition;
import io.profilemesh.schema.ColumnType;
import io.profilemesh.schema.Quality;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Profiles of the core's test builder as the records that a profiler writes. */
public final class WireProfiles {

  public static final String ENVIRONMENT = "test";

  private WireProfiles() {}

  /** The one part of a profile. */
  public static TableProfile whole(Profiles profiles) {
    return split(profiles, 1).get(0);
  }

  /** A profile in parts, columns spread evenly. */
  public static List<TableProfile> split(Profiles profiles, int partCount) {
    io.profilemesh.core.profile.TableProfile profile = profiles.build();
    List<ColumnProfile> columns = profile.columnProfiles();
    List<TableProfile> parts = new ArrayList<>();
    for (int i = 0; i < partCount; i++) {
      List<ColumnProfile> share =
          columns.subList(columns.size() * i / partCount, columns.size() * (i + 1) / partCount);
      parts.add(part(profile, share, i, partCount));
    }
    return parts;
  }

  private static TableProfile part(
      io.profilemesh.core.profile.TableProfile profile,
      List<ColumnProfile> share,
      int index,
      int count) {
    boolean first = index == 0;
    return TableProfile.newBuilder()
        .setEnvironment(ENVIRONMENT)
        .setRunId(profile.runId().toString())
        .setRequestId("request-" + profile.runId())
        .setDatasetId(profile.dataset().toString())
        .setSource(profile.dataset().source())
        .setSchemaName(profile.dataset().schema())
        .setTableName(profile.dataset().table())
        .setSliceName(profile.dataset().slice())
        .setRequester("tester")
        .setTrigger(Trigger.REQUEST)
        .setOwner("shop-team")
        .setTags(List.of("shop"))
        .setScanStartedAt(profile.scannedAt())
        .setScanEndedAt(profile.scannedAt().plusSeconds(2))
        .setRowCount(profile.rowCount())
        .setRowCountQuality(Quality.valueOf(profile.rowCountQuality().name()))
        .setRowsScanned(profile.rowCount())
        .setSampling(io.profilemesh.schema.Sampling.newBuilder().build())
        .setPartIndex(index)
        .setPartCount(count)
        .setColumns(
            first ? profile.columns().stream().map(WireProfiles::definition).toList() : List.of())
        .setTableMetrics(first ? metrics(profile.metrics()) : List.of())
        .setColumnProfiles(share.stream().map(WireProfiles::column).toList())
        .build();
  }

  private static io.profilemesh.schema.ColumnProfile column(ColumnProfile column) {
    return io.profilemesh.schema.ColumnProfile.newBuilder()
        .setColumn(definition(column.column()))
        .setMetrics(metrics(column.metrics()))
        .build();
  }

  private static ColumnDefinition definition(io.profilemesh.core.profile.ColumnDefinition column) {
    return ColumnDefinition.newBuilder()
        .setName(column.name().value())
        .setOrdinal(column.ordinal())
        .setDataType(column.dataType())
        .setColumnType(ColumnType.valueOf(column.type().name()))
        .setNullable(column.nullable())
        .build();
  }

  private static List<io.profilemesh.schema.MetricValue> metrics(Map<Metric, MetricValue> metrics) {
    return metrics.entrySet().stream()
        .map(
            entry ->
                io.profilemesh.schema.MetricValue.newBuilder()
                    .setName(entry.getKey().wireName())
                    .setNumber(entry.getValue().number())
                    .setQuality(Quality.valueOf(entry.getValue().quality().name()))
                    .setLower(entry.getValue().lower())
                    .setUpper(entry.getValue().upper())
                    .build())
        .toList();
  }

  /** Days after the builder's Monday. */
  public static Instant day(int days) {
    return Profiles.MONDAY.plus(java.time.Duration.ofDays(days));
  }
}
