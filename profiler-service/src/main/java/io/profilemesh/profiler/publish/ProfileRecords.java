package io.profilemesh.profiler.publish;

import io.profilemesh.configuration.ScheduleConfig;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.profiler.dialect.TableFacts;
import io.profilemesh.profiler.scan.ScanFacts;
import io.profilemesh.profiler.scan.ScanSlice;
import io.profilemesh.schema.BaselineChoice;
import io.profilemesh.schema.ColumnProfile;
import io.profilemesh.schema.SlicePeriod;
import io.profilemesh.schema.TableProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a profile into the records of its parts.
 *
 * <p>A profile beyond the limit is split by columns. Part 0 carries the table's metrics and the
 * whole column list; every part is complete for its own columns. The same profile always gives the
 * same parts.
 */
public final class ProfileRecords {

  /** Largest part in bytes, before compression. */
  public static final int MAX_PART_BYTES = 512 * 1024;

  private final String environment;
  private final int maxPartBytes;

  public ProfileRecords(String environment) {
    this(environment, MAX_PART_BYTES);
  }

  ProfileRecords(String environment, int maxPartBytes) {
    this.environment = environment;
    this.maxPartBytes = maxPartBytes;
  }

  /**
   * The parts of a profile, in order; at least one.
   *
   * @param attempt attempt that produced it, from 1
   * @param hashKeyId key of the value hashes
   * @param baseline what the requester wants it compared with, or null
   * @param about what the source says of the table, or null where it was not asked
   */
  public List<TableProfile> parts(
      RunContext run,
      int attempt,
      io.profilemesh.core.profile.TableProfile profile,
      ScanFacts facts,
      String hashKeyId,
      @Nullable BaselineChoice baseline,
      @Nullable TableFacts about) {
    TableProfile first = head(run, attempt, profile, facts, hashKeyId, baseline);
    TableProfile further = TableProfile.newBuilder(first).build();
    first.setColumns(profile.columns().stream().map(AvroProfiles::column).toList());
    first.setTableMetrics(AvroProfiles.metrics(profile.metrics()));
    first.setFacts(PublishedFacts.of(about, profile));
    List<TableProfile> parts = new ArrayList<>();
    for (List<ColumnProfile> columns : split(profile, first, further)) {
      TableProfile part = parts.isEmpty() ? first : TableProfile.newBuilder(further).build();
      part.setPartIndex(parts.size());
      part.setColumnProfiles(columns);
      parts.add(part);
    }
    parts.forEach(part -> part.setPartCount(parts.size()));
    return parts;
  }

  private List<List<ColumnProfile>> split(
      io.profilemesh.core.profile.TableProfile profile, TableProfile first, TableProfile further) {
    int furtherBytes = AvroSize.of(further);
    int room = maxPartBytes - AvroSize.of(first);
    List<List<ColumnProfile>> parts = new ArrayList<>();
    List<ColumnProfile> part = new ArrayList<>();
    parts.add(part);
    for (io.profilemesh.core.profile.ColumnProfile column : profile.columnProfiles()) {
      ColumnProfile converted = AvroProfiles.columnProfile(column);
      int bytes = AvroSize.of(converted);
      boolean fresh = part.isEmpty() && parts.size() > 1;
      if (bytes > room && !fresh) {
        part = new ArrayList<>();
        parts.add(part);
        room = maxPartBytes - furtherBytes;
      }
      part.add(converted);
      room -= bytes;
    }
    return parts;
  }

  private TableProfile head(
      RunContext run,
      int attempt,
      io.profilemesh.core.profile.TableProfile profile,
      ScanFacts facts,
      String hashKeyId,
      @Nullable BaselineChoice baseline) {
    DatasetId dataset = run.dataset();
    ScanSlice slice = facts.slice();
    return TableProfile.newBuilder()
        .setEnvironment(environment)
        .setRunId(run.runId().toString())
        .setRequestId(run.requestId())
        .setDatasetId(dataset.toString())
        .setSource(dataset.source())
        .setSchemaName(dataset.schema())
        .setTableName(dataset.table())
        .setSliceName(dataset.slice())
        .setRequester(run.requester())
        .setReason(run.reason())
        .setTrigger(run.trigger())
        .setOwner(run.owner())
        .setTags(run.tags())
        .setAttempt(attempt)
        .setSlice(slice == null ? null : period(slice))
        .setScanStartedAt(facts.startedAt())
        .setScanEndedAt(facts.endedAt())
        .setSnapshot(facts.snapshot())
        .setRowCount(profile.rowCount())
        .setRowCountQuality(AvroProfiles.quality(profile.rowCountQuality()))
        .setRowsScanned(facts.rowsScanned())
        .setBytesScanned(facts.bytesScanned())
        .setSampling(AvroProfiles.sampling(facts.sampling()))
        .setStrategy(AvroProfiles.strategy(facts.strategy()))
        .setSchemaFingerprint(SchemaFingerprint.of(profile.columns()))
        .setNextRunExpectedAt(next(run, facts))
        .setHashKeyId(hashKeyId)
        .setBaseline(baseline)
        .build();
  }

  private static @Nullable Instant next(RunContext run, ScanFacts facts) {
    ScheduleConfig schedule = run.schedule();
    return schedule == null ? null : schedule.next(facts.endedAt()).orElse(null);
  }

  private static SlicePeriod period(ScanSlice slice) {
    return new SlicePeriod(slice.column().value(), slice.start(), slice.end());
  }
}
