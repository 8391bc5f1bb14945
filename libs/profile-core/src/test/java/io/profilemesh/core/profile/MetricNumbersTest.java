package io.profilemesh.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricNumbersTest {

  @Test
  void shouldBeTheMapItWasMadeOf() {
    // given
    Map<Metric, MetricValue> map = new EnumMap<>(Metric.class);
    map.put(Metric.TRUE_PERCENT, new MetricValue(12.5, null, Quality.ESTIMATE, 10.0, null));
    map.put(Metric.NULL_COUNT, MetricValue.exact(3));
    map.put(Metric.DISTINCT_COUNT, MetricValue.approximate(1_000, 950, 1_050));
    map.put(Metric.MEAN, new MetricValue(-0.5, null, Quality.APPROXIMATE, null, null));

    // when
    MetricNumbers numbers = MetricNumbers.of(map);

    // then
    assertThat(numbers).isNotNull().isEqualTo(map).hasSameHashCodeAs(map);
    assertThat(map).isEqualTo(numbers);
    assertThat(numbers.keySet()).containsExactlyElementsOf(map.keySet());
    assertThat(numbers.isExact(Metric.NULL_COUNT)).isTrue();
    assertThat(numbers.isExact(Metric.COUNT)).isFalse();
    assertThat(numbers.quality(Metric.TRUE_PERCENT)).isEqualTo(Quality.ESTIMATE);
    assertThat(numbers.lower(Metric.TRUE_PERCENT)).isEqualTo(10);
    assertThat(numbers.upper(Metric.TRUE_PERCENT)).isNaN();
    assertThat(numbers.numberOr(Metric.MAX, 7)).isEqualTo(7);
  }

  @Test
  void shouldDeclineWhatIsNoNumberAlone() {
    assertThat(MetricNumbers.of(Map.of(Metric.MIN, MetricValue.text("a")))).isNull();
    assertThat(MetricNumbers.of(Map.of(Metric.SUM, MetricValue.exact(1e20, "1" + "0".repeat(20)))))
        .isNull();
    assertThatThrownBy(() -> MetricNumbers.builder().put(Metric.MIN, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldTakeTheLastOfAMetricAndForgetOnOrder() {
    // when
    MetricNumbers numbers =
        MetricNumbers.builder()
            .put(Metric.MEAN, 1, Quality.ESTIMATE, 0, 2)
            .put(Metric.MEAN, 2)
            .put(Metric.MIN, 1)
            .remove(Metric.MIN)
            .build();

    // then
    assertThat(numbers).isEqualTo(Map.of(Metric.MEAN, MetricValue.exact(2)));
  }
}
