package io.profilemesh.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.drift.KnownChanges.NewLevel;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.Columns;
import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.TableProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Changes that people expected, of what has no level of its own: shares, distances, dates. */
class ExpectedChangesTest {

  private static final Profiles ORDERS = Profiles.orders().withRowCount(10_000);

  /** The first day with another level. */
  private static final int CHANGE = 30;

  private static Evaluation after(
      int days, IntFunction<Profiles> past, Profiles now, NewLevel... levels) {
    List<TableProfile> history = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      history.add(at(past.apply(day), day));
    }
    Collections.reverse(history);
    return DriftEvaluation.evaluate(
        new Baseline.History(StrategyKind.AUTO, history),
        at(now, days),
        DriftPolicies.builtIn(),
        new KnownChanges(Map.of(), List.of(levels)));
  }

  private static TableProfile at(Profiles profiles, int day) {
    return profiles.withRun("day-" + day).withScannedAt(instant(day)).build();
  }

  private static Instant instant(int day) {
    return Profiles.MONDAY.plus(Duration.ofDays(day));
  }

  private static NewLevel level(String column, MetricGroup group) {
    return new NewLevel(new ColumnName(column), group, instant(CHANGE));
  }

  private static Profiles shares(int day, double paid, double open, double returned) {
    double moved = 0.004 * new Random(day).nextGaussian();
    return ORDERS.withCategories(
        "status", Map.of("paid", paid + moved, "open", open - moved, "back", returned));
  }

  private static Profiles usual(int day) {
    return shares(day, 0.7, 0.2, 0.1);
  }

  private static Profiles changed(int day) {
    return shares(day, 0.55, 0.2, 0.25);
  }

  @Test
  void shouldTakeTheSharesOfAnExpectedRunAsNormal() {
    // given
    IntFunction<Profiles> past = day -> day < CHANGE ? usual(day) : changed(day);
    NewLevel level = level("status", MetricGroup.DISTRIBUTION);

    // when / then
    assertThat(after(31, past, changed(31)).findings()).hasSize(1);
    assertThat(after(31, past, changed(31), level).findings()).isEmpty();
    assertThat(after(31, past, usual(31), level).findings()).as("back again").isEmpty();
    assertThat(after(31, past, shares(31, 0.62, 0.2, 0.18), level).findings())
        .as("on the way")
        .isEmpty();
  }

  @Test
  void shouldStillFindSharesThatNobodyExpected() {
    // given
    IntFunction<Profiles> past = day -> day < CHANGE ? usual(day) : changed(day);
    NewLevel level = level("status", MetricGroup.DISTRIBUTION);

    // when / then: further, the other way, and another value
    assertThat(after(31, past, shares(31, 0.4, 0.2, 0.4), level).findings()).hasSize(1);
    assertThat(after(31, past, shares(31, 0.79, 0.2, 0.01), level).findings()).hasSize(1);
    assertThat(after(31, past, shares(31, 0.55, 0.05, 0.4), level).findings()).hasSize(1);
    Profiles disputed =
        ORDERS.withCategories(
            "status", Map.of("paid", 0.55, "open", 0.1, "back", 0.25, "lost", 0.1));
    assertThat(after(31, past, disputed, level).findings())
        .extracting(Finding::message)
        .singleElement()
        .asString()
        .contains("rose from 0 % to 10 %");
  }

  @Test
  void shouldJudgeSharesByTheirNewLevelWhenItStays() {
    // given
    IntFunction<Profiles> past = day -> day < CHANGE ? usual(day) : changed(day);
    NewLevel level = level("status", MetricGroup.DISTRIBUTION);

    // when / then
    assertThat(after(34, past, changed(34), level).findings()).isEmpty();
    assertThat(after(34, past, usual(34), level).findings()).as("back").hasSize(1);
    assertThat(after(34, past, shares(34, 0.65, 0.1, 0.25), level).findings())
        .as("as narrow as before")
        .hasSize(1);
  }

  private static Profiles mean(int day, double mean) {
    return ORDERS.withMean("amount", mean + 0.15 * new Random(day).nextGaussian());
  }

  @Test
  void shouldTakeTheWholeDistributionToItsNewLevelWhenTheMeanMoved() {
    // given: a deviation and a half higher
    IntFunction<Profiles> past = day -> mean(day, day < CHANGE ? 50 : 72);
    NewLevel level = level("amount", MetricGroup.VALUE);

    // when / then
    assertThat(after(34, past, mean(34, 72), level).findings()).isEmpty();
    assertThat(after(34, past, mean(34, 50), level).findings()).isNotEmpty();
    assertThat(after(34, past, mean(34, 76), level).findings()).isNotEmpty();
  }

  @Test
  void shouldTakeADistributionThatWasExpectedAsNormal() {
    // given: the same mean, another spread
    IntFunction<Profiles> past = day -> day < CHANGE ? spread(day, 15) : spread(day, 24);
    NewLevel[] levels = {
      level("amount", MetricGroup.DISTRIBUTION), level("amount", MetricGroup.VALUE)
    };

    // when / then
    assertThat(metrics(after(31, past, spread(31, 24)))).contains("distribution");
    assertThat(metrics(after(31, past, spread(31, 24), levels))).doesNotContain("distribution");
    assertThat(metrics(after(35, past, spread(35, 24), levels))).isEmpty();
    assertThat(metrics(after(35, past, spread(35, 45), levels))).isNotEmpty();
  }

  private static Profiles spread(int day, double deviation) {
    double mean = 50 + 0.15 * new Random(day).nextGaussian();
    return ORDERS.with(
        "amount", column -> column.withShape(new Columns.Shape.Numbers(mean, deviation, 0.5)));
  }

  private static List<String> metrics(Evaluation evaluation) {
    return evaluation.findings().stream()
        .flatMap(
            finding ->
                Stream.concat(
                    Stream.of(finding.metric()),
                    finding.parameters().keySet().stream()
                        .filter(name -> name.startsWith("also."))
                        .map(name -> name.substring("also.".length()))))
        .toList();
  }

  /** Ten days of orders that end some hours before the run. */
  private static Profiles dates(int day, double hours) {
    Instant end =
        instant(day)
            .minus(
                Duration.ofMinutes(
                    Math.round(60 * (hours + 0.2 * new Random(day).nextGaussian()))));
    return ORDERS.withColumn(Columns.instants("placed_at", end.minus(Duration.ofDays(10)), end));
  }

  @Test
  void shouldExpectDatesWithTheClockAsLateAsPeopleSaid() {
    // given: a load that has ended two hours before its run, and now ends three days before
    IntFunction<Profiles> past = day -> dates(day, day < CHANGE ? 2 : 74);
    NewLevel level = level("placed_at", MetricGroup.VALUE);

    // when / then: at once, and when it stays
    assertThat(after(31, past, dates(31, 74)).findings()).isNotEmpty();
    assertThat(after(31, past, dates(31, 74), level).findings()).isEmpty();
    assertThat(after(31, past, dates(31, 2), level).findings()).isEmpty();
    assertThat(after(31, past, dates(31, 200), level).findings()).isNotEmpty();
    assertThat(after(36, past, dates(36, 74), level).findings()).isEmpty();
    assertThat(after(36, past, dates(36, 2), level).findings()).as("back").isNotEmpty();
  }
}
