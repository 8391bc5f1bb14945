package io.profilemesh.profiler.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.core.profile.ValuePolicy;
import io.profilemesh.profiler.dialect.PostgreSqlDialect;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgreSqlScanIT {

  private static final PostgreSqlDialect DIALECT = new PostgreSqlDialect();

  /** Ranges of four pages, so that small tables have many. */
  private static final PostgreSqlTableScan SCAN = new PostgreSqlTableScan(Clock.systemUTC(), 4);

  private static PostgresEndpoint database;

  @BeforeAll
  static void openDatabase() {
    database = Stacks.shared().createDatabase("scan");
  }

  @Test
  void shouldAgreeWithTheDatabaseOnEveryNumber() throws SQLException {
    // given
    execute(
        """
        CREATE TABLE measured AS
        SELECT i AS id, (i % 97) - 48 AS small, (i * 7919 % 20011)::bigint * 1000003 AS big,
          CASE WHEN i % 10 = 0 THEN NULL ELSE (i % 1000) / 8.0::float8 END AS ratio,
          (i % 500)::numeric(20, 4) / 7 AS price, 'name ' || i % 300 AS name,
          i % 3 = 0 AS flag, date '2020-01-01' + i % 700 AS day
        FROM generate_series(1, 20000) i
        """);

    // when
    TableProfile profile = profile("measured");

    // then
    assertThat(profile.rowCount()).isEqualTo(20_000);
    for (String column : List.of("id", "small", "big", "ratio", "price")) {
      ColumnProfile actual = column(profile, column);
      double[] truth =
          numbers(
              "SELECT count(%1$s), count(*) - count(%1$s), min(%1$s), max(%1$s), avg(%1$s),"
                  + " stddev_samp(%1$s::float8), sum(%1$s), count(*) FILTER (WHERE %1$s = 0),"
                  + " count(*) FILTER (WHERE %1$s < 0), count(DISTINCT %1$s),"
                  + " percentile_disc(0.25) WITHIN GROUP (ORDER BY %1$s) FROM measured",
              column);
      assertThat(actual.number(Metric.COUNT)).hasValue(truth[0]);
      assertThat(actual.number(Metric.NULL_COUNT)).hasValue(truth[1]);
      assertThat(actual.number(Metric.MIN)).hasValue(truth[2]);
      assertThat(actual.number(Metric.MAX)).hasValue(truth[3]);
      assertClose(actual, Metric.MEAN, truth[4]);
      assertClose(actual, Metric.STANDARD_DEVIATION, truth[5]);
      assertClose(actual, Metric.SUM, truth[6]);
      assertThat(actual.number(Metric.ZERO_COUNT)).hasValue(truth[7]);
      assertThat(actual.number(Metric.NEGATIVE_COUNT)).hasValue(truth[8]);
      assertDistinct(actual, truth[9]);
      assertThat(share("measured", column + " < " + actual.quantiles().values().get(3)))
          .isLessThanOrEqualTo(0.25 + actual.quantiles().rankError());
      assertThat(share("measured", column + " <= " + actual.quantiles().values().get(3)))
          .isGreaterThanOrEqualTo(0.25 * share("measured", column + " IS NOT NULL") - 0.017);
    }
    assertThat(column(profile, "name").number(Metric.DISTINCT_COUNT)).hasValue(300);
    assertThat(column(profile, "flag").number(Metric.TRUE_COUNT)).hasValue(6666);
    assertThat(column(profile, "day").number(Metric.EARLIEST))
        .hasValue(Instant.parse("2020-01-01T00:00:00Z").toEpochMilli());
    assertThat(column(profile, "day").number(Metric.LATEST))
        .hasValue(Instant.parse("2021-11-30T00:00:00Z").toEpochMilli());
  }

  @Test
  void shouldProfileEveryTypeOfTheEngine() throws SQLException {
    // given
    execute(
        "CREATE TYPE mood AS ENUM ('sad', 'ok')",
        "CREATE TYPE pair AS (a int, b text)",
        "CREATE DOMAIN positive AS int CHECK (value > 0)",
        "CREATE DOMAIN positive_too AS positive",
        "CREATE TYPE span AS RANGE (subtype = float8)",
        """
        CREATE TABLE every_type (
          c_int2 int2, c_int4 int4, c_int8 int8, c_oid oid, c_float4 float4, c_float8 float8,
          c_numeric numeric, c_money money, c_text text, c_varchar varchar(9), c_char char(9),
          c_name name, c_internal "char", c_mood mood, c_bool bool, c_date date, c_time time,
          c_timetz timetz, c_timestamp timestamp, c_timestamptz timestamptz, c_uuid uuid,
          c_bytea bytea, c_json json, c_jsonb jsonb, c_xml xml, c_ints int[], c_texts text[],
          c_moods mood[], c_pairs pair[], c_pair pair, c_positive positive, c_too positive_too,
          c_interval interval, c_inet inet, c_cidr cidr, c_mac macaddr, c_mac8 macaddr8,
          c_point point, c_line line, c_lseg lseg, c_box box, c_path path, c_polygon polygon,
          c_circle circle, c_int4range int4range, c_multi int4multirange, c_span span, c_bit bit(3),
          c_varbit varbit, c_tsvector tsvector, c_tsquery tsquery, c_lsn pg_lsn, c_xid xid,
          c_tid tid, c_regclass regclass, c_acl aclitem, c_acls aclitem[], c_jsonpath jsonpath,
          c_snapshot pg_snapshot, c_spans span[], c_domains positive[])
        """,
        """
        INSERT INTO every_type VALUES (
          1, 2, 3, 4294967295, 1.5, 2.5, 12345678901234567890.123, 12.34, 'ä', 'v', 'c', 'n', 'x',
          'ok', true, '2024-02-29', '12:30', '12:30+02', '2024-02-29 12:30', '2024-02-29 12:30Z',
          gen_random_uuid(), '\\x00ff', '{"a": 1}', '{"a": 1}', NULL, '{1,2}', '{a,NULL}',
          '{sad}', ARRAY[ROW(1,'x')::pair], ROW(1, 'x'), 5, 6, '1 day 2 hours', '10.0.0.1/8',
          '10.0.0.0/8', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05', '(1,2)', '{1,2,3}',
          '[(0,0),(1,1)]', '(0,0),(1,1)', '((0,0),(1,1))', '((0,0),(1,1),(1,0))', '<(0,0),1>',
          '[1,5)', '{[1,3),[5,7)}', '[1,2]', B'101', B'10', 'a b', 'a & b', '16/B374D848', '7',
          '(0,1)', 'pg_class', 'postgres=r/postgres', NULL, '$.a', '10:20:10,14,15', NULL, '{1}')
        """,
        "INSERT INTO every_type DEFAULT VALUES",
        """
        INSERT INTO every_type (c_float4, c_float8, c_numeric, c_date, c_timestamp, c_timestamptz)
        VALUES ('NaN', '-infinity', 'Infinity', 'infinity', '-infinity', 'infinity')
        """);

    // when
    TableProfile profile = profile("every_type");

    // then
    assertThat(profile.rowCount()).isEqualTo(3);
    assertThat(profile.columnProfiles())
        .hasSize(61)
        .allSatisfy(
            column ->
                assertThat(
                        column.number(Metric.COUNT).getAsDouble()
                            + column.number(Metric.NULL_COUNT).getAsDouble())
                    .isEqualTo(3));
    assertThat(column(profile, "c_oid").number(Metric.MAX)).hasValue(4294967295.0);
    assertThat(column(profile, "c_numeric").metric(Metric.MAX).orElseThrow().text())
        .isEqualTo("12345678901234567890.123");
    assertThat(column(profile, "c_numeric").number(Metric.INFINITE_COUNT)).hasValue(1);
    assertThat(column(profile, "c_money").number(Metric.MEAN)).hasValue(12.34);
    assertThat(column(profile, "c_float4").number(Metric.NAN_COUNT)).hasValue(1);
    assertThat(column(profile, "c_float8").number(Metric.INFINITE_COUNT)).hasValue(1);
    assertThat(column(profile, "c_float8").number(Metric.MAX)).hasValue(2.5);
    assertThat(column(profile, "c_char").number(Metric.MAX_LENGTH)).hasValue(1);
    assertThat(column(profile, "c_text").number(Metric.MAX_LENGTH)).hasValue(1);
    assertThat(column(profile, "c_time").number(Metric.EARLIEST)).hasValue(45_000_000);
    assertThat(column(profile, "c_timetz").number(Metric.LATEST)).hasValue(45_000_000);
    assertThat(column(profile, "c_date").number(Metric.INFINITE_COUNT)).hasValue(1);
    assertThat(column(profile, "c_date").number(Metric.LATEST))
        .hasValue(Instant.parse("2024-02-29T00:00:00Z").toEpochMilli());
    assertThat(column(profile, "c_timestamptz").number(Metric.EARLIEST))
        .hasValue(Instant.parse("2024-02-29T12:30:00Z").toEpochMilli());
    assertThat(column(profile, "c_jsonb").number(Metric.MAX_LENGTH)).hasValue(8);
    assertThat(column(profile, "c_too").column().type()).isEqualTo(ColumnType.INTEGER);
    assertThat(column(profile, "c_mood").column().type()).isEqualTo(ColumnType.TEXT);
    assertThat(column(profile, "c_pair").column().type()).isEqualTo(ColumnType.OTHER);
    assertThat(column(profile, "c_pairs").column().type()).isEqualTo(ColumnType.ARRAY);
    assertThat(column(profile, "c_numeric").column().dataType()).isEqualTo("numeric");
    assertThat(column(profile, "c_varchar").column().dataType()).isEqualTo("character varying(9)");
  }

  @Test
  void shouldCountDistinctValuesOfTheSameRowsInTheSource() throws SQLException {
    // given
    execute(
        """
        CREATE TABLE distinctive AS
        SELECT i AS id, i / 3 AS third, (i / 2)::numeric(20, 4) AS price, 'Name ' || i / 2 AS name,
          ('c' || i / 4)::char(9) AS padded, jsonb_build_object('a', i / 2) AS doc,
          ARRAY[i / 2] AS list, '10.0.0.0'::inet + i / 2 AS address,
          timestamptz '2024-01-01Z' + i * interval '1 minute' AS at,
          json_build_object('a', i / 2) AS raw, (time '00:00' + i * interval '1 ms')::timetz AS daily
        FROM generate_series(0, 59999) i
        """,
        "CREATE VIEW distinctive_view AS SELECT * FROM distinctive");
    TableDescription table = describe("public", "distinctive");

    // when
    TableProfile whole =
        completed(scan(request(table).exactDistinct(true).connections(2).build())).profile();
    TableProfile slice =
        completed(
                scan(
                    request(table)
                        .exactDistinct(true)
                        .slice(
                            new ScanSlice(
                                new ColumnName("at"),
                                Instant.parse("2024-01-02T00:00:00Z"),
                                Instant.parse("2024-01-12T00:00:00Z")))
                        .build()))
            .profile();

    // then
    for (ColumnProfile column : whole.columnProfiles()) {
      double truth =
          numbers("SELECT count(DISTINCT %s::text) FROM distinctive", column.name().value())[0];
      assertThat(column.metric(Metric.DISTINCT_COUNT))
          .as(column.name().value())
          .contains(MetricValue.exact(truth));
    }
    assertThat(column(slice, "id").metric(Metric.DISTINCT_COUNT))
        .contains(MetricValue.exact(14_400));
    for (ScanSampling sampling :
        List.of(
            ScanSampling.bernoulli(0.5, 3),
            ScanSampling.block(0.5, 3),
            ScanSampling.firstRows(20_000))) {
      assertDistinctIds(table, sampling);
      if (sampling.method() != ScanSampling.Method.BLOCK) {
        assertDistinctIds(describe("public", "distinctive_view"), sampling);
      }
    }
  }

  /** Ids are all different, so that the rows read are as many: else other rows were counted. */
  private static void assertDistinctIds(TableDescription table, ScanSampling sampling) {
    ScanResult.Completed sample =
        completed(scan(request(table).exactDistinct(true).sampling(sampling).build()));
    MetricValue distinct =
        column(sample.profile(), "id").metric(Metric.DISTINCT_COUNT).orElseThrow();
    assertThat(distinct.number()).isEqualTo(sample.facts().rowsScanned());
    assertThat(distinct.lower()).isEqualTo(distinct.number());
    assertThat(distinct.quality()).isEqualTo(Quality.ESTIMATE);
  }

  @Test
  void shouldQuoteWhateverNamesPeopleGive() throws SQLException {
    // given
    String longest = "x".repeat(59) + "😀";
    execute(
        "CREATE SCHEMA \"Odd \"\"schema\"\" 😀\"",
        "CREATE TABLE \"Odd \"\"schema\"\" 😀\".\"a.b'; DROP TABLE students; --\" ("
            + "\"select\" int, \"Two words\" int, \"quo\"\"te\" int, \""
            + longest
            + "\" int, \"%s\\n\" int)",
        "INSERT INTO \"Odd \"\"schema\"\" 😀\".\"a.b'; DROP TABLE students; --\""
            + " VALUES (1, 2, 3, 4, 5)");

    // when
    TableProfile profile =
        completed(scan(describe("Odd \"schema\" 😀", "a.b'; DROP TABLE students; --"))).profile();

    // then
    assertThat(profile.columnProfiles())
        .extracting(column -> column.name().value())
        .containsExactly("select", "Two words", "quo\"te", longest, "%s\\n");
    assertThat(profile.columnProfiles())
        .extracting(column -> column.number(Metric.MAX).orElseThrow())
        .containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
  }

  @Test
  void shouldScanViewsAndPartitionsLikeTables() throws SQLException {
    // given
    execute(
        "CREATE TABLE parted (id int, note text) PARTITION BY RANGE (id)",
        "CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (5000)",
        "CREATE TABLE parted_high PARTITION OF parted FOR VALUES FROM (5000) TO (20000)"
            + " PARTITION BY RANGE (id)",
        "CREATE TABLE parted_deep (note text, id int)",
        "ALTER TABLE parted_high ATTACH PARTITION parted_deep FOR VALUES FROM (5000) TO (20000)",
        "INSERT INTO parted SELECT i, 'n' || i % 7 FROM generate_series(1, 12000) i",
        "CREATE VIEW seen AS SELECT id, note FROM parted WHERE id % 2 = 0",
        "CREATE MATERIALIZED VIEW kept AS SELECT * FROM seen",
        "CREATE TABLE parent (id int, note text)",
        "CREATE TABLE child () INHERITS (parent)",
        "INSERT INTO parent SELECT i, 'p' FROM generate_series(1, 3000) i",
        "INSERT INTO child SELECT i, 'c' FROM generate_series(1, 4000) i",
        "CREATE TABLE empty_parted (id int) PARTITION BY RANGE (id)");

    // when, then
    assertThat(profile("parted").rowCount()).isEqualTo(12_000);
    assertThat(column(profile("parted"), "id").number(Metric.SUM)).hasValue(72_006_000);
    assertThat(column(profile("parted"), "note").number(Metric.DISTINCT_COUNT)).hasValue(7);
    assertThat(profile("seen").rowCount()).isEqualTo(6000);
    assertThat(profile("kept").rowCount()).isEqualTo(6000);
    assertThat(profile("parent").rowCount()).isEqualTo(7000);
    assertThat(profile("empty_parted").rowCount()).isZero();
    assertThat(profile("seen").metrics()).doesNotContainKey(Metric.BYTES);
    assertThat(profile("parted").metrics().get(Metric.BYTES).number()).isGreaterThan(100_000);
  }

  @Test
  void shouldScanForeignTablesWhereTheEngineHasThem() throws SQLException {
    // given
    assumeTrue(
        numbers("SELECT count(*) FROM pg_available_extensions WHERE name = 'postgres_fdw'", "")[0]
            > 0);
    execute(
        "CREATE EXTENSION IF NOT EXISTS postgres_fdw",
        "CREATE TABLE near (id int, note text)",
        "INSERT INTO near SELECT i, 'n' FROM generate_series(1, 500) i",
        "CREATE SERVER loop FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '"
            + database.host()
            + "', port '"
            + database.port()
            + "', dbname '"
            + database.database()
            + "')",
        "CREATE USER MAPPING FOR PUBLIC SERVER loop OPTIONS (user '"
            + database.username()
            + "', password '"
            + database.password()
            + "')",
        "CREATE FOREIGN TABLE far (id int, note text) SERVER loop OPTIONS (table_name 'near')");

    // when
    TableProfile profile = profile("far");

    // then
    assertThat(profile.rowCount()).isEqualTo(500);
    assertThat(column(profile, "id").number(Metric.MAX)).hasValue(500);
  }

  @Test
  void shouldGiveTheSameBytesHoweverManyConnectionsRead() throws SQLException {
    // given
    execute(
        "CREATE TABLE ranged AS SELECT i AS id, md5(i::text) AS code, random() AS score"
            + " FROM generate_series(1, 40000) i");
    TableDescription table = describe("public", "ranged");

    // when
    TableProfile one = completed(scan(request(table).build())).profile();
    TableProfile three = completed(scan(request(table).connections(3).build())).profile();

    // then
    assertThat(fingerprint(three)).isEqualTo(fingerprint(one));
    assertThat(one.rowCount()).isEqualTo(40_000);
    assertDistinct(column(one, "code"), 40_000);
  }

  @Test
  void shouldSeeOneSnapshotWhileOthersWrite() throws Exception {
    // given: every transaction moves an amount between two rows and puts two new rows in the place
    // of two others, so that the sum stays zero and the rows stay as many
    execute(
        "CREATE TABLE moving AS SELECT i AS id, 0::bigint AS amount, repeat('x', 400) AS filler"
            + " FROM generate_series(1, 4002) i");
    TableDescription table = describe("public", "moving");
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Long> writer = CompletableFuture.supplyAsync(() -> moveUntil(enough));

    // when
    for (int i = 0; i < 8; i++) {
      TableProfile profile = completed(scan(request(table).connections(3).build())).profile();

      // then
      assertThat(column(profile, "amount").number(Metric.SUM)).hasValue(0);
      assertThat(profile.rowCount()).isEqualTo(4002);
      assertThat(column(profile, "id").number(Metric.DISTINCT_COUNT)).hasValue(4002);
    }
    enough.set(true);
    assertThat(writer.get()).isPositive();
  }

  @Test
  void shouldScanWideAndEmptyTables() throws SQLException {
    // given
    String columns =
        IntStream.rangeClosed(1, 1600)
            .mapToObj(i -> "c" + i + " int")
            .collect(Collectors.joining(","));
    execute(
        "CREATE TABLE wide (" + columns + ")",
        "INSERT INTO wide (c1, c1600) SELECT i, -i FROM generate_series(1, 50) i",
        "CREATE TABLE nothing (id int, note text, at timestamptz)",
        "CREATE TABLE no_columns ()",
        "INSERT INTO no_columns DEFAULT VALUES");

    // when
    TableProfile wide = profile("wide");
    TableProfile nothing = profile("nothing");
    TableProfile bare = profile("no_columns");

    // then
    assertThat(wide.columnProfiles()).hasSize(1600);
    assertThat(column(wide, "c1600").number(Metric.MIN)).hasValue(-50);
    assertThat(column(wide, "c2").number(Metric.NULL_PERCENT)).hasValue(100);
    assertThat(nothing.rowCount()).isZero();
    assertThat(nothing.columnProfiles())
        .allSatisfy(
            column -> {
              assertThat(column.number(Metric.COUNT)).hasValue(0);
              assertThat(column.number(Metric.DISTINCT_COUNT)).hasValue(0);
              assertThat(column.metrics()).doesNotContainKeys(Metric.MIN, Metric.NULL_PERCENT);
            });
    assertThat(bare.rowCount()).isEqualTo(1);
  }

  @Test
  void shouldStreamHugeValues() throws SQLException {
    // given
    execute(
        "CREATE TABLE huge (id int, body text, raw bytea, doc jsonb)",
        "INSERT INTO huge SELECT i, repeat('ü', 8000000 + i % 2), decode(repeat('00', 3000000 + i),"
            + " 'hex'), jsonb_build_array(repeat('x', 100000)) FROM generate_series(1, 3) i");

    // when
    TableProfile profile = profile("huge");

    // then
    assertThat(column(profile, "body").number(Metric.MAX_LENGTH)).hasValue(8_000_001);
    assertThat(column(profile, "body").number(Metric.DISTINCT_COUNT)).hasValue(2);
    assertThat(column(profile, "raw").number(Metric.MAX_LENGTH)).hasValue(3_000_003);
    assertThat(column(profile, "doc").number(Metric.DISTINCT_COUNT)).hasValue(1);
    assertThat(column(profile, "doc").number(Metric.MIN_LENGTH)).hasValue(100_004);
  }

  @Test
  void shouldReadTheSameSampleForTheSameSeed() throws SQLException {
    // given
    execute(
        "CREATE TABLE sampled AS SELECT i AS id, CASE WHEN i % 5 = 0 THEN NULL ELSE i END AS maybe"
            + " FROM generate_series(1, 50000) i",
        "ANALYZE sampled", "CREATE VIEW sampled_view AS SELECT * FROM sampled");

    for (String table : List.of("sampled", "sampled_view")) {
      TableDescription description = describe("public", table);

      // when
      ScanRequest request =
          request(description).sampling(ScanSampling.bernoulli(0.1, 42)).connections(2).build();
      ScanResult.Completed first = completed(scan(request));
      ScanResult.Completed second = completed(scan(request));
      ScanResult.Completed other =
          completed(scan(request(description).sampling(ScanSampling.bernoulli(0.1, 43)).build()));

      // then
      assertThat(fingerprint(second.profile())).isEqualTo(fingerprint(first.profile()));
      assertThat(fingerprint(other.profile())).isNotEqualTo(fingerprint(first.profile()));
      assertThat(first.facts().rowsScanned()).isBetween(4500L, 5500L);
      assertWithinBounds(first.profile().metrics().get(Metric.ROW_COUNT), 50_000);
      assertWithinBounds(
          column(first.profile(), "maybe").metric(Metric.NULL_COUNT).orElseThrow(), 10_000);
      assertWithinBounds(
          column(first.profile(), "maybe").metric(Metric.NULL_PERCENT).orElseThrow(), 20);
      assertThat(first.profile().rowCountQuality()).isEqualTo(Quality.ESTIMATE);
    }
  }

  @Test
  void shouldSampleBlocksAndFirstRows() throws SQLException {
    // given
    execute(
        "CREATE TABLE blocks AS SELECT i AS id FROM generate_series(1, 100000) i",
        "ANALYZE blocks");
    TableDescription table = describe("public", "blocks");

    // when
    ScanResult.Completed blocks =
        completed(scan(request(table).sampling(ScanSampling.block(0.2, 1)).build()));
    ScanResult.Completed first =
        completed(scan(request(table).sampling(ScanSampling.firstRows(500)).build()));
    ScanResult.Completed all =
        completed(scan(request(table).sampling(ScanSampling.firstRows(500_000)).build()));

    // then
    assertWithinBounds(blocks.profile().metrics().get(Metric.ROW_COUNT), 100_000);
    assertThat(first.facts().rowsScanned()).isEqualTo(500);
    assertThat(first.profile().rowCountQuality()).isEqualTo(Quality.ESTIMATE);
    assertThat(all.profile().rowCount()).isEqualTo(100_000);
    assertThat(all.profile().rowCountQuality()).isEqualTo(Quality.EXACT);
  }

  @Test
  void shouldRestrictRowsToASlice() throws SQLException {
    // given
    execute(
        "CREATE TABLE daily AS SELECT i AS id, timestamptz '2026-01-01 00:00Z' + i * interval"
            + " '1 hour' AS zoned, timestamp '2026-01-01' + i * interval '1 hour' AS plain,"
            + " date '2026-01-01' + i / 24 AS day FROM generate_series(0, 239) i");
    TableDescription table = describe("public", "daily");
    Instant start = Instant.parse("2026-01-03T00:00:00Z");

    for (String column : List.of("zoned", "plain", "day")) {
      // when
      ScanSlice slice =
          new ScanSlice(new ColumnName(column), start, start.plus(Duration.ofDays(1)));
      TableProfile profile =
          completed(
                  scan(
                      request(table).slice(slice).freshnessColumn(new ColumnName("zoned")).build()))
              .profile();

      // then
      assertThat(profile.rowCount()).isEqualTo(24);
      assertThat(column(profile, "id").number(Metric.MIN)).hasValue(48);
      double age = profile.metrics().get(Metric.DATA_AGE).number();
      assertThat(age)
          .isEqualTo(
              profile.scannedAt().toEpochMilli()
                  - Instant.parse("2026-01-03T23:00:00Z").toEpochMilli());
    }
    assertThat(
            scan(
                request(table)
                    .slice(new ScanSlice(new ColumnName("id"), start, start.plusSeconds(1)))
                    .build()))
        .isInstanceOfSatisfying(
            ScanResult.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo(ReasonCode.INVALID_OPTION));
  }

  @Test
  void shouldEndInTheSourceWhenCancelled() throws Exception {
    // given
    execute(
        "CREATE VIEW slow AS SELECT i, pg_sleep(0.01)::text FROM generate_series(1, 9999999) i");
    RunId run = RunId.derivedFrom("cancelled");
    ScanRequest request =
        ScanRequest.of(run, dataset("slow"), describe("public", "slow"), Profiles.HASHER).build();
    ScanCancellation cancellation = new ScanCancellation();

    // when
    CompletableFuture<ScanResult> scan =
        CompletableFuture.supplyAsync(
            () -> SCAN.scan(request, PostgreSqlScanIT::connect, ScanProgress.NONE, cancellation));
    await().until(() -> statementsOf(run) > 0);
    cancellation.cancel(ReasonCode.CANCELLED);

    // then
    assertThat(scan.get()).isEqualTo(new ScanResult.Cancelled(ReasonCode.CANCELLED));
    await().until(() -> statementsOf(run) == 0);
  }

  @Test
  void shouldEndWhenTheDeadlinePasses() throws SQLException {
    // given
    execute(
        "CREATE VIEW late AS SELECT i, pg_sleep(0.01)::text FROM generate_series(1, 9999999) i");

    // when
    ScanResult result =
        scan(
            request(describe("public", "late"))
                .deadline(Instant.now().plus(Duration.ofMillis(1500)))
                .build());
    ScanResult never =
        scan(request(describe("public", "late")).deadline(Instant.now().minusMillis(1)).build());

    // then
    assertThat(result).isEqualTo(new ScanResult.Cancelled(ReasonCode.DEADLINE_EXPIRED));
    assertThat(never).isEqualTo(new ScanResult.Cancelled(ReasonCode.DEADLINE_EXPIRED));
  }

  @Test
  void shouldTellFailuresApart() throws SQLException {
    // given
    execute(
        "CREATE TABLE gone (id int)",
        "CREATE TABLE shrunk (id int, note text)",
        "CREATE TABLE secret (id int)",
        "CREATE TABLE locked (id int)",
        "CREATE VIEW broken AS SELECT 1 / (i - 5) AS x FROM generate_series(1, 10) i",
        "DROP ROLE IF EXISTS scan_stranger",
        "CREATE ROLE scan_stranger LOGIN PASSWORD 'stranger'");
    TableDescription gone = describe("public", "gone");
    TableDescription shrunk = describe("public", "shrunk");
    TableDescription locked = describe("public", "locked");
    execute("DROP TABLE gone", "ALTER TABLE shrunk DROP COLUMN note");

    // when, then
    assertFailed(scan(request(gone).build()), ReasonCode.TABLE_VANISHED);
    assertFailed(scan(request(shrunk).build()), ReasonCode.TABLE_VANISHED);
    assertFailed(scan(describe("public", "broken")), ReasonCode.SOURCE_QUERY_FAILED);
    assertFailed(
        SCAN.scan(
            request(describe("public", "secret")).build(),
            () -> DriverManager.getConnection(database.jdbcUrl(), "scan_stranger", "stranger"),
            ScanProgress.NONE,
            new ScanCancellation()),
        ReasonCode.PERMISSION_DENIED);
    assertFailed(
        SCAN.scan(
            request(describe("public", "secret")).build(),
            () -> DriverManager.getConnection("jdbc:postgresql://127.0.0.1:1/none", "x", "y"),
            ScanProgress.NONE,
            new ScanCancellation()),
        ReasonCode.SOURCE_UNREACHABLE);
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE locked IN ACCESS EXCLUSIVE MODE");
      assertFailed(
          scan(request(locked).lockTimeout(Duration.ofMillis(200)).build()),
          ReasonCode.LOCK_TIMEOUT);
      other.rollback();
    }
  }

  @Test
  void shouldKeepTextsToItselfUnlessToldOtherwise() throws SQLException {
    // given
    execute(
        """
        CREATE TABLE canaries AS
        SELECT 'canary-text-' || i % 5 AS plain, 'canary' || i || '@mail.example' AS email,
          ('{"canary": "json-' || i || '"}')::jsonb AS doc, ARRAY['canary-array'] AS list,
          convert_to('canary-bytes', 'UTF8') AS raw, 4000000000000002 + i * 0 AS card
        FROM generate_series(1, 200) i
        """);
    TableDescription table = describe("public", "canaries");

    // when
    TableProfile redacted = completed(scan(table)).profile();
    TableProfile published =
        completed(scan(request(table).valuePolicies(column -> ValuePolicy.PUBLISHED).build()))
            .profile();

    // then
    assertThat(text(redacted)).doesNotContainIgnoringCase("canary");
    assertThat(redacted.columnProfiles())
        .noneSatisfy(column -> assertThat(column.valuesPublished()).isTrue());
    assertThat(column(published, "plain").metric(Metric.MIN).orElseThrow().text())
        .isEqualTo("canary-text-0");
    assertThat(column(published, "plain").valuesPublished()).isTrue();
    assertThat(column(published, "email").semanticType().name()).isEqualTo("email");
    assertThat(column(published, "email").valuesPublished()).isFalse();
    assertThat(column(published, "email").metric(Metric.MIN).orElseThrow().text())
        .doesNotContain("canary");
  }

  @Test
  void shouldLeaveTheSessionAsItWas() throws SQLException {
    // given
    execute("CREATE TABLE pooled AS SELECT 1 AS id");
    try (Connection kept = connect()) {
      ConnectionSource pool = () -> new KeptConnection(kept).connection();

      // when
      ScanResult result =
          SCAN.scan(
              request(describe("public", "pooled")).build(),
              pool,
              ScanProgress.NONE,
              new ScanCancellation());

      // then
      assertThat(result).isInstanceOf(ScanResult.Completed.class);
      assertThat(kept.getAutoCommit()).isTrue();
      try (Statement statement = kept.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT current_setting('application_name'), current_setting('lock_timeout'),"
                      + " current_setting('transaction_read_only')")) {
        row.next();
        assertThat(row.getString(1)).doesNotContain("profilemesh/");
        assertThat(row.getString(2)).isEqualTo("0");
        assertThat(row.getString(3)).isEqualTo("off");
      }
    }
  }

  @Test
  void shouldReportProgressThatOnlyGrows() throws SQLException {
    // given
    execute("CREATE TABLE counted AS SELECT i AS id FROM generate_series(1, 30000) i");
    long[] last = new long[2];
    AtomicBoolean shrank = new AtomicBoolean();

    // when
    ScanResult.Completed result =
        completed(
            SCAN.scan(
                request(describe("public", "counted")).connections(2).build(),
                PostgreSqlScanIT::connect,
                (rows, bytes) -> {
                  shrank.compareAndSet(false, rows < last[0] || bytes < last[1]);
                  last[0] = rows;
                  last[1] = bytes;
                },
                new ScanCancellation()));

    // then
    assertThat(shrank).isFalse();
    assertThat(last[0]).isEqualTo(30_000);
    assertThat(last[1]).isEqualTo(result.facts().bytesScanned());
    assertThat(result.facts().snapshot()).contains(":");
  }

  private static long moveUntil(AtomicBoolean enough) {
    long moves = 0;
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      while (!enough.get()) {
        long from = 1 + moves * 37 % 4000;
        long to = 1 + (moves * 37 + 1999) % 4000;
        statement.execute(
            "UPDATE moving SET amount = amount + CASE id WHEN "
                + from
                + " THEN -7 ELSE 7 END WHERE id IN ("
                + from
                + ", "
                + to
                + ")");
        statement.execute("DELETE FROM moving WHERE id > 4000");
        statement.execute(
            "INSERT INTO moving SELECT 4000 + i, (3 - 2 * i) * %d, repeat('y', 400)"
                    .formatted(moves)
                + " FROM generate_series(1, 2) i");
        connection.commit();
        moves++;
      }
      return moves;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long statementsOf(RunId run) throws SQLException {
    return (long)
        numbers(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY%%'"
                + " AND application_name = 'profilemesh/%s'",
            run.toString())[0];
  }

  private static void assertFailed(ScanResult result, ReasonCode code) {
    assertThat(result)
        .isInstanceOfSatisfying(
            ScanResult.Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(code);
              assertThat(failed.message()).endsWith(".");
            });
  }

  private static void assertClose(ColumnProfile column, Metric metric, double truth) {
    assertThat(column.number(metric).orElseThrow())
        .as(column.name() + " " + metric)
        .isCloseTo(truth, within(1e-9 * Math.abs(truth) + 1e-12));
  }

  private static void assertDistinct(ColumnProfile column, double truth) {
    MetricValue stated = column.metric(Metric.DISTINCT_COUNT).orElseThrow();
    if (truth <= 8192) {
      assertThat(stated).isEqualTo(MetricValue.exact(truth));
    } else {
      assertThat(stated.number()).isCloseTo(truth, within(0.065 * truth));
    }
  }

  private static void assertWithinBounds(MetricValue value, double truth) {
    assertThat(value.quality()).isEqualTo(Quality.ESTIMATE);
    assertThat(truth).isBetween(value.lower(), value.upper());
  }

  private static String fingerprint(TableProfile profile) {
    return profile.metrics().toString()
        + profile.columnProfiles().stream()
            .map(
                column ->
                    column.metrics().toString()
                        + column.histogram()
                        + column.quantiles()
                        + column.frequentValues()
                        + column.sketches().stream()
                            .map(sketch -> Arrays.toString(sketch.data()))
                            .toList())
            .toList();
  }

  private static String text(TableProfile profile) {
    return profile.toString()
        + profile.columnProfiles().stream()
            .flatMap(column -> column.sketches().stream())
            .map(sketch -> new String(sketch.data(), StandardCharsets.ISO_8859_1))
            .collect(Collectors.joining());
  }

  private static double share(String table, String condition) throws SQLException {
    return numbers("SELECT avg(CASE WHEN %s THEN 1.0 ELSE 0 END) FROM " + table, condition)[0];
  }

  private static double[] numbers(String sql, String argument) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(String.format(sql, argument))) {
      row.next();
      double[] numbers = new double[row.getMetaData().getColumnCount()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = row.getDouble(i + 1);
      }
      return numbers;
    }
  }

  private static TableProfile profile(String table) throws SQLException {
    return completed(scan(describe("public", table))).profile();
  }

  private static ColumnProfile column(TableProfile profile, String name) {
    return profile.column(new ColumnName(name)).orElseThrow();
  }

  private static ScanResult.Completed completed(ScanResult result) {
    assertThat(result).isInstanceOf(ScanResult.Completed.class);
    return (ScanResult.Completed) result;
  }

  private static ScanResult scan(TableDescription table) {
    return scan(request(table).build());
  }

  private static ScanResult scan(ScanRequest request) {
    return SCAN.scan(request, PostgreSqlScanIT::connect, ScanProgress.NONE, new ScanCancellation());
  }

  private static ScanRequest.Builder request(TableDescription table) {
    return ScanRequest.of(
        RunId.derivedFrom("scan"), dataset(table.table().table()), table, Profiles.HASHER);
  }

  private static DatasetId dataset(String table) {
    return DatasetId.of("shop", "public", table);
  }

  private static TableDescription describe(String schema, String table) throws SQLException {
    try (Connection connection = connect()) {
      return DIALECT.catalog().describe(connection, schema, table).orElseThrow();
    }
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.username(), database.password());
  }
}
