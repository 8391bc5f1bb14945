package io.profilemesh.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.judgement.memory.DatasetState;
import io.profilemesh.schema.BaselineChoice;
import io.profilemesh.schema.BaselineStrategy;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.NotEvaluated;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.SlicePeriod;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.VerdictOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTopologyTest {

  private static final Profiles ORDERS = Profiles.orders();

  @TempDir Path stateDir;

  private TopologyHarness mesh;

  @BeforeEach
  void start() {
    mesh = TopologyHarness.in(stateDir);
  }

  @AfterEach
  void stop() {
    mesh.close();
  }

  @Test
  void shouldNotEvaluateWhenARunIsTheFirst() {
    // when
    mesh.send(WireProfiles.whole(ORDERS));

    // then
    RunVerdict verdict = mesh.verdicts().get(0);
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.NOT_EVALUATED);
    assertThat(verdict.getStrategy()).isEqualTo(BaselineStrategy.AUTO);
    assertThat(verdict.getBaselineRunIds()).isEmpty();
    assertThat(verdict.getNotEvaluated())
        .extracting(NotEvaluated::getCode, NotEvaluated::getMessage)
        .containsExactly(
            tuple(
                "FIRST_RUN",
                "There is no earlier run to compare with: later runs are compared with this one."));
    assertThat(mesh.events()).isEmpty();
  }

  @Test
  void shouldSayNoDriftWhenNothingMoved() {
    // when
    mesh.send(run("run-1", 0, ORDERS), run("run-2", 1, ORDERS));

    // then
    RunVerdict verdict = mesh.verdicts().get(1);
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.NO_DRIFT);
    assertThat(verdict.getBaselineRunIds())
        .containsExactly(ORDERS.withRun("run-1").build().runId().toString());
    assertThat(verdict.getJudgements()).hasSize(1 + 8);
    assertThat(mesh.events()).isEmpty();
  }

  @Test
  void shouldCarryWhatAlertersNeedWhenDriftIsFound() {
    // when
    mesh.send(run("run-1", 0, ORDERS), run("run-2", 1, ORDERS.withNullPercent("email", 60)));

    // then
    DriftEvent event = mesh.events().get(0);
    RunVerdict verdict = mesh.verdicts().get(1);
    assertThat(event.getEventId()).matches("[0-9a-f]{32}");
    assertThat(event.getOwner()).isEqualTo("shop-team");
    assertThat(event.getTags()).containsExactly("shop");
    assertThat(event.getRequester()).isEqualTo("tester");
    assertThat(event.getDatasetId()).isEqualTo("shop/public/orders");
    assertThat(event.getTableName()).isEqualTo("orders");
    assertThat(event.getCurrentValue()).isEqualTo(60);
    assertThat(event.getChangeAbsolute()).isEqualTo(58);
    assertThat(event.getBaseline().getValue()).isEqualTo(2);
    assertThat(event.getBaseline().getRunIds()).isEqualTo(verdict.getBaselineRunIds());
    assertThat(verdict.getFindingIds()).containsExactly(event.getEventId());
    assertThat(verdict.getHighFindings()).isEqualTo(1);
    assertThat(verdict.getJudgements())
        .flatExtracting(io.profilemesh.schema.ColumnJudgement::getMetrics)
        .filteredOn(metric -> metric.getFindingId() != null)
        .singleElement()
        .satisfies(metric -> assertThat(metric.getFindingId()).isEqualTo(event.getEventId()));
  }

  @Test
  void shouldKeyAndLabelRecordsWhenTheyAreWritten() {
    // given
    String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    TableProfile profile = run("run-1", 0, ORDERS);
    org.apache.kafka.common.header.internals.RecordHeaders headers =
        new org.apache.kafka.common.header.internals.RecordHeaders();
    headers.add("traceparent", traceparent.getBytes(StandardCharsets.US_ASCII));
    headers.add("ce_id", "the profile's".getBytes(StandardCharsets.US_ASCII));

    // when
    mesh.sendBytes(
        profile.getDatasetId(),
        mesh.bytes(TopologyHarness.TOPICS.tableProfiles(), profile),
        WireProfiles.day(3),
        headers);

    // then
    TestRecord<byte[], byte[]> verdict = mesh.raw(TopologyHarness.TOPICS.runVerdicts()).get(0);
    assertThat(new String(verdict.key(), StandardCharsets.UTF_8)).isEqualTo("shop/public/orders");
    assertThat(verdict.getRecordTime()).isEqualTo(WireProfiles.day(3));
    assertThat(header(verdict, "traceparent")).isEqualTo(traceparent);
    assertThat(header(verdict, "ce_type")).isEqualTo("io.profilemesh.RunVerdict");
    assertThat(header(verdict, "ce_source")).isEqualTo("/profilemesh/test/drift-service");
    assertThat(header(verdict, "ce_id")).matches("[0-9a-f]{32}");
    assertThat(verdict.headers().headers("ce_id")).hasSize(1);
  }

  @Test
  void shouldJudgeAgainstItsPredecessorWhenARunIsLate() {
    // given
    Profiles lossy = ORDERS.withNullPercent("email", 60);
    mesh.send(run("monday", 0, ORDERS), run("wednesday", 2, lossy));

    // when
    mesh.send(run("tuesday", 1, lossy), run("thursday", 3, lossy));

    // then
    assertThat(mesh.verdicts())
        .extracting(RunVerdict::getOutcome, RunVerdict::getBaselineRunIds)
        .containsExactly(
            tuple(VerdictOutcome.NOT_EVALUATED, List.of()),
            tuple(VerdictOutcome.DRIFT, List.of(id("monday"))),
            tuple(VerdictOutcome.DRIFT, List.of(id("monday"))),
            tuple(VerdictOutcome.NO_DRIFT, List.of(id("wednesday"))));
  }

  @Test
  void shouldNotEvaluateWhenALateRunIsOlderThanAllOthers() {
    // given
    mesh.send(run("tuesday", 1, ORDERS));

    // when
    mesh.send(run("monday", 0, ORDERS));

    // then
    assertThat(mesh.verdicts().get(1).getNotEvaluated())
        .extracting(NotEvaluated::getCode)
        .containsExactly("NO_EARLIER_RUN");
  }

  @Test
  void shouldReplaceTheEarlierOneWhenAPeriodIsProfiledAgain() {
    // given
    Profiles daily = ORDERS.withDataset(new DatasetId("shop", "public", "orders", "daily"));
    mesh.send(slice("a", 0, daily), slice("b", 1, daily.withNullPercent("email", 60)));

    // when: the second day is corrected, then the third comes
    mesh.send(slice("b-corrected", 1, daily), slice("c", 2, daily));

    // then
    assertThat(mesh.verdicts())
        .extracting(RunVerdict::getOutcome, RunVerdict::getBaselineRunIds)
        .containsExactly(
            tuple(VerdictOutcome.NOT_EVALUATED, List.of()),
            tuple(VerdictOutcome.DRIFT, List.of(id("a"))),
            tuple(VerdictOutcome.NO_DRIFT, List.of(id("a"))),
            tuple(VerdictOutcome.NO_DRIFT, List.of(id("b-corrected"))));
  }

  @Test
  void shouldCompareWithTheRunOfAPersonsChoiceWhenOneIsNamed() {
    // given
    mesh.send(run("a", 0, ORDERS), run("b", 1, ORDERS.withNullPercent("email", 60)));
    TableProfile wishful = run("c", 2, ORDERS);
    wishful.setBaseline(new BaselineChoice(BaselineStrategy.PINNED, id("a")));
    TableProfile forgotten = run("d", 3, ORDERS);
    forgotten.setBaseline(new BaselineChoice(BaselineStrategy.PINNED, id("never")));

    // when
    mesh.send(wishful, forgotten);

    // then
    List<RunVerdict> verdicts = mesh.verdicts();
    assertThat(verdicts.get(2).getOutcome()).isEqualTo(VerdictOutcome.NO_DRIFT);
    assertThat(verdicts.get(2).getStrategy()).isEqualTo(BaselineStrategy.PINNED);
    assertThat(verdicts.get(3).getNotEvaluated().get(0).getCode())
        .isEqualTo("UNKNOWN_BASELINE_RUN");
  }

  @Test
  void shouldNotEvaluateWhenBoundsAreAskedForAndHistoryIsShort() {
    // given
    for (int day = 0; day < 6; day++) {
      mesh.send(run("run-" + day, day, ORDERS));
    }

    // when: the seventh has six before it, the eighth has seven
    mesh.send(
        wishing(BaselineStrategy.WINDOW, run("early", 6, ORDERS.withNullPercent("email", 60))),
        wishing(BaselineStrategy.WINDOW, run("window", 7, ORDERS)),
        wishing(BaselineStrategy.SEASONAL, run("season", 8, ORDERS)));

    // then
    List<RunVerdict> verdicts = mesh.verdicts();
    RunVerdict early = verdicts.get(6);
    assertThat(early.getOutcome()).isEqualTo(VerdictOutcome.NOT_EVALUATED);
    assertThat(early.getStrategy()).isEqualTo(BaselineStrategy.WINDOW);
    assertThat(early.getNotEvaluated())
        .extracting(NotEvaluated::getCode, NotEvaluated::getMessage)
        .containsExactly(
            tuple(
                "TOO_LITTLE_HISTORY",
                "Bounds are learned from at least 7 earlier runs; there are 6."));
    assertThat(mesh.events()).isEmpty();
    assertThat(verdicts.subList(7, 9))
        .extracting(
            RunVerdict::getOutcome, RunVerdict::getStrategy, v -> v.getBaselineRunIds().size())
        .containsExactly(
            tuple(VerdictOutcome.NO_DRIFT, BaselineStrategy.WINDOW, 7),
            tuple(VerdictOutcome.NO_DRIFT, BaselineStrategy.SEASONAL, 8));
  }

  @Test
  void shouldNotEvaluateAYoungColumnWhenBoundsAreAskedFor() {
    // given
    for (int day = 0; day < 8; day++) {
      mesh.send(run("run-" + day, day, day < 6 ? ORDERS.withoutColumn("gift") : ORDERS));
    }

    // when
    mesh.send(wishing(BaselineStrategy.WINDOW, run("late", 8, ORDERS)));

    // then
    assertThat(mesh.verdicts().get(8).getNotEvaluated())
        .filteredOn(one -> one.getCode().equals("TOO_LITTLE_HISTORY"))
        .extracting(NotEvaluated::getColumn, NotEvaluated::getMetric, NotEvaluated::getMessage)
        .containsExactly(
            tuple(
                "gift",
                null,
                "Bounds are learned from at least 7 earlier runs; the column has 2 so far."));
  }

  @Test
  void shouldCarryTheHistoryOfAColumnOverToItsNewName() {
    // given
    Profiles renamed = ORDERS.withRenamed("email", "mail");

    // when
    mesh.send(run("a", 0, ORDERS), run("b", 1, renamed));
    TableProfile pinned = run("c", 2, renamed.withNullPercent("mail", 60));
    pinned.setBaseline(new BaselineChoice(BaselineStrategy.PINNED, id("a")));
    mesh.send(pinned);

    // then: the first run knows the column by its new name
    assertThat(mesh.events())
        .filteredOn(event -> event.getIncidentState() == IncidentState.OPENED)
        .extracting(DriftEvent::getMetric, DriftEvent::getColumn)
        .containsExactly(tuple("column_renamed", "mail"), tuple("null_percent", "mail"));
  }

  @Test
  void shouldKeepDatasetsApartWhenTheirNamesBeginAlike() {
    // given
    Profiles more = ORDERS.withDataset(DatasetId.of("shop", "public", "orders_archive"));

    // when
    mesh.send(run("a", 0, ORDERS), run("b", 1, more));

    // then
    assertThat(mesh.verdicts())
        .extracting(RunVerdict::getOutcome)
        .containsOnly(VerdictOutcome.NOT_EVALUATED);
  }

  @Test
  void shouldJudgeEachDatasetWhenOneRunCoversSeveral() {
    // given
    Profiles other = ORDERS.withDataset(DatasetId.of("shop", "public", "returns"));

    // when
    mesh.send(run("one", 0, ORDERS), run("one", 0, other));

    // then
    assertThat(mesh.verdicts())
        .extracting(RunVerdict::getDatasetId)
        .containsExactly("shop/public/orders", "shop/public/returns");
  }

  @Test
  void shouldForgetTheOldestWhenThereAreManyRuns() {
    // when
    for (int day = 0; day < 70; day++) {
      mesh.send(run("run-" + day, day, day < 5 ? ORDERS.withoutColumn("gift") : ORDERS));
    }

    // then
    DatasetState state =
        mesh.driver().<String, DatasetState>getKeyValueStore("datasets").get("shop/public/orders");
    assertThat(state.history()).hasSize(DatasetState.MOST_RUNS);
    assertThat(state.judged()).hasSize(70);
    assertThat(mesh.verdicts()).hasSize(70);
    assertThat(mesh.events())
        .extracting(DriftEvent::getMetric, DriftEvent::getIncidentState)
        .containsExactly(tuple("column_added", IncidentState.OPENED));
  }

  @Test
  void shouldForgetAColumnWhenNoRememberedRunHasIt() {
    // when
    mesh.send(run("run-0", 0, ORDERS));
    for (int day = 1; day <= DatasetState.MOST_RUNS; day++) {
      mesh.send(run("run-" + day, day, ORDERS.withoutColumn("gift")));
    }

    // then
    List<String> columns = new ArrayList<>();
    try (var all =
        mesh.driver()
            .<io.profilemesh.drift.store.ColumnKey, io.profilemesh.judgement.memory.ColumnHistory>
                getKeyValueStore("columns")
            .all()) {
      all.forEachRemaining(entry -> columns.add(entry.key.column()));
    }
    assertThat(columns).hasSize(7).doesNotContain("gift");
  }

  @Test
  void shouldWriteTheSameBytesWhenTheLogIsReplayed(@TempDir Path secondDir) {
    // given
    List<TableProfile> log = new ArrayList<>();
    for (int day = 0; day < 12; day++) {
      Profiles profiles = day % 3 == 2 ? ORDERS.withNullPercent("email", 60) : ORDERS;
      log.addAll(
          WireProfiles.split(
              profiles.withRun("run-" + day).withScannedAt(WireProfiles.day(day)), 1 + day % 3));
    }

    // when
    List<String> first = outputs(mesh, log);
    List<String> second;
    try (TopologyHarness replay = TopologyHarness.in(secondDir)) {
      second = outputs(replay, log);
    }

    // then
    assertThat(first).hasSizeGreaterThan(12).isEqualTo(second);
  }

  private static List<String> outputs(TopologyHarness mesh, List<TableProfile> log) {
    log.forEach(mesh::send);
    List<String> outputs = new ArrayList<>();
    for (var topic :
        List.of(TopologyHarness.TOPICS.runVerdicts(), TopologyHarness.TOPICS.driftEvents())) {
      for (TestRecord<byte[], byte[]> record : mesh.raw(topic)) {
        outputs.add(
            new String(record.key(), StandardCharsets.UTF_8)
                + java.util.HexFormat.of().formatHex(record.value())
                + header(record, "ce_id"));
      }
    }
    return outputs;
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static TableProfile run(String name, int day, Profiles profiles) {
    return WireProfiles.whole(profiles.withRun(name).withScannedAt(WireProfiles.day(day)));
  }

  private static TableProfile wishing(BaselineStrategy strategy, TableProfile profile) {
    profile.setBaseline(new BaselineChoice(strategy, null));
    return profile;
  }

  /** A slice is scanned at any time; its period counts. */
  private static TableProfile slice(String name, int day, Profiles profiles) {
    TableProfile profile = run(name, 30, profiles);
    Instant start = WireProfiles.day(day);
    profile.setSlice(new SlicePeriod("ordered_at", start, start.plusSeconds(86_400)));
    return profile;
  }

  private static String id(String run) {
    return ORDERS.withRun(run).build().runId().toString();
  }
}
