package io.profilemesh.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.profilemesh.core.profile.ColumnProfile;
import io.profilemesh.core.profile.Columns;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Histogram;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.TableProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MissingPartTest {

  private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");
  private static final Profiles SALES =
      Profiles.table(DatasetId.of("shop", "public", "sales"))
          .withRowCount(10_000)
          .withColumn(
              Columns.categories("region", Map.of("north", 0.4, "south", 0.36, "west", 0.24)));

  private static Profiles hours(long rows, Instant from, Instant to) {
    return Profiles.table(DatasetId.of("shop", "public", "sales"))
        .withRowCount(rows)
        .withColumn(Columns.instants("sold_at", from, to));
  }

  @Test
  void shouldNameTheValueWhoseRowsAreMissing() {
    // given
    Profiles now =
        SALES
            .withRowCount(7_600)
            .withCategories("region", Map.of("north", 0.5263, "south", 0.4737));
    String west = Profiles.HASHER.hash("west").substring(0, 8);

    // when
    String clause = MissingPart.between(SALES.build(), now.build());

    // then: not published, so by its hash
    assertThat(clause)
        .isEqualTo(
            ": there is no `#"
                + west
                + "` of region any more, which had 24 % of the values: is a partition missing?");
  }

  @Test
  void shouldSayNothingWhenTheValueDoesNotExplainTheRows() {
    // when: a value went, but the rows are only five percent fewer
    Profiles now =
        SALES.withRowCount(9_500).withCategories("region", Map.of("north", 0.55, "south", 0.45));

    // then
    assertThat(MissingPart.between(SALES.build(), now.build())).isEmpty();
    assertThat(MissingPart.between(SALES.build(), SALES.build())).isEmpty();
    assertThat(MissingPart.between(SALES.build(), SALES.withRowCount(12_000).build())).isEmpty();
  }

  @Test
  void shouldSayNothingWhenAValueMayBeGoneByChance() {
    // given: a small table, of which a value with some ten rows is gone
    Profiles before =
        SALES
            .withRowCount(80)
            .withCategories("region", Map.of("north", 0.5, "south", 0.35, "west", 0.15));
    Profiles now =
        SALES.withRowCount(68).withCategories("region", Map.of("north", 0.6, "south", 0.4));

    // when / then
    assertThat(MissingPart.between(before.build(), now.build())).isEmpty();
  }

  @Test
  void shouldNameTheSpanThatIsMissingAtTheEnd() {
    // given: a table at rest that lost its last quarter
    Profiles before = hours(10_000, MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(100)));
    Profiles now = hours(7_500, MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(75)));

    // when / then
    assertThat(MissingPart.between(before.build(), now.build()))
        .isEqualTo(
            ": there is no sold_at from 2026-05-15 00:00 UTC to 2026-06-09 00:00 UTC, where 25 % of"
                + " the values were expected: is that part missing?");
  }

  @Test
  void shouldNameTheHoursThatAreMissingInADailyLoad() {
    // given: yesterday's day, and today's without ten to two
    TableProfile before =
        hours(24_000, MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(1)))
            .withScannedAt(MIDNIGHT.plus(Duration.ofHours(26)))
            .build();
    Instant today = MIDNIGHT.plus(Duration.ofDays(1));
    TableProfile now =
        withGap(
            hours(20_000, today, today.plus(Duration.ofDays(1)))
                .withScannedAt(MIDNIGHT.plus(Duration.ofHours(50)))
                .build(),
            today,
            10,
            14);

    // when / then
    assertThat(MissingPart.between(before, now))
        .isEqualTo(
            ": there is no sold_at from 2026-03-02 10:00 UTC to 2026-03-02 14:00 UTC, where 16.7 %"
                + " of the values were expected: is that part missing?");
  }

  @Test
  void shouldReportAModerateLossAtOnceWhenItIsPlainWhatIsMissing() {
    // given: the second run ever
    Profiles now =
        SALES
            .withRowCount(7_600)
            .withCategories("region", Map.of("north", 0.5263, "south", 0.4737));
    Baseline first = new Baseline.SingleRun(StrategyKind.AUTO, SALES.build());

    // when
    Evaluation evaluation =
        DriftEvaluation.evaluate(first, now.withRun("b").build(), DriftPolicies.builtIn());

    // then
    assertThat(evaluation.findings())
        .filteredOn(finding -> finding.metric().equals("row_count"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
              assertThat(finding.message())
                  .startsWith("sales: 7,600 rows, 10,000 in the run before")
                  .contains(": 24 % less: there is no `#")
                  .endsWith(": is a partition missing?");
            });
  }

  @Test
  void shouldReportAPartLoadedTwiceAtOnce() {
    // given: a key that is only estimated, and a tenth of it again
    Profiles before =
        Profiles.table(DatasetId.of("shop", "public", "orders"))
            .withRowCount(30_000)
            .withColumn(approximate(29_600, 30_000));
    Profiles now = before.withRowCount(33_000).withColumn(approximate(29_800, 30_000));
    Baseline first = new Baseline.SingleRun(StrategyKind.AUTO, before.build());

    // when
    Evaluation evaluation =
        DriftEvaluation.evaluate(first, now.withRun("b").build(), DriftPolicies.builtIn());

    // then
    assertThat(evaluation.findings())
        .extracting(Finding::message)
        .containsExactly(
            "orders: 33,000 rows, 30,000 in the run before (2026-03-02 06:00 UTC): 10 % more; at"
                + " least 3,000 rows repeat a key: was a part loaded twice?",
            "order_id of orders: only 90.3 % of values are distinct, 100 % in the run before"
                + " (2026-03-02 06:00 UTC): at least 3,000 values repeat another, were rows loaded"
                + " twice?");
  }

  @Test
  void shouldSayWhyAModerateChangeIsNoFindingYet() {
    // when
    Evaluation evaluation =
        DriftEvaluation.evaluate(
            new Baseline.SingleRun(StrategyKind.AUTO, SALES.build()),
            SALES.withRowCount(11_000).withRun("b").build(),
            DriftPolicies.builtIn());

    // then
    assertThat(evaluation.findings()).isEmpty();
    assertThat(evaluation.notEvaluated())
        .extracting(NotEvaluated::code, NotEvaluated::message)
        .containsExactly(
            tuple(
                NotEvaluated.Code.TOO_LITTLE_HISTORY,
                "11,000 rows, 10,000 in the run before (2026-03-02 06:00 UTC): 10 % more; with"
                    + " fewer than 7 earlier runs nobody knows whether that is usual, so only a"
                    + " change by half is a finding."));
  }

  private static Columns approximate(double distinct, double most) {
    return Columns.identifiers("order_id")
        .withMetric(
            Metric.DISTINCT_COUNT,
            MetricValue.approximate(distinct, distinct - 900, distinct + 900))
        .withMetric(
            Metric.DISTINCT_PERCENT, MetricValue.approximate(100 * distinct / most, 90, 100))
        .withMetric(Metric.MIN, MetricValue.exact(1))
        .withMetric(Metric.MAX, MetricValue.exact(most));
  }

  /** A day by hours, of which some are empty. */
  private static TableProfile withGap(TableProfile profile, Instant day, int from, int to) {
    ColumnProfile column = profile.columnProfiles().get(0);
    List<Double> edges =
        IntStream.rangeClosed(0, 24)
            .mapToObj(hour -> (double) day.plus(Duration.ofHours(hour)).toEpochMilli())
            .toList();
    List<Long> counts =
        IntStream.range(0, 24).mapToObj(hour -> hour >= from && hour < to ? 0L : 1_000L).toList();
    return new TableProfile(
        profile.runId(),
        profile.dataset(),
        profile.scannedAt(),
        profile.rowCount(),
        profile.rowCountQuality(),
        profile.columns(),
        profile.metrics(),
        List.of(
            new ColumnProfile(
                column.column(),
                column.metrics(),
                column.semanticType(),
                new Histogram(edges, counts, Quality.EXACT),
                column.quantiles(),
                column.frequentValues(),
                column.sketches(),
                column.valuesPublished())));
  }
}
