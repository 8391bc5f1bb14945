package io.profilemesh.benchmarks.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.profilemesh.benchmarks.detection.Scenario.Injected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScenarioTest {

  private static final LabTable TABLE = SyntheticTable.of(1);

  private static List<Set<String>> alarms(Map<Integer, Set<String>> byRun) {
    List<Set<String>> alarms = new ArrayList<>();
    for (int run = 0; run < 40; run++) {
      alarms.add(byRun.getOrDefault(run, Set.of()));
    }
    return alarms;
  }

  private static Tally count(Fault fault, List<String> columns, Map<Integer, Set<String>> byRun) {
    Tally tally = new Tally();
    new Scenario(Map.of(25, new Injected(fault, columns, 1))).count(alarms(byRun), tally);
    return tally;
  }

  @Test
  void shouldCountAFaultOnceAndItsRecoveryNotAtAll() {
    // when
    Tally tally =
        count(
            Fault.NULLS_5,
            List.of("amount"),
            Map.of(25, Set.of("amount"), 26, Set.of("amount"), 27, Set.of("amount")));

    // then
    assertThat(tally.recall()).isEqualTo(1);
    assertThat(tally.falseAlarms()).isZero();
    assertThat(tally.f1()).isEqualTo(1);
  }

  @Test
  void shouldCallAnAlarmFalseWhenItIsElsewhereOrLate() {
    // when: another column, too late to be found, and out of the blue
    Tally tally =
        count(
            Fault.NULLS_5,
            List.of("amount"),
            Map.of(3, Set.of(""), 25, Set.of("state"), 27, Set.of("amount"), 29, Set.of("amount")));

    // then
    assertThat(tally.recall()).isZero();
    assertThat(tally.falseAlarms()).isEqualTo(3);
  }

  @Test
  void shouldCallAnAlarmAtARareNewCategoryFalse() {
    assertThat(count(Fault.NEW_RARE, List.of("state"), Map.of(25, Set.of("state"))).falseAlarms())
        .isEqualTo(1);
  }

  @Test
  void shouldMeasureTheDelayAndTheRates() {
    // when
    Tally tally = count(Fault.TRUNCATED, List.of(), Map.of(26, Set.of("id"), 35, Set.of("id")));
    tally.judged(30, 500);
    tally.watched(2);

    // then
    assertThat(tally.delayMedian()).isEqualTo(1);
    assertThat(tally.precision()).isEqualTo(0.5);
    assertThat(tally.f1()).isCloseTo(2.0 / 3, within(1e-9));
    assertThat(tally.falseAlarmsPer1000()).isEqualTo(2);
    assertThat(tally.alarmsPerTableMonth()).isEqualTo(0.5);
  }

  @Test
  void shouldDealEachFaultAsOftenAsAskedAndFarEnoughApart() {
    // when
    List<Scenario> scenarios = Scenario.deal(TABLE, Laboratory.counted(), 5, new Random(9));

    // then
    assertThat(scenarios.stream().mapToInt(scenario -> scenario.faults().size()).sum())
        .isEqualTo(5 * Laboratory.counted().size());
    for (Scenario scenario : scenarios) {
      List<Integer> runs = List.copyOf(scenario.faults().keySet());
      assertThat(runs.get(0)).isGreaterThanOrEqualTo(Scenario.FIRST);
      for (int i = 1; i < runs.size(); i++) {
        assertThat(runs.get(i) - runs.get(i - 1)).isGreaterThanOrEqualTo(20);
      }
    }
    assertThat(Scenario.deal(TABLE, Laboratory.counted(), 5, new Random(9))).isEqualTo(scenarios);
  }

  @Test
  void shouldDoWhatAFaultSays() {
    // given
    Frame frame = TABLE.runs().get(30).frame();
    Random random = new Random(2);

    // when / then
    assertThat(Fault.DUPLICATE.apply(TABLE, frame, List.of(), random).rows())
        .isEqualTo(2 * frame.rows());
    Frame shifted = Fault.SHIFT_50.apply(TABLE, frame, List.of("amount"), random);
    double by = 0.5 * frame.column("amount").deviation();
    assertThat(shifted.column("amount").numbersOrThrow()[7])
        .isCloseTo(frame.column("amount").numbersOrThrow()[7] + by, within(1e-9));
    assertThat(Fault.SHIFT_50.apply(TABLE, frame, List.of("version"), random).hasSameRowsAs(frame))
        .isTrue();
    Frame swapped = Fault.COLUMN_SWAP.apply(TABLE, frame, List.of("customer", "state"), random);
    assertThat(swapped.column("state").textsOrThrow())
        .isEqualTo(frame.column("customer").textsOrThrow());
  }

  @Test
  void shouldJudgeByThePublishedRulesBeside() {
    // given: scipy.stats.kstwobign.sf(0.061 * sqrt(500)) is 0.0484
    double[] one = new double[1000];
    double[] other = new double[1000];
    for (int i = 0; i < 1000; i++) {
      one[i] = i;
      other[i] = i + 61;
    }

    // when / then
    assertThat(SampleDistances.kolmogorovSmirnovProbability(one, other))
        .isCloseTo(0.0484, within(0.001));
    assertThat(SampleDistances.wassersteinOverDeviation(one, other))
        .isCloseTo(61 / 288.8194, within(1e-3));
    assertThat(SampleDistances.jensenShannon(Map.of("a", 1.0), Map.of("b", 1.0)))
        .isCloseTo(Math.sqrt(Math.log(2)), within(1e-12));
  }
}
