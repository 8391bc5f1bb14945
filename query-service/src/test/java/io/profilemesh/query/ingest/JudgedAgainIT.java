package io.profilemesh.query.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.profilemesh.core.drift.Baseline;
import io.profilemesh.core.drift.DriftEvaluation;
import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.core.drift.Evaluation;
import io.profilemesh.core.drift.Finding;
import io.profilemesh.core.drift.NamePattern;
import io.profilemesh.core.drift.Thresholds;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.judgement.mapping.PolicyMapping;
import io.profilemesh.judgement.mapping.ProfileMapping;
import io.profilemesh.judgement.mapping.StrategyMapping;
import io.profilemesh.judgement.mapping.VerdictMapping;
import io.profilemesh.judgement.memory.Replay;
import io.profilemesh.query.compare.Basis;
import io.profilemesh.query.compare.Comparer;
import io.profilemesh.query.compare.Comparison;
import io.profilemesh.query.compare.PolicyTrial;
import io.profilemesh.query.compare.Proposal;
import io.profilemesh.query.compare.Trial;
import io.profilemesh.query.history.PolicyVersions;
import io.profilemesh.query.history.Question;
import io.profilemesh.query.history.Scope;
import io.profilemesh.query.history.Sight;
import io.profilemesh.query.history.StoredProfiles;
import io.profilemesh.query.history.StoredRun;
import io.profilemesh.query.history.StoredRuns;
import io.profilemesh.schema.ColumnDefinition;
import io.profilemesh.schema.ColumnProfile;
import io.profilemesh.schema.ColumnType;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.FrequentValue;
import io.profilemesh.schema.FrequentValues;
import io.profilemesh.schema.Histogram;
import io.profilemesh.schema.MetricValue;
import io.profilemesh.schema.Quality;
import io.profilemesh.schema.Quantiles;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.Sketch;
import io.profilemesh.schema.SketchKind;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.Trigger;
import io.profilemesh.schema.ValuePolicy;
import io.profilemesh.sink.rows.PolicyRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Runs that are read back from the tables are judged as their records were. That the records are
 * judged as by the stream is tested beside the stream.
 */
@Timeout(120)
class JudgedAgainIT {

  private static final int RUNS = 72;
  private static final String DATASET = "shop/public/orders";
  private static final Instant MONDAY = Instant.parse("2026-03-02T06:00:00Z");

  /** Version 1 covers nothing, 2 silences one metric, 3 removes the first again. */
  private static final long POLICY_VERSION = 3;

  private static final List<TableProfile> RECORDS = records();
  private static final Map<String, RunVerdict> VERDICTS = new HashMap<>();
  private static final Map<String, List<DriftEvent>> EVENTS = new HashMap<>();
  private static SinkFixture fixture;

  @BeforeAll
  static void fill() throws SQLException {
    fixture = SinkFixture.create();
    String policies = fixture.topics.driftPolicies().name();
    ConsumerRecord<byte[], byte[]> gone =
        fixture.raw(
            policies, 3, "elsewhere".getBytes(java.nio.charset.StandardCharsets.UTF_8), null);
    fixture
        .sink(policies, DriftPolicy.class, new PolicyRows(), true)
        .accept(
            List.of(
                fixture.record(policies, 1, policy("elsewhere", "other/*", "null_percent")),
                fixture.record(policies, 2, policy("silent", "shop/*", "distinct_percent")),
                gone));
    judge();
    String profiles = fixture.topics.tableProfiles().name();
    String verdicts = fixture.topics.runVerdicts().name();
    List<ConsumerRecord<byte[], byte[]>> profileRecords = new ArrayList<>();
    List<ConsumerRecord<byte[], byte[]>> verdictRecords = new ArrayList<>();
    for (int i = 0; i < RECORDS.size(); i++) {
      profileRecords.add(fixture.record(profiles, i, RECORDS.get(i)));
      verdictRecords.add(fixture.record(verdicts, i, VERDICTS.get(RECORDS.get(i).getRunId())));
    }
    fixture.tableProfiles().accept(profileRecords);
    fixture.runVerdicts().accept(verdictRecords);
    assertThat(EVENTS.values().stream().mapToInt(List::size).sum()).isGreaterThan(5);
  }

  @Test
  void shouldReadProfilesBackAsTheirRecordsSay() throws SQLException {
    for (TableProfile record : List.of(RECORDS.get(0), RECORDS.get(40), RECORDS.get(71))) {
      StoredRun run = run(record);
      List<io.profilemesh.core.profile.TableProfile> read =
          answer(sight -> StoredProfiles.read(sight.connection(), List.of(run)));
      assertThat(read).containsExactly(ProfileMapping.read(List.of(record)));
    }
  }

  @Test
  void shouldComeToTheVerdictOfTheStreamWhenBaselineAndPoliciesAreItsOwn() throws SQLException {
    for (TableProfile record : told()) {
      Comparison comparison = compare(record, new Basis.AsJudged(), null);
      assertThat(comparison.verdict()).isEqualTo(VERDICTS.get(record.getRunId()));
      assertThat(comparison.changes()).isEqualTo(EVENTS.get(record.getRunId()));
      boolean judged = !comparison.verdict().getBaselineRunIds().isEmpty();
      assertThat(comparison.asJudged() || !judged).isTrue();
      assertThat(comparison.baseline())
          .extracting(run -> run.runId().toString())
          .isEqualTo(comparison.verdict().getBaselineRunIds());
    }
  }

  @Test
  void shouldCompareWithARunThatTheStreamHasForgotten() throws SQLException {
    // given
    TableProfile first = RECORDS.get(0);
    TableProfile last = RECORDS.get(RECORDS.size() - 1);

    // when
    Comparison comparison = compare(last, new Basis.Run(run(first)), null);

    // then
    assertThat(comparison.verdict().getBaselineRunIds()).containsExactly(first.getRunId());
    assertThat(comparison.verdict().getStrategy())
        .isEqualTo(io.profilemesh.schema.BaselineStrategy.PINNED);
    assertThat(comparison.changes())
        .extracting(DriftEvent::getColumn, DriftEvent::getMetric)
        .contains(org.assertj.core.groups.Tuple.tuple("coupon", "column_added"));
    assertThat(comparison.asJudged()).isFalse();
  }

  @Test
  void shouldCompareWithWindowsOfRuns() throws SQLException {
    // given
    TableProfile broken = RECORDS.get(66);
    String seventh = RECORDS.get(7).getRunId();

    // when
    Comparison last = compare(broken, new Basis.LastRuns(14), null);
    Comparison period =
        compare(
            broken,
            new Basis.Period(MONDAY.plus(Duration.ofDays(7)), MONDAY.plus(Duration.ofDays(27))),
            null);
    Comparison none =
        compare(broken, new Basis.Period(Instant.EPOCH, MONDAY.minusSeconds(1)), null);

    // then
    assertThat(last.baseline()).hasSize(14);
    assertThat(last.changes())
        .extracting(DriftEvent::getColumn, DriftEvent::getMetric)
        .contains(org.assertj.core.groups.Tuple.tuple("amount", "mean"));
    assertThat(period.baseline()).hasSize(20);
    assertThat(period.baseline().get(19).runId()).hasToString(seventh);
    assertThat(none.evaluation().outcome()).isEqualTo(Evaluation.Outcome.NOT_EVALUATED);
  }

  @Test
  void shouldMeasureDistancesByTheKeptSketches() throws SQLException {
    // when
    Comparison usual = compare(RECORDS.get(65), new Basis.Run(run(RECORDS.get(64))), null);
    Comparison broken = compare(RECORDS.get(66), new Basis.Run(run(RECORDS.get(65))), null);

    // then
    assertThat(usual.distances())
        .singleElement()
        .satisfies(
            distance -> {
              assertThat(distance.column()).isEqualTo("amount");
              assertThat(distance.kolmogorovSmirnov()).isLessThan(0.1);
              assertThat(distance.kolmogorovSmirnovNoise()).isBetween(0.05, 0.06);
            });
    assertThat(broken.distances().get(0).kolmogorovSmirnov()).isEqualTo(1);
    assertThat(broken.distances().get(0).wasserstein()).isCloseTo(4_950, within(20.0));
    assertThat(broken.distances().get(0).populationStability()).isGreaterThan(5);
  }

  @Test
  void shouldJudgeByThePoliciesOfAVersion() throws SQLException {
    long newest = answer(sight -> PolicyVersions.newest(sight.connection()));
    DriftPolicies now = answer(sight -> PolicyVersions.at(sight.connection(), null));
    DriftPolicies then = answer(sight -> PolicyVersions.at(sight.connection(), 2L));
    assertThat(newest).isEqualTo(POLICY_VERSION);
    assertThat(now.policies())
        .extracting(io.profilemesh.core.drift.DriftPolicy::id)
        .containsExactly("silent");
    assertThat(then.policies())
        .extracting(io.profilemesh.core.drift.DriftPolicy::id)
        .containsExactly("elsewhere", "silent");
    assertThat(compare(RECORDS.get(66), new Basis.AsJudged(), 0L).verdict().getPolicyVersion())
        .isZero();
  }

  @Test
  void shouldSayWhatWouldBeGoneUnderAProposedPolicy() throws SQLException {
    // when
    Trial trial =
        answer(
            PolicyTrial.of(
                proposal(
                    io.profilemesh.core.drift.DriftPolicy.of("quiet", 1)
                        .datasets("shop/*")
                        .columns("amount")
                        .ignore(true)
                        .build())));

    // then
    int fired =
        VERDICTS.values().stream().mapToInt(verdict -> verdict.getFindingIds().size()).sum();
    assertThat(trial.runs()).isEqualTo(RUNS);
    assertThat(trial.complete()).isTrue();
    assertThat(trial.totals().fired()).isEqualTo(fired);
    assertThat(trial.totals().unexplained()).isZero();
    assertThat(trial.totals().gone()).isPositive();
    assertThat(trial.totals().added()).isZero();
    assertThat(trial.totals().wouldFire()).isEqualTo(fired - trial.totals().gone());
    assertThat(trial.differences())
        .allSatisfy(
            difference -> {
              assertThat(difference.column()).isEqualTo("amount");
              assertThat(difference.difference()).isEqualTo("gone");
              assertThat(difference.fired()).isNotNull();
            });
  }

  @Test
  void shouldSayWhatWouldBeNewUnderAStricterPolicy() throws SQLException {
    // when
    Trial trial =
        answer(
            PolicyTrial.of(
                proposal(
                    io.profilemesh.core.drift.DriftPolicy.of("strict", 1)
                        .datasets("shop/public/orders")
                        .strategy(io.profilemesh.core.drift.StrategyKind.PREVIOUS)
                        .thresholds(new Thresholds(0.001, 0.002, 0.003))
                        .build())));

    // then
    assertThat(trial.totals().added()).isPositive();
    assertThat(trial.totals().wouldFire())
        .isEqualTo(trial.totals().fired() + trial.totals().added() - trial.totals().gone());
  }

  @Test
  void shouldFindNothingDifferentWhenThePoliciesStay() throws SQLException {
    Trial trial =
        answer(
            PolicyTrial.of(
                new Proposal(
                    List.of(),
                    Set.of(),
                    NamePattern.ANY,
                    MONDAY.plus(Duration.ofDays(30)),
                    MONDAY.plus(Duration.ofDays(400)))));
    assertThat(trial.differences()).isEmpty();
    assertThat(trial.runs()).isEqualTo(RUNS - 30);
    assertThat(trial.totals().fired()).isPositive().isEqualTo(trial.totals().wouldFire());
  }

  /** Runs with findings, and the first and last ones. */
  private static List<TableProfile> told() {
    List<TableProfile> told = new ArrayList<>();
    for (TableProfile record : RECORDS) {
      boolean end = record == RECORDS.get(0) || record == RECORDS.get(RUNS - 1);
      if (told.size() < 12 && !EVENTS.get(record.getRunId()).isEmpty() || end) {
        told.add(record);
      }
    }
    return told;
  }

  private static Proposal proposal(io.profilemesh.core.drift.DriftPolicy policy) {
    return new Proposal(
        List.of(policy),
        Set.of(),
        NamePattern.ANY,
        Instant.EPOCH,
        MONDAY.plus(Duration.ofDays(400)));
  }

  private static Comparison compare(TableProfile record, Basis basis, Long policyVersion)
      throws SQLException {
    return answer(Comparer.of(run(record), basis, policyVersion));
  }

  private static StoredRun run(TableProfile record) throws SQLException {
    return answer(StoredRuns.one(UUID.fromString(record.getRunId()), DATASET)).orElseThrow();
  }

  private static <T> T answer(Question<T> question) throws SQLException {
    try (Connection connection = fixture.dataSource().getConnection()) {
      return question.ask(new Sight(connection, Scope.everything()));
    }
  }

  /** Judges the records as the drift service does. */
  private static void judge() throws SQLException {
    DriftPolicies policies =
        new DriftPolicies(
            POLICY_VERSION,
            List.of(PolicyMapping.read(policy("silent", "shop/*", "distinct_percent"))));
    Replay replay = new Replay();
    for (TableProfile record : RECORDS) {
      var profile = ProfileMapping.read(List.of(record));
      Predicate<Finding> all = finding -> true;
      Baseline baseline =
          replay.baseline(
              StrategyMapping.read(
                  null, null, policies.effective(profile.dataset(), null, Metric.ROW_COUNT, null)),
              Set.of(),
              profile);
      Evaluation evaluation =
          DriftEvaluation.evaluate(baseline, profile, policies, replay.standing(profile, all));
      VerdictMapping answer = new VerdictMapping(record, evaluation, List.of());
      answer.addRunbooks(policies, profile);
      VERDICTS.put(record.getRunId(), answer.verdict(List.of(), 0));
      EVENTS.put(record.getRunId(), answer.events());
      replay.remember(profile, all);
    }
  }

  private static DriftPolicy policy(String id, String datasets, String metric) {
    return DriftPolicy.newBuilder()
        .setPolicyId(id)
        .setRank(5)
        .setDatasetPattern(datasets)
        .setMetrics(List.of(metric))
        .setIgnore(true)
        .setRunbookUrl("https://wiki.example.com/" + id)
        .build();
  }

  private static List<TableProfile> records() {
    Random random = new Random(9);
    List<TableProfile> records = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      records.add(record(run, random));
    }
    return records;
  }

  private static TableProfile record(int run, Random random) {
    long rows = run == 50 ? 20_000 : 9_900 + random.nextInt(200);
    double mean = run == 66 ? 5_000 : 50 + random.nextGaussian() / 3;
    double nulls = run == 20 ? 3_500 : 200 + random.nextInt(20);
    List<ColumnProfile> columns = new ArrayList<>();
    columns.add(number(1, rows, mean));
    columns.add(text(2, rows, nulls, random));
    columns.add(time(3, rows, MONDAY.plus(Duration.ofDays(run))));
    if (run >= 35) {
      columns.add(text(4, rows, 0, random));
      columns.get(3).getColumn().setName("coupon");
    }
    Instant at = MONDAY.plus(Duration.ofDays(run));
    return TableProfile.newBuilder()
        .setEnvironment("test")
        .setRunId(new UUID(0x4000L, 0x8000000000000000L | run).toString())
        .setRequestId("request-" + run)
        .setDatasetId(DATASET)
        .setSource("shop")
        .setSchemaName("public")
        .setTableName("orders")
        .setRequester("ada")
        .setTrigger(Trigger.REQUEST)
        .setOwner("sales")
        .setTags(List.of("gold"))
        .setScanStartedAt(at)
        .setScanEndedAt(at.plusSeconds(2))
        .setRowCount(rows)
        .setRowsScanned(rows)
        .setColumns(columns.stream().map(ColumnProfile::getColumn).toList())
        .setTableMetrics(List.of(exact("row_count", rows)))
        .setColumnProfiles(columns)
        .build();
  }

  private static ColumnProfile number(int ordinal, long rows, double mean) {
    return ColumnProfile.newBuilder()
        .setColumn(column("amount", ordinal, ColumnType.DECIMAL))
        .setMetrics(
            List.of(
                exact("count", rows),
                exact("null_count", 0),
                exact("null_percent", 0),
                MetricValue.newBuilder()
                    .setName("distinct_count")
                    .setNumber(rows * 0.83)
                    .setQuality(Quality.APPROXIMATE)
                    .setLower(rows * 0.81)
                    .setUpper(rows * 0.85)
                    .build(),
                exact("mean", mean),
                exact("standard_deviation", 15 + mean / 1_000),
                exact("min", 0.01),
                exact("max", mean * Math.PI)))
        .setQuantiles(
            new Quantiles(
                List.copyOf(io.profilemesh.core.profile.Quantiles.RANKS),
                java.util.stream.Stream.of(-2.3, -1.6, -1.3, -0.67, 0.0, 0.67, 1.3, 1.6, 2.3)
                    .map(z -> mean + 15 * z)
                    .toList(),
                0.0133))
        .setSketches(List.of(sketch(mean)))
        .setValuePolicy(ValuePolicy.PUBLISHED)
        .build();
  }

  private static ColumnProfile time(int ordinal, long rows, Instant at) {
    double end = at.toEpochMilli();
    double start = end - Duration.ofDays(1).toMillis();
    return ColumnProfile.newBuilder()
        .setColumn(column("placed_at", ordinal, ColumnType.TIMESTAMP_WITH_ZONE))
        .setMetrics(
            List.of(
                exact("count", rows),
                exact("null_count", 0),
                exact("null_percent", 0),
                exact("earliest", start),
                exact("latest", end)))
        .setHistogram(
            new Histogram(
                List.of(start, (start + end) / 2, end),
                List.of(rows / 2, rows - rows / 2),
                Quality.EXACT))
        .setValuePolicy(ValuePolicy.PUBLISHED)
        .build();
  }

  /** An image of a sketch with one level: a hundred values, evenly spread. */
  private static Sketch sketch(double mean) {
    int values = 100;
    ByteBuffer image =
        ByteBuffer.allocate(20 + 4 + 8 * (values + 2)).order(ByteOrder.LITTLE_ENDIAN);
    image.put(new byte[] {5, 1, 15, 2}).putShort((short) 200).put((byte) 8).put((byte) 0);
    image.putLong(values).putShort((short) 200).put((byte) 1).put((byte) 0);
    image.putInt(200 - values).putDouble(mean - 50).putDouble(mean + 49);
    for (int i = 0; i < values; i++) {
      image.putDouble(mean - 50 + i);
    }
    return Sketch.newBuilder()
        .setKind(SketchKind.QUANTILES)
        .setFormat("datasketches-kll-double-1")
        .setError(0.0133)
        .setData(image.flip())
        .build();
  }

  private static ColumnProfile text(int ordinal, long rows, double nulls, Random random) {
    long most = 6_900 + random.nextInt(100);
    return ColumnProfile.newBuilder()
        .setColumn(column("status", ordinal, ColumnType.TEXT))
        .setMetrics(
            List.of(
                exact("count", rows),
                exact("null_count", nulls),
                exact("null_percent", 100 * nulls / rows),
                exact("distinct_count", 3),
                exact("average_length", 5 + random.nextDouble() / 10)))
        .setFrequentValues(
            new FrequentValues(
                List.of(
                    FrequentValue.newBuilder().setValue("=paid").setCount(most).build(),
                    FrequentValue.newBuilder().setHash("11bb").setCount(9_000 - most).build(),
                    FrequentValue.newBuilder()
                        .setHash("22cc")
                        .setCount(700)
                        .setCountError(3)
                        .build()),
                9_700L,
                Quality.EXACT))
        .setValuePolicy(ValuePolicy.PUBLISHED)
        .build();
  }

  private static ColumnDefinition column(String name, int ordinal, ColumnType type) {
    return ColumnDefinition.newBuilder()
        .setName(name)
        .setOrdinal(ordinal)
        .setDataType(type.name().toLowerCase(java.util.Locale.ROOT))
        .setColumnType(type)
        .setNullable(ordinal > 1)
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
