package io.profilemesh.profiler.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.configuration.CronExpression;
import io.profilemesh.configuration.MissedPolicy;
import io.profilemesh.configuration.ScheduleConfig;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.FrequentValues;
import io.profilemesh.core.profile.FrequentValues.FrequentValue;
import io.profilemesh.core.profile.Histogram;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.Quantiles;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.SemanticType;
import io.profilemesh.core.profile.Sketch;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.profiler.dialect.ColumnFacts;
import io.profilemesh.profiler.dialect.TableFacts;
import io.profilemesh.profiler.scan.ScanFacts;
import io.profilemesh.profiler.scan.ScanSampling;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.SamplingMethod;
import io.profilemesh.schema.TableType;
import io.profilemesh.schema.Trigger;
import io.profilemesh.schema.ValuePolicy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProfileRecordsTest {

  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  private static final RunContext RUN =
      new RunContext(
          RunId.derivedFrom("request"),
          "request",
          DatasetId.of("warehouse", "public", "orders"),
          "ann",
          "check",
          Trigger.CLI,
          "shop-team",
          List.of("gold"),
          null,
          new ScheduleConfig(
              "nightly", CronExpression.parse("0 2 * * *"), ZoneOffset.UTC, MissedPolicy.SKIP),
          null);
  private static final ScanFacts FACTS =
      new ScanFacts(
          START,
          START.plusMillis(1500),
          "00000003-1",
          90,
          4_096,
          ScanSampling.bernoulli(0.5, 7),
          null);

  @Test
  void shouldCarryEverythingTheScanFound() {
    // when
    List<io.profilemesh.schema.TableProfile> parts = parts(profile(1, 10), 512 * 1024);

    // then
    assertThat(parts).hasSize(1);
    io.profilemesh.schema.TableProfile part = parts.get(0);
    assertThat(RecordRules.check(part)).isEmpty();
    assertThat(part.getEnvironment()).isEqualTo("test");
    assertThat(part.getDatasetId()).isEqualTo("warehouse/public/orders");
    assertThat(part.getRunId()).isEqualTo(RUN.runId().toString());
    assertThat(part.getOwner()).isEqualTo("shop-team");
    assertThat(part.getTags()).containsExactly("gold");
    assertThat(part.getAttempt()).isEqualTo(2);
    assertThat(part.getScanStartedAt()).isEqualTo(START);
    assertThat(part.getSnapshot()).isEqualTo("00000003-1");
    assertThat(part.getRowCount()).isEqualTo(180);
    assertThat(part.getRowsScanned()).isEqualTo(90);
    assertThat(part.getBytesScanned()).isEqualTo(4_096);
    assertThat(part.getSampling().getMethod()).isEqualTo(SamplingMethod.BERNOULLI);
    assertThat(part.getSampling().getSeed()).isEqualTo(7);
    assertThat(part.getHashKeyId()).isEqualTo("key-1");
    assertThat(part.getNextRunExpectedAt()).isEqualTo(Instant.parse("2026-11-21T02:00:00Z"));
    assertThat(part.getTableMetrics()).extracting("name").containsExactly("row_count");
    assertThat(part.getColumns()).extracting("name").containsExactly("c0");

    io.profilemesh.schema.ColumnProfile column = part.getColumnProfiles().get(0);
    assertThat(column.getMetrics()).extracting("name").containsExactly("null_percent", "min");
    assertThat(column.getMetrics().get(1).getText()).isEqualTo("12345678901234567890.5");
    assertThat(column.getHistogram().getCounts()).containsExactly(40L, 50L);
    assertThat(column.getQuantiles().getValues()).containsExactly(5.0);
    assertThat(column.getFrequentValues().getValues().get(0).getHash()).isEqualTo("ab12");
    assertThat(column.getSemanticType().getName()).isEqualTo("email");
    assertThat(column.getValuePolicy()).isEqualTo(ValuePolicy.REDACTED);
    assertThat(column.getSketches().get(0).getData().remaining()).isEqualTo(10);
  }

  @Test
  void shouldSplitByColumnsWhenTooLarge() {
    // given
    TableProfile profile = profile(50, 1_000);

    // when
    List<io.profilemesh.schema.TableProfile> parts = parts(profile, 10_000);

    // then
    assertThat(parts).hasSizeGreaterThan(4);
    assertThat(parts).allSatisfy(part -> assertThat(AvroSize.of(part)).isLessThan(10_100));
    assertThat(parts).allSatisfy(part -> assertThat(RecordRules.check(part)).isEmpty());
    assertThat(parts)
        .extracting(io.profilemesh.schema.TableProfile::getPartIndex)
        .containsExactlyElementsOf(IntStream.range(0, parts.size()).boxed().toList());
    assertThat(parts).allSatisfy(part -> assertThat(part.getPartCount()).isEqualTo(parts.size()));
    assertThat(parts.get(0).getColumns()).hasSize(50);
    assertThat(parts.subList(1, parts.size()))
        .allSatisfy(part -> assertThat(part.getColumns()).isEmpty())
        .allSatisfy(part -> assertThat(part.getTableMetrics()).isEmpty())
        .allSatisfy(part -> assertThat(part.getColumnProfiles()).isNotEmpty());
    assertThat(
            parts.stream()
                .flatMap(part -> part.getColumnProfiles().stream())
                .map(column -> column.getColumn().getName()))
        .containsExactlyElementsOf(
            profile.columnProfiles().stream().map(column -> column.name().value()).toList());
  }

  @Test
  void shouldGiveAPartOfItsOwnToAColumnBeyondTheLimit() {
    List<io.profilemesh.schema.TableProfile> parts = parts(profile(3, 20_000), 10_000);

    assertThat(parts).hasSize(4);
    assertThat(parts.get(0).getColumnProfiles()).isEmpty();
    assertThat(parts.subList(1, 4))
        .allSatisfy(part -> assertThat(part.getColumnProfiles()).hasSize(1));
  }

  @Test
  void shouldSplitTheSameWayEachTime() {
    assertThat(parts(profile(50, 1_000), 10_000)).isEqualTo(parts(profile(50, 1_000), 10_000));
  }

  @Test
  void shouldMakeOnePartWhenNothingIsProfiled() {
    assertThat(parts(profile(0, 0), 10_000)).hasSize(1);
  }

  @Test
  void shouldTellSchemasApart() {
    ColumnDefinition id = column(0);
    ColumnDefinition nullable =
        new ColumnDefinition(id.name(), 1, id.dataType(), id.type(), true, null);

    assertThat(SchemaFingerprint.of(List.of(id)))
        .hasSize(16)
        .isEqualTo(SchemaFingerprint.of(List.of(id)))
        .isNotEqualTo(SchemaFingerprint.of(List.of(nullable)))
        .isNotEqualTo(SchemaFingerprint.of(List.of(id, column(1))));
    assertThat(SchemaFingerprint.of(List.of(column(0), column(1))))
        .isNotEqualTo(SchemaFingerprint.of(List.of(column(1), column(0))));
  }

  @Test
  void shouldShowLiteralsOfDefaultsOnlyWhereValuesAreShown() {
    // given
    TableProfile redacted = profile(2, 10);
    TableProfile published = published(redacted);
    ColumnName name = new ColumnName("c0");
    TableFacts facts =
        new TableFacts(
            TableFacts.Type.PARTITIONED_TABLE,
            "All orders",
            "heap",
            "fast",
            2.5,
            "LIST (c0)",
            "shop",
            null,
            START,
            Map.of("partitions", "3"),
            List.of(
                new ColumnFacts(
                    name,
                    "'secret'::text",
                    true,
                    true,
                    List.of(
                        new ColumnFacts.Constraint("CHECK ((c0 <> 'secret'))", Set.of(name)),
                        new ColumnFacts.Constraint("UNIQUE (c0)", Set.of()))),
                new ColumnFacts(new ColumnName("c1"), null, false, false, List.of())));

    // when
    io.profilemesh.schema.TableFacts without = parts(redacted, facts).get(0).getFacts();
    io.profilemesh.schema.TableFacts with = parts(published, facts).get(0).getFacts();

    // then
    assertThat(without.getTableType()).isEqualTo(TableType.PARTITIONED_TABLE);
    assertThat(without.getComment()).isEqualTo("All orders");
    assertThat(without.getPartitioning()).isEqualTo("LIST (c0)");
    assertThat(without.getProperties()).containsExactly(Map.entry("partitions", "3"));
    assertThat(without.getColumns()).hasSize(1);
    assertThat(without.getColumns().get(0).getDefaultValue()).isEqualTo("?::text");
    assertThat(without.getColumns().get(0).getConstraints())
        .containsExactly("CHECK ((c0 <> ?))", "UNIQUE (c0)");
    assertThat(with.getColumns().get(0).getDefaultValue()).isEqualTo("'secret'::text");
    assertThat(with.getColumns().get(0).getConstraints())
        .containsExactly("CHECK ((c0 <> 'secret'))", "UNIQUE (c0)");
    assertThat(parts(published, facts))
        .allSatisfy(part -> assertThat(RecordRules.check(part)).isEmpty());
  }

  @Test
  void shouldKeepFactsOfEndlessLengthWithinARecord() {
    // given
    TableProfile profile = profile(800, 10);
    String endless = "'" + "x".repeat(3_000) + "'";
    TableFacts facts =
        new TableFacts(
            TableFacts.Type.TABLE,
            "😀".repeat(10_000),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Map.of(),
            profile.columns().stream()
                .map(
                    column ->
                        new ColumnFacts(
                            column.name(),
                            endless,
                            false,
                            false,
                            List.of(new ColumnFacts.Constraint(endless, Set.of()))))
                .toList());

    // when
    List<io.profilemesh.schema.TableProfile> parts = parts(published(profile), facts);

    // then
    assertThat(AvroSize.of(parts.get(0).getFacts())).isLessThan(150_000);
    assertThat(parts).allSatisfy(part -> assertThat(RecordRules.check(part)).isEmpty());
    assertThat(parts.subList(1, parts.size()))
        .allSatisfy(part -> assertThat(part.getFacts()).isNull());
  }

  private static TableProfile published(TableProfile profile) {
    return new TableProfile(
        profile.runId(),
        profile.dataset(),
        profile.scannedAt(),
        profile.rowCount(),
        profile.rowCountQuality(),
        profile.columns(),
        profile.metrics(),
        profile.columnProfiles().stream()
            .map(
                column ->
                    new ColumnProfile(
                        column.column(),
                        column.metrics(),
                        column.semanticType(),
                        column.histogram(),
                        column.quantiles(),
                        column.frequentValues(),
                        column.sketches(),
                        true))
            .toList());
  }

  private static List<io.profilemesh.schema.TableProfile> parts(
      TableProfile profile, TableFacts facts) {
    return new ProfileRecords("test").parts(RUN, 2, profile, FACTS, "key-1", null, facts);
  }

  private static List<io.profilemesh.schema.TableProfile> parts(TableProfile profile, int limit) {
    return new ProfileRecords("test", limit).parts(RUN, 2, profile, FACTS, "key-1", null, null);
  }

  private static TableProfile profile(int columns, int sketchBytes) {
    List<ColumnDefinition> definitions =
        IntStream.range(0, columns).mapToObj(ProfileRecordsTest::column).toList();
    return new TableProfile(
        RUN.runId(),
        RUN.dataset(),
        START,
        180,
        Quality.ESTIMATE,
        definitions,
        Map.of(Metric.ROW_COUNT, MetricValue.approximate(180, 150, 210)),
        definitions.stream().map(column -> columnProfile(column, sketchBytes)).toList());
  }

  private static ColumnDefinition column(int index) {
    return new ColumnDefinition(
        new ColumnName("c" + index), index + 1, "text", ColumnType.TEXT, false, null);
  }

  private static ColumnProfile columnProfile(ColumnDefinition column, int sketchBytes) {
    return new ColumnProfile(
        column,
        Map.of(
            Metric.MIN,
            MetricValue.exact(1.2345678901234567e19, "12345678901234567890.5"),
            Metric.NULL_PERCENT,
            MetricValue.exact(0)),
        new SemanticType("email", 0.9),
        new Histogram(List.of(0.0, 1.0, 2.0), List.of(40L, 50L), Quality.EXACT),
        new Quantiles(List.of(0.5), List.of(5.0), 0.01),
        new FrequentValues(List.of(new FrequentValue(null, "ab12", 3, 0)), 90, Quality.EXACT),
        List.of(new Sketch(Sketch.Kind.QUANTILES, "kll-1", null, 0.01, new byte[sketchBytes])),
        false);
  }
}
