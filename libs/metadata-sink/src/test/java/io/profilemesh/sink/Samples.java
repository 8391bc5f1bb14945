package io.profilemesh.sink;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.schema.BaselineReference;
import io.profilemesh.schema.BaselineStrategy;
import io.profilemesh.schema.ColumnDefinition;
import io.profilemesh.schema.ColumnFacts;
import io.profilemesh.schema.ColumnJudgement;
import io.profilemesh.schema.ColumnProfile;
import io.profilemesh.schema.ColumnType;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftKind;
import io.profilemesh.schema.EventIds;
import io.profilemesh.schema.FrequentValue;
import io.profilemesh.schema.FrequentValues;
import io.profilemesh.schema.Histogram;
import io.profilemesh.schema.MetricJudgement;
import io.profilemesh.schema.MetricValue;
import io.profilemesh.schema.NotEvaluated;
import io.profilemesh.schema.PlanDecision;
import io.profilemesh.schema.Quality;
import io.profilemesh.schema.Quantiles;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.Severity;
import io.profilemesh.schema.Sketch;
import io.profilemesh.schema.SketchKind;
import io.profilemesh.schema.SourceStatement;
import io.profilemesh.schema.StatementKind;
import io.profilemesh.schema.TableFacts;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.TableType;
import io.profilemesh.schema.Trigger;
import io.profilemesh.schema.ValuePolicy;
import io.profilemesh.schema.VerdictOutcome;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records of a run of a dataset, as its services would write them. */
public final class Samples {

  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final DatasetId dataset;
  private final String runId;
  private final Instant start;

  public Samples(DatasetId dataset, String runId, Instant start) {
    this.dataset = dataset;
    this.runId = runId;
    this.start = start;
  }

  public static Samples of(String table, String runId) {
    return new Samples(DatasetId.of("shop", "public", table), runId, NOON);
  }

  public String runId() {
    return runId;
  }

  public String datasetId() {
    return dataset.toString();
  }

  public RunEvent event(RunEventType type, int attempt, int second) {
    RunEvent.Builder event =
        RunEvent.newBuilder()
            .setEventId(
                EventIds.of("test", runId, datasetId(), type.name(), attempt + "", second + ""))
            .setType(type)
            .setEnvironment("test")
            .setRunId(runId)
            .setRequestId("request-" + runId)
            .setDatasetId(datasetId())
            .setSource(dataset.source())
            .setSchemaName(dataset.schema())
            .setTableName(dataset.table())
            .setSliceName(dataset.slice())
            .setRequester("ada")
            .setReason("nightly")
            .setTrigger(Trigger.REQUEST)
            .setOwner("sales")
            .setTags(List.of("gold", "shop"))
            .setAttempt(attempt)
            .setOccurredAt(start.plusSeconds(second));
    switch (type) {
      case ACCEPTED ->
          event.setPlan(
              PlanDecision.newBuilder()
                  .setDecision("full")
                  .setReason("first run")
                  .setChangeToken("42")
                  .build());
      case PROGRESS -> event.setRowsRead(10L * second).setRowsEstimated(1_000L);
      case COMPLETED ->
          event
              .setRowCount(1_000L)
              .setColumnCount(2)
              .setRowsRead(1_000L)
              .setDurationMs(900L)
              .setProfileParts(1)
              .setStatements(
                  List.of(statement(StatementKind.SCAN), statement(StatementKind.COUNT)));
      case FAILED, SKIPPED, CANCELLED -> {
        SourceStatement broken = statement(StatementKind.SCAN);
        broken.setCompleted(false);
        event
            .setCode("SOURCE_TIMEOUT")
            .setMessage("The source took too long.")
            .setStatements(type == RunEventType.FAILED ? List.of(broken) : List.of());
      }
      case STARTED, UNKNOWN -> {}
    }
    return event.build();
  }

  private SourceStatement statement(StatementKind kind) {
    return SourceStatement.newBuilder()
        .setKind(kind)
        .setText("SELECT " + kind + " FROM " + dataset.table() + " WHERE n > ?")
        .setExecutions(4)
        .setStartedAt(start)
        .setEndedAt(start.plusMillis(900))
        .setDurationMs(1_800)
        .setRows(kind == StatementKind.SCAN ? 1_000L : null)
        .setBytes(kind == StatementKind.SCAN ? 64_000L : null)
        .build();
  }

  public TableProfile profile() {
    return profilePart(1, 0, 1);
  }

  /** A part with one column of its own; the first also lists all columns. */
  public TableProfile profilePart(int attempt, int index, int count) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      columns.add(column("column_" + i, i + 1));
    }
    return TableProfile.newBuilder()
        .setEnvironment("test")
        .setRunId(runId)
        .setRequestId("request-" + runId)
        .setDatasetId(datasetId())
        .setSource(dataset.source())
        .setSchemaName(dataset.schema())
        .setTableName(dataset.table())
        .setSliceName(dataset.slice())
        .setRequester("ada")
        .setReason("nightly")
        .setTrigger(Trigger.REQUEST)
        .setOwner("sales")
        .setTags(List.of("gold", "shop"))
        .setAttempt(attempt)
        .setScanStartedAt(start.plusSeconds(attempt))
        .setScanEndedAt(start.plusSeconds(attempt + 1L))
        .setSnapshot("100:100:")
        .setRowCount(1_000)
        .setRowsScanned(1_000)
        .setBytesScanned(64_000L)
        .setPartIndex(index)
        .setPartCount(count)
        .setColumns(index == 0 ? columns : List.of())
        .setSchemaFingerprint("0123456789abcdef")
        .setTableMetrics(
            index == 0 ? List.of(exact("row_count", 1_000), exact("data_age", 60_000)) : List.of())
        .setColumnProfiles(List.of(columnProfile(columns.get(index), attempt)))
        .setFacts(index == 0 ? facts() : null)
        .build();
  }

  /** Every third run could not ask its source. */
  private @Nullable TableFacts facts() {
    int number = Math.floorMod(runId.hashCode(), 3);
    if (number == 0) {
      return null;
    }
    return TableFacts.newBuilder()
        .setTableType(TableType.TABLE)
        .setComment("Written when " + dataset.table() + " was new, " + number)
        .setStorageFormat("heap")
        .setLocation("pg_default")
        .setOwner("role_" + number)
        .setLastAccessedAt(start.minusSeconds(number))
        .setProperties(Map.of("persistence", "permanent", "options", "fillfactor=" + number))
        .setColumns(
            List.of(
                ColumnFacts.newBuilder()
                    .setName("column_0")
                    .setDefaultValue("" + number)
                    .setPrimaryKey(true)
                    .setIndexed(true)
                    .setConstraints(List.of("CHECK ((column_0 > 0))"))
                    .build()))
        .build();
  }

  public ColumnDefinition column(String name, int ordinal) {
    return ColumnDefinition.newBuilder()
        .setName(name)
        .setOrdinal(ordinal)
        .setDataType("numeric(10,2)")
        .setColumnType(ColumnType.DECIMAL)
        .setNullable(true)
        .build();
  }

  public ColumnProfile columnProfile(ColumnDefinition column, double mean) {
    return ColumnProfile.newBuilder()
        .setColumn(column)
        .setMetrics(
            List.of(
                exact("count", 1_000),
                exact("null_count", 10),
                exact("null_percent", 1),
                MetricValue.newBuilder()
                    .setName("distinct_count")
                    .setNumber(500.0)
                    .setQuality(Quality.APPROXIMATE)
                    .setLower(490.0)
                    .setUpper(510.0)
                    .build(),
                exact("mean", mean)))
        .setHistogram(new Histogram(List.of(0.0, 1.0, 2.0), List.of(400L, 590L), Quality.EXACT))
        .setQuantiles(new Quantiles(List.of(0.5), List.of(1.5), 0.0))
        .setFrequentValues(
            new FrequentValues(
                List.of(
                    FrequentValue.newBuilder().setValue("1.5").setCount(20).build(),
                    FrequentValue.newBuilder().setValue("=1+1").setCount(10).build()),
                990L,
                Quality.EXACT))
        .setValuePolicy(ValuePolicy.PUBLISHED)
        .setSketches(
            List.of(
                sketch(SketchKind.DISTINCT_COUNT, "datasketches-hll-1", "mix64-1:key", 0.01),
                sketch(SketchKind.QUANTILES, "datasketches-kll-double-1", null, 0.0133)))
        .build();
  }

  private static Sketch sketch(
      SketchKind kind, String format, @Nullable String hashId, double error) {
    byte[] data = {0, (byte) kind.ordinal(), -1};
    return Sketch.newBuilder()
        .setKind(kind)
        .setFormat(format)
        .setHashId(hashId)
        .setError(error)
        .setData(ByteBuffer.wrap(data))
        .build();
  }

  public RunVerdict verdict() {
    return RunVerdict.newBuilder()
        .setEnvironment("test")
        .setRunId(runId)
        .setRequestId("request-" + runId)
        .setDatasetId(datasetId())
        .setSource(dataset.source())
        .setSchemaName(dataset.schema())
        .setTableName(dataset.table())
        .setSliceName(dataset.slice())
        .setRequester("ada")
        .setProfiledAt(start.plusSeconds(1))
        .setOutcome(VerdictOutcome.DRIFT)
        .setStrategy(BaselineStrategy.PREVIOUS)
        .setBaselineRunIds(List.of("00000000-0000-4000-8000-000000000000"))
        .setHighFindings(1)
        .setFindingIds(List.of(drift(Severity.HIGH, "null_percent").getEventId()))
        .setNotEvaluated(
            List.of(NotEvaluated.newBuilder().setColumn("b").setCode("NEW_COLUMN").build()))
        .setJudgements(
            List.of(
                new ColumnJudgement(
                    "column_0",
                    List.of(
                        MetricJudgement.newBuilder()
                            .setMetric("null_percent")
                            .setBaseline(1.0)
                            .setCurrent(34.0)
                            .build()))))
        .build();
  }

  public DriftEvent drift(Severity severity, String metric) {
    return DriftEvent.newBuilder()
        .setEventId(EventIds.of("test", datasetId(), runId, "column_0", metric))
        .setEnvironment("test")
        .setRunId(runId)
        .setRequestId("request-" + runId)
        .setRequester("ada")
        .setKind(DriftKind.COMPLETENESS)
        .setDatasetId(datasetId())
        .setSource(dataset.source())
        .setSchemaName(dataset.schema())
        .setTableName(dataset.table())
        .setSliceName(dataset.slice())
        .setColumn("column_0")
        .setMetric(metric)
        .setDetector("relative_change")
        .setBaseline(
            BaselineReference.newBuilder()
                .setStrategy(BaselineStrategy.PREVIOUS)
                .setRunIds(List.of("00000000-0000-4000-8000-000000000000"))
                .setValue(1.0)
                .build())
        .setCurrentValue(34.0)
        .setChangeAbsolute(33.0)
        .setChangePercent(3_300.0)
        .setSeverity(severity)
        .setMessage("null_percent of column_0 rose from 1 % to 34 %.")
        .setProfiledAt(start.plusSeconds(1))
        .build();
  }

  private static MetricValue exact(String name, double number) {
    return MetricValue.newBuilder()
        .setName(name)
        .setNumber(number)
        .setQuality(Quality.EXACT)
        .build();
  }
}
