package io.profilemesh.benchmarks.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Oracle values by the formulas of scipy.stats, the function named at each. */
class TextbookTestTest {

  private static final Duration MONTH = Duration.ofDays(30);

  private static Sample numbers(double... values) {
    return new Sample(values.length, values, Map.of());
  }

  private static Sample texts(Map<String, Integer> counts) {
    int size = counts.values().stream().mapToInt(Integer::intValue).sum();
    return new Sample(size, new double[size], counts);
  }

  @Test
  void shouldAgreeOnTestsOfAColumn() {
    // ttest_ind([1, 2, 3, 4, 5], [4, 5, 6, 7, 8], equal_var=False)
    assertThat(
            TextbookTest.WELCH.ofColumn(
                List.of(numbers(1, 2, 3), numbers(4, 5)), numbers(4, 5, 6, 7, 8)))
        .isCloseTo(0.017071681233782634, within(1e-9));
    // chi2_contingency([[60, 40], [45, 55]], correction=False)
    assertThat(
            TextbookTest.CHI_SQUARE.ofColumn(
                List.of(texts(Map.of("a", 60, "b", 40))), texts(Map.of("a", 45, "b", 55))))
        .isCloseTo(0.03367206885634585, within(1e-9));
    // 2 * norm.sf(z) with z = 0.1 / sqrt(0.05 * 0.95 * 2 / 20)
    Sample holes = new Sample(20, new double[18], Map.of());
    assertThat(TextbookTest.NULLS.ofColumn(List.of(numbers(new double[20])), holes))
        .isCloseTo(0.14679, within(1e-5));
  }

  @Test
  void shouldAgreeOnTestsOfRows() {
    // 2 * poisson.sf(19, 10), 2 * poisson.cdf(3, 10)
    assertThat(TextbookTest.POISSON.ofRows(new double[] {9, 11}, 20))
        .isCloseTo(0.00690868395, within(1e-8));
    assertThat(TextbookTest.POISSON.ofRows(new double[] {9, 11}, 3))
        .isCloseTo(0.02067210135, within(1e-8));
    // 2 * t.sf(4 / sqrt(5 / 3 * 1.25), 3)
    assertThat(TextbookTest.COUNTS.ofRows(new double[] {1, 2, 3, 4}, 6.5))
        .isCloseTo(0.0694941, within(1e-6));
    // mean 10, variance 50: 2 * nbinom.sf(29, 2.5, 0.2)
    assertThat(
            TextbookTest.NEGATIVE_BINOMIAL.ofRows(
                new double[] {
                  10 - Math.sqrt(37.5),
                  10 + Math.sqrt(37.5),
                  10 - Math.sqrt(37.5),
                  10 + Math.sqrt(37.5)
                },
                30))
        .isCloseTo(0.0350647613, within(1e-6));
  }

  @Test
  void shouldAlarmOnTheUntouchedSeriesAsOftenAsOurs() {
    // given: months in which nothing happens but chance
    Random random = new Random(3);
    List<Shot> runs = new ArrayList<>();
    LabTable table = SyntheticTable.of(3);
    for (LabTable.Run run : table.runs().subList(0, 60)) {
      Frame frame = run.frame().at(random.ints(50, 0, run.frame().rows()).sorted().toArray());
      runs.add(new Shot(run.at(), frame, LabProfiles.of(Laboratory.dataset("t"), run.at(), frame)));
    }
    BestTest tests = new BestTest(MONTH, runs, 0);
    Scenario.Injected nulls = new Scenario.Injected(Fault.NULLS_50, List.of("amount"), 1);
    Scenario.Injected tiny = new Scenario.Injected(Fault.SHIFT_10, List.of("amount"), 1);
    List<Shot> broken = new ArrayList<>(runs);
    Frame faulty =
        Fault.NULLS_50.apply(table, runs.get(30).frame(), List.of("amount"), new Random(1));
    broken.set(
        30,
        new Shot(
            runs.get(30).at(),
            faulty,
            LabProfiles.of(Laboratory.dataset("t"), runs.get(30).at(), faulty)));

    // when: one fault that is there, and one that is not
    tests.count(new Scenario(Map.of(30, nulls, 50, tiny)), broken);

    // then
    Map<String, Object> figures = tests.figures(new Tally());
    assertThat(figures.get("null burst 50 %"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("injected", 1)
        .containsEntry("foundByBest", 1)
        .containsEntry("found", 0)
        .containsEntry("reached", false);
    assertThat(figures.get("shift 0.1 σ"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("foundByBest", 0);
  }
}
