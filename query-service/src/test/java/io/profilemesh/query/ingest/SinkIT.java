package io.profilemesh.query.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.schema.ColumnDefinition;
import io.profilemesh.schema.ColumnProfile;
import io.profilemesh.schema.DeadLetter;
import io.profilemesh.schema.DeadLetters;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.PlanDecision;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.Severity;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.sink.Samples;
import io.profilemesh.sink.rows.DriftEventRows;
import io.profilemesh.sink.rows.EventIdentity;
import io.profilemesh.sink.rows.ProfileRows;
import io.profilemesh.sink.store.DeadLetterOutlet;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SinkIT {

  private static final String RUN = "00000000-0000-4000-8000-000000000001";
  private static SinkFixture fixture;

  private final Samples run = Samples.of("orders", RUN);

  @BeforeEach
  void start() throws SQLException {
    fixture = fixture == null ? SinkFixture.create() : fixture.anew();
  }

  @Test
  void shouldStoreARunWithItsResultsVerdictAndDrift() throws SQLException {
    // when
    feedEverything();

    // then
    assertThat(
            fixture.query(
                "SELECT concat_ws('|', dataset_name, status, row_count, column_count, duration_ms,"
                    + " requester, attempt, profile_attempt) FROM profilemesh_runs"))
        .containsExactly("shop/public/orders|completed|1000|1|900|ada|1|1");
    assertThat(
            fixture.query(
                "SELECT concat_ws('|', coalesce(column_name, '-'), metric_name, metric_value,"
                    + " quality, lower_bound, upper_bound)"
                    + " FROM profilemesh_results ORDER BY column_name NULLS FIRST, metric_name"))
        .contains(
            "-|row_count|1000|exact",
            "column_0|distinct_count|500|approximate|490|510",
            "column_0|null_percent|1|exact")
        .hasSize(7);
    assertThat(
            fixture.query(
                "SELECT concat_ws('|', run_id, column_name, kinds[s], formats[s], hash_ids[s],"
                    + " errors[s], encode(sketches[s], 'hex'))"
                    + " FROM profilemesh_profile_sketches, generate_subscripts(kinds, 1) s"
                    + " ORDER BY s"))
        .containsExactly(
            RUN + "|column_0|distinct_count|datasketches-hll-1|mix64-1:key|0.01|0001ff",
            RUN + "|column_0|quantiles|datasketches-kll-double-1|0.0133|0002ff");
    assertThat(
            fixture.query(
                "SELECT concat_ws('|', outcome, high_findings, judgements #>> '{0,column}')"
                    + " FROM profilemesh_verdicts"))
        .containsExactly("drift|1|column_0");
    assertThat(
            fixture.query(
                "SELECT concat_ws('|', event_type, drift_severity, metric_name, baseline_value,"
                    + " current_value) FROM profilemesh_events WHERE event_type = 'drift'"))
        .containsExactly("drift|high|null_percent|1|34");
    assertThat(
            fixture.query(
                "SELECT concat_ws('|', last_run_id, row_count, staleness_ms, decision,"
                    + " change_token, outcome, high_findings) FROM profilemesh_table_state"))
        .containsExactly(RUN + "|1000|60000|full|42|drift|1");
    assertThat(fixture.query("SELECT next_offset::text FROM profilemesh_sink_progress"))
        .containsExactlyInAnyOrder("3", "1", "1", "1");
  }

  @Test
  void shouldKeepTheLastDecisionWhenAPlanWasOnlyAskedAbout() throws SQLException {
    // given
    String events = fixture.topics.runEvents().name();
    TopicSink sink = fixture.runEvents();
    accept(sink, events, 0, run.event(RunEventType.ACCEPTED, 1, 0));

    // when
    RunEvent asked =
        RunEvent.newBuilder(run.event(RunEventType.SKIPPED, 1, 5))
            .setCode("DRY_RUN")
            .setPlan(PlanDecision.newBuilder().setDecision("skip").setReason("only asked").build())
            .build();
    accept(sink, events, 1, asked);

    // then
    assertThat(
            fixture.query(
                "SELECT concat_ws('|', decision, decision_reason, change_token)"
                    + " FROM profilemesh_table_state"))
        .containsExactly("full|first run|42");
  }

  @Test
  void shouldShowCompletedOnlyOnceTheProfileIsStoredWhicheverComesFirst() throws SQLException {
    // given
    String events = fixture.topics.runEvents().name();
    TopicSink sink = fixture.runEvents();
    sink.accept(List.of(fixture.record(events, 0, run.event(RunEventType.ACCEPTED, 1, 0))));
    assertThat(status()).isEqualTo("requested");
    sink.accept(List.of(fixture.record(events, 1, run.event(RunEventType.COMPLETED, 1, 2))));
    assertThat(status()).isEqualTo("running");

    // when
    feed(fixture.tableProfiles(), fixture.topics.tableProfiles().name(), run.profile());

    // then
    assertThat(status()).isEqualTo("completed");

    // and the other way round
    fixture.empty();
    feed(fixture.tableProfiles(), fixture.topics.tableProfiles().name(), run.profile());
    assertThat(status()).isEqualTo("running");
    feed(fixture.runEvents(), events, run.event(RunEventType.COMPLETED, 1, 2));
    assertThat(status()).isEqualTo("completed");
  }

  @Test
  void shouldLeaveTheSameRowsHoweverTopicsInterleaveAndBatchesFall() throws SQLException {
    // given
    List<List<ConsumerRecord<byte[], byte[]>>> logs = logs();
    feedInOrder(logs);
    Map<String, List<String>> expected = fixture.derivedRows();
    assertThat(expected.get("profilemesh_runs")).hasSize(6);

    for (int seed = 1; seed <= 12; seed++) {
      // when
      fixture.empty();
      feedShuffled(logs, new Random(seed));

      // then
      assertThat(fixture.derivedRows()).as("seed " + seed).isEqualTo(expected);
    }
  }

  @Test
  void shouldLeaveOutWhatWasStoredBeforeACrash() throws SQLException {
    // given
    feedEverything();
    Map<String, List<String>> before = fixture.derivedRows();

    // when
    feedEverything();

    // then
    assertThat(fixture.derivedRows()).isEqualTo(before);
  }

  @Test
  void shouldDoubleRowsWhenDeduplicationIsSwitchedOff() throws SQLException {
    // given
    String topic = fixture.topics.driftEvents().name();
    ConsumerRecord<byte[], byte[]> record =
        fixture.record(topic, 0, run.drift(Severity.HIGH, "mean"));

    // when
    fixture.driftEventsWithoutDeduplication().accept(List.of(record));
    fixture.driftEventsWithoutDeduplication().accept(List.of(record));

    // then
    assertThat(fixture.rows("profilemesh_events")).hasSize(2);
  }

  @Test
  void shouldMakeTheMonthsThatRecordsNeed() throws SQLException {
    // given
    Samples old =
        new Samples(
            DatasetId.of("shop", "public", "orders"),
            RUN,
            Samples.NOON.minus(Duration.ofDays(500)));

    // when
    feed(fixture.tableProfiles(), fixture.topics.tableProfiles().name(), old.profile());
    feed(
        fixture.runEvents(),
        fixture.topics.runEvents().name(),
        old.event(RunEventType.STARTED, 1, 1));

    // then
    for (String table :
        List.of(
            "profilemesh_column_profiles", "profilemesh_profile_sketches", "profilemesh_events")) {
      assertThat(fixture.query("SELECT DISTINCT tableoid::regclass::text FROM " + table))
          .containsExactly(table + "_y2024m10");
    }
  }

  @Test
  void shouldKeepTheTablesMonthsAheadWithoutGaps() throws SQLException {
    // given
    OffsetDateTime later =
        OffsetDateTime.now(ZoneOffset.UTC).plusMonths(6).with(TemporalAdjusters.lastDayOfMonth());

    // when
    for (int service = 0; service < 2; service++) {
      try (Connection connection = fixture.endpoint.connect()) {
        MonthKeeper.keepAhead(connection, later.toInstant());
      }
    }

    // then
    for (MonthlyTable table : MonthlyTable.values()) {
      for (int ahead = 0; ahead <= 2; ahead++) {
        OffsetDateTime month = later.withDayOfMonth(1).plusMonths(ahead);
        assertThat(
                fixture.query(
                    "SELECT to_regclass('%s_y%04dm%02d') IS NOT NULL"
                        .formatted(table.table(), month.getYear(), month.getMonthValue())))
            .as(table + " " + month)
            .containsExactly("t");
      }
    }
  }

  @Test
  void shouldKeepTheFirstOfAnEventThatCameTwiceInDifferentMonths() throws SQLException {
    // given
    String topic = fixture.topics.runEvents().name();
    RunEvent first = run.event(RunEventType.STARTED, 1, 1);
    RunEvent repeated =
        RunEvent.newBuilder(first)
            .setOccurredAt(first.getOccurredAt().plus(Duration.ofDays(40)))
            .build();
    TopicSink sink = fixture.runEvents();

    // when
    sink.accept(List.of(fixture.record(topic, 0, first), fixture.record(topic, 1, repeated)));
    sink.accept(List.of(fixture.record(topic, 2, repeated)));

    // then
    assertThat(
            fixture.query(
                "SELECT \"timestamp\" = '%s' FROM profilemesh_events"
                    .formatted(first.getOccurredAt())))
        .containsExactly("t");
  }

  @Test
  void shouldStoreADividedBatchOnceThoughTransactionsDieAndAPartitionMoves() throws Exception {
    // given
    String topic = fixture.topics.tableProfiles().name();
    List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Samples one = Samples.of("table_" + i % 4, "00000000-0000-4000-8000-%012d".formatted(i));
      batch.add(SinkFixture.large(fixture.record(topic, i / 4, one.profile()), i % 4));
    }
    for (ConsumerRecord<byte[], byte[]> record : batch) {
      fixture.tableProfiles().accept(List.of(record));
    }
    Map<String, List<String>> expected = fixture.derivedRows();
    fixture.empty();
    batch.add(SinkFixture.large(fixture.raw(topic, 10, key(), new byte[] {1, 2, 3}), 2));
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    AtomicInteger reports = new AtomicInteger();
    DeadLetterOutlet killing =
        (partition, refused, next) -> {
          if (reports.incrementAndGet() == 1) {
            killEverybody();
          }
        };
    DataSource watched =
        (DataSource)
            Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                  threads.add(Thread.currentThread());
                  return fixture.dataSource().getConnection();
                });
    RecordDecoder<TableProfile> decoder = new RecordDecoder<>(fixture.registry, TableProfile.class);
    TopicSink sink =
        fixture.sink(topic, TableProfile.class, new ProfileRows(decoder), true, watched, killing);
    TopicSink newOwner = fixture.restarted().tableProfiles();
    List<ConsumerRecord<byte[], byte[]>> moved =
        batch.stream().filter(record -> record.partition() == 1).toList();

    // when
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> newOwner.accept(moved));
    sink.accept(batch);
    other.get(30, TimeUnit.SECONDS);

    // then
    assertThat(fixture.derivedRows()).isEqualTo(expected);
    assertThat(threads).hasSizeGreaterThan(1);
    assertThat(reports.get()).isGreaterThan(1);
    assertThat(
            fixture.query(
                "SELECT partition || ' ' || next_offset FROM profilemesh_sink_progress ORDER BY 1"))
        .containsExactly("0 10", "1 10", "2 11", "3 10");
    assertThat(sink.state().positions()).hasSizeGreaterThanOrEqualTo(3);
  }

  /** As when the database is restarted: no transaction under way survives. */
  private static void killEverybody() {
    try {
      fixture.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldNeitherStoreNorMoveOnWhenTheTransactionFails() throws SQLException {
    // given
    String topic = fixture.topics.driftEvents().name();
    ConsumerRecord<byte[], byte[]> good =
        fixture.record(topic, 0, run.drift(Severity.HIGH, "mean"));
    ConsumerRecord<byte[], byte[]> bad = fixture.raw(topic, 1, key(), new byte[] {1, 2, 3});
    int[] tries = {0};
    DeadLetterOutlet failing =
        (partition, refused, next) -> {
          if (++tries[0] < 4) {
            assertThat(count("profilemesh_events")).isZero();
            throw new KafkaException("the broker is away");
          }
        };
    TopicSink sink =
        fixture.sink(
            topic,
            DriftEvent.class,
            new DriftEventRows(EventIdentity.own()),
            true,
            fixture.dataSource(),
            failing);

    // when
    sink.accept(List.of(good, bad));

    // then
    assertThat(tries[0]).isEqualTo(4);
    assertThat(count("profilemesh_events")).isEqualTo(1);
    assertThat(sink.state().waiting()).isNull();
  }

  @Test
  void shouldReportEachBadRecordOnceAndServeItsNeighbours() throws SQLException {
    // given
    String topic = fixture.topics.driftEvents().name();
    byte[] good = fixture.bytes(topic, run.drift(Severity.LOW, "mean"));
    DriftEvent nan = run.drift(Severity.LOW, "max");
    nan.setCurrentValue(Double.NaN);
    List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
    batch.add(fixture.record(topic, 0, run.drift(Severity.LOW, "mean")));
    batch.add(fixture.raw(topic, 1, key(), null));
    batch.add(fixture.raw(topic, 2, key(), new byte[0]));
    batch.add(fixture.raw(topic, 3, key(), "plain text".getBytes(StandardCharsets.UTF_8)));
    batch.add(fixture.raw(topic, 4, key(), new byte[] {0, 0, 0, 127, 127, 1}));
    batch.add(fixture.raw(topic, 5, key(), Arrays.copyOf(good, good.length - 3)));
    batch.add(fixture.raw(topic, 6, key(), Arrays.copyOf(good, good.length + 3)));
    batch.add(
        fixture.raw(
            topic, 7, key(), fixture.bytes("foreign", run.event(RunEventType.STARTED, 1, 1))));
    batch.add(fixture.raw(topic, 8, null, good));
    batch.add(fixture.raw(topic, 9, "other/key/here".getBytes(StandardCharsets.UTF_8), good));
    batch.add(fixture.record(topic, 10, nan));
    batch.add(fixture.record(topic, 11, run.drift(Severity.HIGH, "min")));

    // when
    fixture.driftEvents().accept(batch);
    fixture.driftEvents().accept(batch);

    // then
    assertThat(fixture.query("SELECT metric_name FROM profilemesh_events ORDER BY 1"))
        .containsExactly("mean", "min");
    List<DeadLetter> letters = fixture.deadLettersOf(topic);
    assertThat(letters)
        .extracting(DeadLetter::getOffset)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(letters)
        .extracting(DeadLetter::getCode)
        .containsExactly(
            "EMPTY_RECORD",
            "EMPTY_RECORD",
            "NOT_AVRO_WIRE_FORMAT",
            "UNKNOWN_SCHEMA_ID",
            "UNDECODABLE_RECORD",
            "UNDECODABLE_RECORD",
            "FOREIGN_SCHEMA",
            "MISSING_KEY",
            "KEY_MISMATCH",
            "INVALID_RECORD");
    assertThat(letters.get(0).getDeadLetterId())
        .isEqualTo(DeadLetters.id("query-service", topic, 0, 1));
  }

  @Test
  void shouldReportARecordOnceWhenTheCrashComesBetweenReportAndRows() throws SQLException {
    // given
    SinkFixture own = fixture;
    String topic = own.topics.driftEvents().name();
    ConsumerRecord<byte[], byte[]> bad = own.raw(topic, 0, key(), new byte[] {7});
    ConsumerRecord<byte[], byte[]> good = own.record(topic, 1, run.drift(Severity.HIGH, "mean"));
    DeadLetterPublisher publisher = own.outlet();
    DeadLetterOutlet crashing =
        (partition, refused, next) -> {
          publisher.publish(partition, refused, next);
          own.patience.stop();
          throw new IllegalStateException("killed");
        };
    TopicSink first =
        own.sink(
            topic,
            DriftEvent.class,
            new DriftEventRows(EventIdentity.own()),
            true,
            own.dataSource(),
            crashing);
    assertThatThrownBy(() -> first.accept(List.of(bad, good)))
        .isInstanceOf(SinkStoppedException.class);
    assertThat(own.rows("profilemesh_events")).isEmpty();
    assertThat(own.deadLetters()).hasSize(1);

    // when
    SinkFixture again = own.restarted();
    again.driftEvents().accept(List.of(bad, good));

    // then
    assertThat(own.deadLetters()).hasSize(1);
    assertThat(own.rows("profilemesh_events")).hasSize(1);
  }

  @Test
  void shouldFindTheRecordThatTheDatabaseRefusesAmongItsNeighbours() throws SQLException {
    // given
    String topic = fixture.topics.driftEvents().name();
    List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      batch.add(fixture.record(topic, i, run.drift(Severity.LOW, "metric_" + i)));
    }
    fixture.execute(
        "ALTER TABLE profilemesh_events ADD CONSTRAINT no_four CHECK (metric_name <> 'metric_4')");

    try {
      // when
      fixture.driftEvents().accept(batch);
    } finally {
      fixture.execute("ALTER TABLE profilemesh_events DROP CONSTRAINT no_four");
    }

    // then
    assertThat(count("profilemesh_events")).isEqualTo(8);
    assertThat(fixture.deadLettersOf(topic))
        .filteredOn(letter -> letter.getCode().equals("REFUSED_BY_DATABASE"))
        .extracting(DeadLetter::getOffset)
        .containsExactly(4L);
  }

  @Test
  void shouldKeepTextThatPostgresRefuses() throws SQLException {
    // given
    TableProfile profile = run.profile();
    ColumnProfile column = profile.getColumnProfiles().get(0);
    column.getFrequentValues().getValues().get(0).setValue("a\0b");
    profile.getColumns().get(0).setDescription("nul \0 here");
    profile.setSnapshot("\u202e'; drop table profilemesh_runs;--\0");

    // when
    feed(fixture.tableProfiles(), fixture.topics.tableProfiles().name(), profile);

    // then
    assertThat(
            fixture.query(
                "SELECT concat_ws('|', c.description,"
                    + " c.frequent_values #>> '{values,0,value}', r.snapshot)"
                    + " FROM profilemesh_column_profiles c JOIN profilemesh_runs r"
                    + " USING (run_id, dataset_name) WHERE c.ordinal = 1"))
        .containsExactly("nul \ufffd here|a\ufffdb|\u202e'; drop table profilemesh_runs;--\ufffd");
  }

  @Test
  void shouldWaitForAFullSetOfPartsAndLetTheFirstCompleteAttemptWin() throws SQLException {
    // given
    String topic = fixture.topics.tableProfiles().name();
    TopicSink sink = fixture.tableProfiles();

    // when
    accept(sink, topic, 0, run.profilePart(1, 0, 3), run.profilePart(1, 2, 3));
    accept(sink, topic, 2, run.profilePart(2, 1, 2));
    assertThat(count("profilemesh_profile_parts")).isEqualTo(3);
    assertThat(count("profilemesh_column_profiles")).isZero();
    accept(sink, topic, 3, run.profilePart(2, 0, 2), run.profilePart(1, 1, 3));

    // then
    assertThat(count("profilemesh_profile_parts")).isZero();
    assertThat(
            fixture.query("SELECT column_name FROM profilemesh_column_profiles ORDER BY ordinal"))
        .containsExactly("", "column_0", "column_1");
    assertThat(fixture.query("SELECT profile_attempt::text FROM profilemesh_runs"))
        .containsExactly("2");
  }

  @Test
  void shouldIgnoreASecondProfileOfARun() throws SQLException {
    // given
    String topic = fixture.topics.tableProfiles().name();
    accept(fixture.tableProfiles(), topic, 0, run.profile());
    Map<String, List<String>> before = fixture.derivedRows();

    // when
    accept(fixture.tableProfiles(), topic, 1, run.profilePart(5, 0, 1));

    // then
    assertThat(fixture.derivedRows()).isEqualTo(before);
  }

  @Test
  void shouldRefuseAPartOfAnotherSetSize() throws SQLException {
    // given
    String topic = fixture.topics.tableProfiles().name();
    TopicSink sink = fixture.tableProfiles();

    // when
    accept(sink, topic, 0, run.profilePart(1, 0, 3), run.profilePart(1, 1, 2));

    // then
    assertThat(count("profilemesh_profile_parts")).isEqualTo(1);
    assertThat(fixture.deadLettersOf(topic))
        .extracting(DeadLetter::getCode)
        .contains("INCONSISTENT_PARTS");
  }

  @Test
  void shouldKeepTheSameCatalogueInWhateverOrderProfilesAndAbsencesArrive() throws SQLException {
    // given: the table lost a column, was missed, and is back; then a slice of it is profiled
    List<TableProfile> profiles =
        List.of(
            catalogued("orders", null, 1, "id", "amount"),
            catalogued("orders", null, 2, "id"),
            catalogued("orders", "2026-03-04", 4, "id"));
    RunEvent missed = at(3).event(RunEventType.FAILED, 1, 0);
    missed.setCode("TABLE_VANISHED");
    List<SpecificRecord> records = new ArrayList<>(profiles);
    records.add(missed);
    Set<Map<String, List<String>>> left = new HashSet<>();

    // when
    for (List<SpecificRecord> order : permutations(records)) {
      fixture.empty();
      int offset = 0;
      for (SpecificRecord record : order) {
        if (record instanceof TableProfile profile) {
          String topic = fixture.topics.tableProfiles().name();
          accept(fixture.tableProfiles(), topic, offset++, profile);
        } else {
          accept(fixture.runEvents(), fixture.topics.runEvents().name(), 0, (RunEvent) record);
        }
      }
      Map<String, List<String>> rows = new TreeMap<>();
      for (String table :
          List.of("profilemesh_tables", "profilemesh_table_schemas", "profilemesh_columns")) {
        rows.put(table, fixture.rows(table));
      }
      left.add(rows);
    }

    // then
    assertThat(left).hasSize(1);
    assertThat(
            fixture.query(
                "SELECT concat_ws('|', active, last_dataset_name, column_count,"
                    + " last_seen_at - first_seen_at) FROM profilemesh_tables"))
        .containsExactly("t|shop/public/orders@2026-03-04|1|3 days");
    assertThat(
            fixture.query(
                "SELECT concat_ws('|', column_name, active, last_seen_at - first_seen_at)"
                    + " FROM profilemesh_columns ORDER BY column_name"))
        .containsExactly("amount|f|00:00:00", "id|t|3 days");
  }

  @Test
  void shouldShowATableAsGoneUntilItIsSeenAgain() throws SQLException {
    // given
    String profiles = fixture.topics.tableProfiles().name();
    RunEvent missed = at(3).event(RunEventType.FAILED, 1, 0);
    missed.setCode("TABLE_VANISHED");

    // when
    accept(fixture.tableProfiles(), profiles, 0, catalogued("orders", null, 2, "id"));
    accept(fixture.runEvents(), fixture.topics.runEvents().name(), 0, missed);

    // then
    assertThat(fixture.query("SELECT active::text FROM profilemesh_tables"))
        .containsExactly("false");
    accept(fixture.tableProfiles(), profiles, 1, catalogued("orders", null, 4, "id"));
    assertThat(fixture.query("SELECT active::text FROM profilemesh_tables"))
        .containsExactly("true");
  }

  @Test
  void shouldTakeNamesAsTheyAre() throws SQLException {
    // given
    List<String> names =
        List.of(
            "x\"; drop table y;--",
            "\ud83d\ude00 emoji",
            "n".repeat(63),
            "\u200frtl",
            "<img src=x onerror=alert(1)>",
            "a/b@c%d");
    String topic = fixture.topics.tableProfiles().name();
    TopicSink sink = fixture.tableProfiles();

    // when
    for (int i = 0; i < names.size(); i++) {
      Samples odd =
          new Samples(
              DatasetId.of("shop", "", names.get(i)),
              new UUID(0x4000L, i | Long.MIN_VALUE).toString(),
              Samples.NOON);
      accept(sink, topic, i, odd.profile());
    }

    // then
    assertThat(fixture.query("SELECT table_name FROM profilemesh_table_state"))
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(fixture.deadLettersOf(topic))
        .noneMatch(one -> one.getCode().equals("INVALID_RECORD"));
  }

  // ---------------------------------------------------------------------------------------------

  private static Samples at(int day) {
    return catalogued("orders", null, day);
  }

  private static Samples catalogued(String table, String slice, int day) {
    return new Samples(
        new DatasetId("shop", "public", table, slice),
        new UUID(0x4000L, day | Long.MIN_VALUE).toString(),
        Samples.NOON.plus(Duration.ofDays(day)));
  }

  private static TableProfile catalogued(String table, String slice, int day, String... columns) {
    Samples sample = catalogued(table, slice, day);
    List<ColumnDefinition> definitions = new ArrayList<>();
    for (String column : columns) {
      definitions.add(sample.column(column, definitions.size() + 1));
    }
    TableProfile profile = sample.profile();
    profile.setColumns(definitions);
    profile.setColumnProfiles(List.of(sample.columnProfile(definitions.get(0), day)));
    profile.setSchemaFingerprint("%016x".formatted(columns.length));
    return profile;
  }

  private static <T> List<List<T>> permutations(List<T> items) {
    if (items.isEmpty()) {
      return List.of(List.of());
    }
    List<List<T>> all = new ArrayList<>();
    for (T first : items) {
      List<T> rest = new ArrayList<>(items);
      rest.remove(first);
      for (List<T> tail : permutations(rest)) {
        List<T> one = new ArrayList<>(List.of(first));
        one.addAll(tail);
        all.add(one);
      }
    }
    return all;
  }

  private void feedEverything() {
    String events = fixture.topics.runEvents().name();
    fixture
        .runEvents()
        .accept(
            List.of(
                fixture.record(events, 0, run.event(RunEventType.ACCEPTED, 1, 0)),
                fixture.record(events, 1, run.event(RunEventType.STARTED, 1, 1)),
                fixture.record(events, 2, run.event(RunEventType.COMPLETED, 1, 2))));
    feed(fixture.tableProfiles(), fixture.topics.tableProfiles().name(), run.profile());
    feed(fixture.runVerdicts(), fixture.topics.runVerdicts().name(), run.verdict());
    feed(
        fixture.driftEvents(),
        fixture.topics.driftEvents().name(),
        run.drift(Severity.HIGH, "null_percent"));
  }

  /** Four logs of six runs of two tables: failures, retries, repeats, parts. */
  private List<List<ConsumerRecord<byte[], byte[]>>> logs() {
    List<SpecificRecord> events = new ArrayList<>();
    List<SpecificRecord> profiles = new ArrayList<>();
    List<SpecificRecord> verdicts = new ArrayList<>();
    List<SpecificRecord> drifts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Samples one =
          new Samples(
              DatasetId.of("shop", "public", i % 2 == 0 ? "orders" : "customers"),
              new UUID(0x4000L, i | Long.MIN_VALUE).toString(),
              Samples.NOON.plusSeconds(100L * ((i * 5) % 6)));
      events.add(one.event(RunEventType.ACCEPTED, 1, 0));
      events.add(one.event(RunEventType.STARTED, 1, 1));
      events.add(one.event(RunEventType.STARTED, 1, 1));
      events.add(one.event(RunEventType.PROGRESS, 1, 2));
      if (i == 5) {
        events.add(one.event(RunEventType.FAILED, 1, 3));
        profiles.add(one.profilePart(1, 0, 2));
        continue;
      }
      events.add(one.event(RunEventType.COMPLETED, 1, 4));
      profiles.add(one.profilePart(1, 0, 2));
      profiles.add(one.profilePart(2, 1, 2));
      profiles.add(one.profilePart(1, 1, 2));
      profiles.add(one.profilePart(2, 0, 2));
      verdicts.add(one.verdict());
      verdicts.add(one.verdict());
      drifts.add(one.drift(Severity.HIGH, "null_percent"));
      drifts.add(one.drift(Severity.LOW, "mean"));
    }
    return List.of(
        log(fixture.topics.runEvents().name(), events),
        log(fixture.topics.tableProfiles().name(), profiles),
        log(fixture.topics.runVerdicts().name(), verdicts),
        log(fixture.topics.driftEvents().name(), drifts));
  }

  private List<ConsumerRecord<byte[], byte[]>> log(String topic, List<SpecificRecord> values) {
    List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      log.add(fixture.record(topic, i, values.get(i)));
    }
    return log;
  }

  private List<TopicSink> sinks() {
    return List.of(
        fixture.runEvents(), fixture.tableProfiles(), fixture.runVerdicts(), fixture.driftEvents());
  }

  private void feedInOrder(List<List<ConsumerRecord<byte[], byte[]>>> logs) {
    List<TopicSink> sinks = sinks();
    for (int i = 0; i < logs.size(); i++) {
      sinks.get(i).accept(logs.get(i));
    }
  }

  /** Batches of random sizes, topics taking turns at random, some batches twice. */
  private void feedShuffled(List<List<ConsumerRecord<byte[], byte[]>>> logs, Random random) {
    List<TopicSink> sinks = sinks();
    int[] at = new int[logs.size()];
    while (true) {
      List<Integer> open = new ArrayList<>();
      for (int i = 0; i < at.length; i++) {
        if (at[i] < logs.get(i).size()) {
          open.add(i);
        }
      }
      if (open.isEmpty()) {
        return;
      }
      int topic = open.get(random.nextInt(open.size()));
      List<ConsumerRecord<byte[], byte[]>> log = logs.get(topic);
      int from = Math.max(0, at[topic] - random.nextInt(3));
      int to = Math.min(log.size(), at[topic] + 1 + random.nextInt(6));
      sinks.get(topic).accept(log.subList(from, to));
      at[topic] = to;
    }
  }

  private void feed(TopicSink sink, String topic, SpecificRecord value) {
    accept(sink, topic, 0, value);
  }

  private void accept(TopicSink sink, String topic, long firstOffset, SpecificRecord... values) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      records.add(fixture.record(topic, firstOffset + i, values[i]));
    }
    sink.accept(records);
  }

  private byte[] key() {
    return run.datasetId().getBytes(StandardCharsets.UTF_8);
  }

  private static int count(String table) {
    try {
      return fixture.rows(table).size();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String status() throws SQLException {
    return fixture.query("SELECT status FROM profilemesh_runs").get(0);
  }
}
