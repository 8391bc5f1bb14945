package io.profilemesh.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordRulesTest {

  private static final Instant TOO_LATE = Instant.parse("2120-01-01T00:00:00Z");
  private static final Instant TOO_EARLY = Instant.parse("1969-12-31T23:59:59Z");

  static Stream<Arguments> wrongProfiles() {
    return Stream.of(
        profile("run id", "runId", p -> p.setRunId("x'; drop table y;--")),
        profile("upper-case run id", "runId", p -> p.setRunId(p.getRunId().toUpperCase())),
        profile("no request id", "requestId", p -> p.setRequestId("")),
        profile("dataset without table", "datasetId", p -> p.setDatasetId("warehouse/public/")),
        profile("dataset of four parts", "datasetId", p -> p.setDatasetId("a/b/c/d")),
        profile("broken escape", "datasetId", p -> p.setDatasetId("a/b/c%2")),
        profile("dataset with newline", "datasetId", p -> p.setDatasetId("a/b/c\n")),
        profile("names that disagree", "disagree", p -> p.setTableName("customers")),
        profile("slice that disagrees", "disagree", p -> p.setSliceName("daily")),
        profile("NUL in a name", "NUL", p -> p.setTableName("ord\0ers")),
        profile("half a character", "NUL", p -> p.setTableName("ord\uD83D")),
        profile("attempt 0", "attempt", p -> p.setAttempt(0)),
        profile("part 3 of 2", "partIndex", p -> parts(p, 3, 2)),
        profile("part 2 of 2", "partIndex", p -> parts(p, 2, 2)),
        profile("negative part", "partIndex", p -> parts(p, -1, 2)),
        profile("no parts", "partCount", p -> parts(p, 0, 0)),
        profile("column list in a later part", "column list", p -> parts(p, 1, 2)),
        profile("start in 2120", "1970", p -> p.setScanStartedAt(TOO_LATE)),
        profile("end before 1970", "1970", p -> p.setScanEndedAt(TOO_EARLY)),
        profile("no start", "1970", p -> p.setScanStartedAt(Instant.EPOCH)),
        profile("next run in 2120", "1970", p -> p.setNextRunExpectedAt(TOO_LATE)),
        profile(
            "end before start",
            "before it starts",
            p -> p.setScanEndedAt(p.getScanStartedAt().minusMillis(1))),
        profile("negative rows", "negative", p -> p.setRowCount(-1)),
        profile("negative bytes", "negative", p -> p.setBytesScanned(-1L)),
        profile("sampling 0", "sampling.fraction", p -> p.getSampling().setFraction(0)),
        profile("sampling -1", "sampling.fraction", p -> p.getSampling().setFraction(-1)),
        profile("sampling NaN", "sampling.fraction", p -> p.getSampling().setFraction(Double.NaN)),
        profile("sampling 101 %", "sampling.fraction", p -> p.getSampling().setFraction(1.01)),
        profile("row limit 0", "sampling.rowLimit", p -> p.getSampling().setRowLimit(0L)),
        profile(
            "column twice in the list", "twice", p -> p.getColumns().add(p.getColumns().get(0))),
        profile("column without name", "name", p -> p.getColumns().get(0).setName("")),
        profile("column at position 0", "position", p -> p.getColumns().get(0).setOrdinal(0)),
        profile("fingerprint", "schemaFingerprint", p -> p.setSchemaFingerprint("xyz")),
        profile(
            "column profiled twice",
            "twice",
            p -> p.getColumnProfiles().add(p.getColumnProfiles().get(0))),
        profile(
            "table metric NaN", "finite", p -> p.getTableMetrics().get(0).setNumber(Double.NaN)),
        column("metric NaN", "finite", c -> metric(c, "min").setNumber(Double.NaN)),
        column(
            "metric infinite", "finite", c -> metric(c, "min").setNumber(Double.POSITIVE_INFINITY)),
        column("metric twice", "twice", c -> c.getMetrics().add(metric(c, "min"))),
        column("metric without name", "name", c -> metric(c, "min").setName("")),
        column("bounds upside down", "upside down", c -> metric(c, "distinct_count").setLower(3e5)),
        column("min above max", "least value", c -> metric(c, "min").setNumber(1e9)),
        column("nulls above rows", "more nulls", c -> metric(c, "null_count").setNumber(250_001.0)),
        column("negative count", "negative", c -> metric(c, "null_count").setNumber(-1.0)),
        column("percent of 101", "percent", c -> metric(c, "null_percent").setNumber(101.0)),
        column("too many metrics", "too many", RecordRulesTest::addMetrics),
        column(
            "histogram lacks an edge", "one edge more", c -> c.getHistogram().getEdges().remove(0)),
        column("edges unsorted", "ascending", c -> c.getHistogram().getEdges().set(0, 1e9)),
        column("negative bin", "negative", c -> c.getHistogram().getCounts().set(0, -1L)),
        column("quantiles unsorted", "sorted", c -> c.getQuantiles().getValues().set(0, 1e9)),
        column("quantile NaN", "sorted", c -> c.getQuantiles().getValues().set(0, Double.NaN)),
        column("rank below 0", "0 to 1", c -> c.getQuantiles().getRanks().set(0, -0.1)),
        column("rank above 1", "0 to 1", c -> c.getQuantiles().getRanks().set(8, 1.1)),
        column("ranks without values", "as many", c -> c.getQuantiles().getValues().clear()),
        column("rank error of 2", "rank error", c -> c.getQuantiles().setRankError(2)),
        column("empty sketch", "sketch", c -> sketch(c).setData(ByteBuffer.allocate(0))),
        column("huge sketch", "sketch", c -> sketch(c).setData(ByteBuffer.allocate(2 << 20))),
        column("sketch without format", "sketch", c -> sketch(c).setFormat("")),
        column("sketch error NaN", "sketch", c -> sketch(c).setError(Double.NaN)),
        text("hidden value in clear", "in clear", c -> frequent(c, 0).setValue("a@example.com")),
        text("frequent values unsorted", "descending", c -> frequent(c, 1).setCount(9_999)),
        text("frequent above total", "more often", c -> c.getFrequentValues().setTotal(1)),
        text("negative frequency", "negative", c -> frequent(c, 0).setCountError(-1)),
        text("confidence of 2", "confidence", c -> c.getSemanticType().setConfidence(2)));
  }

  @ParameterizedTest
  @MethodSource("wrongProfiles")
  void shouldRefuseAProfileWith(Consumer<TableProfile> fault, String said) {
    TableProfile profile = mutable(Contract.sample(TableProfile.class));

    fault.accept(profile);

    assertInvalid(profile, said);
  }

  static Stream<Arguments> wrongRecords() {
    return Stream.of(
        fault(RunEvent.class, "unknown type", "type", e -> e.setType(RunEventType.UNKNOWN)),
        fault(RunEvent.class, "event id", "eventId", e -> e.setEventId("zz")),
        fault(RunEvent.class, "time in 2120", "occurredAt", e -> e.setOccurredAt(TOO_LATE)),
        fault(RunEvent.class, "completed without parts", "parts", e -> e.setProfileParts(null)),
        fault(RunEvent.class, "completed with 0 parts", "parts", e -> e.setProfileParts(0)),
        fault(RunEvent.class, "completed without rows", "row count", e -> e.setRowCount(null)),
        fault(RunEvent.class, "negative rows", "negative", e -> e.setRowsRead(-1L)),
        fault(RunEvent.class, "failed without code", "code", e -> e.setType(RunEventType.FAILED)),
        fault(RunEvent.class, "attempt 0", "attempt", e -> e.setAttempt(0)),
        fault(RunEvent.class, "foreign table", "disagree", e -> e.setTableName("t")),
        fault(RunWork.class, "dataset", "datasetId", w -> w.setDatasetId("orders")),
        fault(RunWork.class, "time", "acceptedAt", w -> w.setAcceptedAt(Instant.EPOCH)),
        fault(RunWork.class, "no environment", "environment", w -> w.setEnvironment("")),
        fault(LedgerEntry.class, "unknown kind", "kind", l -> l.setKind(LedgerKind.UNKNOWN)),
        fault(LedgerEntry.class, "run without dataset", "datasetId", l -> l.setDatasetId(null)),
        fault(RunVerdict.class, "outcome", "outcome", v -> v.setOutcome(VerdictOutcome.UNKNOWN)),
        fault(RunVerdict.class, "counts and ids", "disagree", v -> v.setHighFindings(3)),
        fault(RunVerdict.class, "negative count", "negative", v -> v.setOpenIncidents(-1)),
        fault(RunVerdict.class, "finding id", "malformed", v -> v.setFindingIds(List.of("x"))),
        fault(RunVerdict.class, "time", "profiledAt", v -> v.setProfiledAt(TOO_EARLY)),
        fault(
            RunVerdict.class,
            "range upside down",
            "upside down",
            v -> v.getJudgements().get(0).getMetrics().get(0).setLower(50.0)),
        fault(
            RunVerdict.class,
            "NaN",
            "finite",
            v -> v.getJudgements().get(0).getMetrics().get(0).setCurrent(Double.NaN)),
        fault(DriftEvent.class, "unknown kind", "kind", d -> d.setKind(DriftKind.UNKNOWN)),
        fault(DriftEvent.class, "severity", "severity", d -> d.setSeverity(Severity.UNKNOWN)),
        fault(DriftEvent.class, "event id", "eventId", d -> d.setEventId("")),
        fault(DriftEvent.class, "no run", "runId", d -> d.setRunId("")),
        fault(DriftEvent.class, "no message", "message", d -> d.setMessage("")),
        fault(DriftEvent.class, "significance", "significance", d -> d.setSignificance(1.5)),
        fault(DriftEvent.class, "NaN", "finite", d -> d.setCurrentValue(Double.NaN)),
        fault(DriftEvent.class, "interval", "interval", d -> d.setEffectUpper(-1.0)),
        fault(DriftEvent.class, "baseline", "finite", d -> d.getBaseline().setValue(1.0 / 0)),
        fault(Incident.class, "state", "state", i -> i.setState(IncidentState.UNKNOWN)),
        fault(Incident.class, "time", "1970", i -> i.setMutedUntil(TOO_LATE)),
        fault(Incident.class, "revision", "revision", i -> i.setRevision(-1)),
        fault(DriftPolicy.class, "no id", "policyId", p -> p.setPolicyId("")),
        fault(DriftPolicy.class, "thresholds", "ascend", p -> p.setLowThreshold(0.5)),
        fault(DriftPolicy.class, "threshold", "threshold", p -> p.setHighThreshold(Double.NaN)),
        fault(DriftPolicy.class, "window 0", "window", p -> p.setWindow(0)),
        fault(
            DriftPolicy.class,
            "calendar",
            "calendar",
            p -> p.getCalendars().get(0).setEnd(p.getCalendars().get(0).getStart())),
        fault(DriftCommand.class, "pin without run", "missing", c -> c.setRunId(null)),
        fault(DriftCommand.class, "command id", "commandId", c -> c.setCommandId("1")),
        fault(DriftCommand.class, "kind", "kind", c -> c.setKind(DriftCommandKind.UNKNOWN)),
        fault(RunCommand.class, "run", "runId", c -> c.setRunId("1")),
        fault(RunCommand.class, "time", "issuedAt", c -> c.setIssuedAt(TOO_LATE)),
        fault(Expectation.class, "grace", "grace", e -> e.setGraceSeconds(-1)),
        fault(Expectation.class, "time", "dueAt", e -> e.setDueAt(TOO_LATE)),
        fault(TableState.class, "run", "runId", s -> s.setRunId("1")),
        fault(TableState.class, "settings", "settings", s -> s.setSettings("")),
        fault(TableState.class, "look", "lookedAt", s -> s.setLookedAt(TOO_EARLY)),
        fault(TableState.class, "rows", "negative", s -> s.setRowsScanned(-1)),
        fault(Schedule.class, "name", "pipeline", s -> s.setPipeline("")),
        fault(Schedule.class, "nothing included", "include", s -> s.setInclude(List.of())),
        fault(Schedule.class, "cron", "cron", s -> s.setCron("")),
        fault(Schedule.class, "time", "instant", s -> s.setNextAt(TOO_LATE)),
        fault(ScheduleCommand.class, "kind", "kind", s -> s.setKind(ScheduleCommandKind.UNKNOWN)),
        fault(ScheduleCommand.class, "name", "pipeline", s -> s.setPipeline("a\nb")),
        fault(ScheduleCommand.class, "time", "issuedAt", s -> s.setIssuedAt(TOO_LATE)),
        fault(RunEvent.class, "decision", "decision", e -> e.getPlan().setDecision("maybe")),
        fault(RunEvent.class, "cost", "cost", e -> e.getPlan().setSeconds(Double.NaN)),
        fault(RunEvent.class, "pipeline", "pipeline", e -> e.setPipeline(" ")),
        fault(RunEvent.class, "datasets", "negative", e -> e.setDatasets(0)),
        fault(DeadLetter.class, "id", "deadLetterId", d -> d.setDeadLetterId("1")),
        fault(DeadLetter.class, "offset", "offset", d -> d.setOffset(-1)));
  }

  @ParameterizedTest
  @MethodSource("wrongRecords")
  void shouldRefuseARecordWith(
      Consumer<SpecificRecord> fault, Class<? extends SpecificRecord> type, String said) {
    SpecificRecord record = Contract.sample(type);

    fault.accept(record);

    assertInvalid(record, said);
  }

  @Test
  void shouldAcceptNegativeZero() {
    TableProfile profile = Contract.sample(TableProfile.class);
    metric(profile.getColumnProfiles().get(0), "min").setNumber(-0.0);

    assertThat(RecordRules.check(profile)).isEmpty();
  }

  @Test
  void shouldAcceptNamesThatDatabasesAllow() {
    TableProfile profile = Contract.sample(TableProfile.class);
    for (String name : List.of("x\"; drop table y;--", "line%0Abreak", "😀", "\u202Eright")) {
      profile.setTableName(name.replace("%0A", "\n"));
      profile.setDatasetId("warehouse/public/" + name);

      assertThat(RecordRules.check(profile)).isEmpty();
    }
  }

  @Test
  void shouldAcceptAValueInClearWhereItIsPublished() {
    TableProfile profile = Contract.sample(TableProfile.class);
    ColumnProfile email = profile.getColumnProfiles().get(1);
    email.setValuePolicy(ValuePolicy.PUBLISHED);
    frequent(email, 0).setValue("shared@example.com");

    assertThat(RecordRules.check(profile)).isEmpty();
  }

  @Test
  void shouldAcceptAFailedRunThatMatchedNoTable() {
    RunEvent event = Contract.sample(RunEvent.class);
    event.setType(RunEventType.FAILED);
    event.setCode(ReasonCode.NO_MATCHING_TABLE.name());
    event.setDatasetId("no_such_*");
    event.setTableName("");

    assertThat(RecordRules.check(event)).isEmpty();
  }

  @Test
  void shouldAcceptAMissingRunWithoutARun() {
    DriftEvent event = Contract.sample(DriftEvent.class);
    event.setKind(DriftKind.MISSING_RUN);
    event.setRunId("");
    event.setBaseline(null);

    assertThat(RecordRules.check(event)).isEmpty();
  }

  @Test
  void shouldAskForTheKeyThatTheContentNames() {
    RunEvent event = Contract.sample(RunEvent.class);

    assertThat(RecordRules.check("warehouse/public/orders", event)).isEmpty();
    assertThat(RecordRules.check("warehouse/public/other", event))
        .hasValueSatisfying(r -> assertThat(r.code()).isEqualTo(ReasonCode.KEY_MISMATCH));
    assertThat(RecordRules.check((String) null, event))
        .hasValueSatisfying(r -> assertThat(r.code()).isEqualTo(ReasonCode.MISSING_KEY));
  }

  @Test
  void shouldLetRequestsHaveAnyKey() {
    ProfileRequest request = Contract.sample(ProfileRequest.class);

    assertThat(RecordRules.check((String) null, request)).isEmpty();
    assertThat(RecordRules.check("anything", request)).isEmpty();
  }

  @Test
  void shouldSayThatNoTopicCarriesAPart() {
    assertThatThrownBy(() -> RecordRules.check((SpecificRecord) Sampling.newBuilder().build()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertInvalid(SpecificRecord record, String said) {
    assertThat(RecordRules.check(record))
        .hasValueSatisfying(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ReasonCode.INVALID_RECORD);
              assertThat(refusal.message()).contains(said).endsWith(".");
            });
  }

  private static Arguments profile(String name, String said, Consumer<TableProfile> fault) {
    return Arguments.of(Named.of(name, fault), said);
  }

  /** A fault in the first column, which holds numbers. */
  private static Arguments column(String name, String said, Consumer<ColumnProfile> fault) {
    return profile(name, said, p -> fault.accept(p.getColumnProfiles().get(0)));
  }

  /** A fault in the second column, which holds text. */
  private static Arguments text(String name, String said, Consumer<ColumnProfile> fault) {
    return profile(name, said, p -> fault.accept(p.getColumnProfiles().get(1)));
  }

  private static <T extends SpecificRecord> Arguments fault(
      Class<T> type, String name, String said, Consumer<T> fault) {
    return Arguments.of(Named.of(type.getSimpleName() + ": " + name, fault), type, said);
  }

  private static void parts(TableProfile profile, int index, int count) {
    profile.setPartIndex(index);
    profile.setPartCount(count);
  }

  private static MetricValue metric(ColumnProfile column, String name) {
    return column.getMetrics().stream()
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void addMetrics(ColumnProfile column) {
    IntStream.range(0, 300)
        .forEach(
            i -> column.getMetrics().add(MetricValue.newBuilder().setName("metric_" + i).build()));
  }

  private static Sketch sketch(ColumnProfile column) {
    return column.getSketches().get(0);
  }

  private static FrequentValue frequent(ColumnProfile column, int index) {
    return column.getFrequentValues().getValues().get(index);
  }

  private static TableProfile mutable(TableProfile profile) {
    profile.setColumns(new ArrayList<>(profile.getColumns()));
    profile.setColumnProfiles(new ArrayList<>(profile.getColumnProfiles()));
    return profile;
  }
}
