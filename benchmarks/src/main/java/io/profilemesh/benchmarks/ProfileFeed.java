package io.profilemesh.benchmarks;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.publish.ProfileRecords;
import io.profilemesh.profiler.publish.RunContext;
import io.profilemesh.profiler.scan.ScanResult;
import io.profilemesh.schema.ColumnProfile;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.Trigger;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.stack.PostgresEndpoint;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Profiles as the profiler publishes them: one real profile of a table of 16 columns, again and
 * again under other runs, datasets and times. Ten runs share a dataset, as a batch of an hour's
 * worth of many tables does.
 */
final class ProfileFeed {

  static final int PARTITIONS = 6;

  private static final int ROWS = 20_000;
  private static final int RUNS_PER_DATASET = 10;
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private final List<TableProfile> parts;
  private final AvroSerializer<SpecificRecord> serializer;
  private final String topic;
  private final long[] offsets = new long[PARTITIONS];

  ProfileFeed(PostgresEndpoint source, AvroSerializer<SpecificRecord> serializer, String topic)
      throws SQLException {
    this.serializer = serializer;
    this.topic = topic;
    ScanTable.makeOrders(source, ROWS);
    try (WarmProfiler profiler = new WarmProfiler(source, 2)) {
      this.parts = parts(profiler.profile(ScanTable.ORDERS, 1));
    }
  }

  private static List<TableProfile> parts(ScanResult.Completed scanned) {
    RunContext run =
        new RunContext(
            RunId.derivedFrom("benchmark"),
            "benchmark",
            scanned.profile().dataset(),
            null,
            null,
            Trigger.REQUEST,
            null,
            List.of(),
            null,
            null,
            null);
    return new ProfileRecords("benchmark")
        .parts(run, 1, scanned.profile(), scanned.facts(), WarmProfiler.HASHER.keyId(), null, null);
  }

  /** Metrics of one run: those of the table and of each of its columns. */
  int metrics() {
    int metrics = parts.get(0).getTableMetrics().size();
    for (TableProfile part : parts) {
      for (ColumnProfile column : part.getColumnProfiles()) {
        metrics += column.getMetrics().size();
      }
    }
    return metrics;
  }

  /** The records of runs that were not in the feed before, in the order of their topic. */
  List<ConsumerRecord<byte[], byte[]>> batch(int firstRun, int runs) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int run = firstRun; run < firstRun + runs; run++) {
      for (TableProfile part : parts) {
        records.add(record(part, run));
      }
    }
    return records;
  }

  /** Begins the log anew. */
  void rewind() {
    Arrays.fill(offsets, 0);
  }

  private ConsumerRecord<byte[], byte[]> record(TableProfile part, int run) {
    DatasetId dataset = DatasetId.of("shop", "public", "orders_" + run / RUNS_PER_DATASET);
    part.setRunId(RunId.derivedFrom("run " + run).toString());
    part.setDatasetId(dataset.toString());
    part.setSource(dataset.source());
    part.setSchemaName(dataset.schema());
    part.setTableName(dataset.table());
    part.setScanStartedAt(FIRST.plus(Duration.ofMinutes(run)));
    part.setScanEndedAt(FIRST.plus(Duration.ofMinutes(run)).plusSeconds(1));
    byte[] key = dataset.toString().getBytes(StandardCharsets.UTF_8);
    byte[] value = Objects.requireNonNull(serializer.serialize(topic, part));
    int partition = run / RUNS_PER_DATASET % PARTITIONS;
    return new ConsumerRecord<>(
        topic,
        partition,
        offsets[partition]++,
        FIRST.toEpochMilli(),
        TimestampType.CREATE_TIME,
        key.length,
        value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
