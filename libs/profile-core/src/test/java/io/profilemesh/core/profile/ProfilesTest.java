package io.profilemesh.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProfilesTest {

  @Test
  void shouldDeriveCountsWhenANullPercentIsGiven() {
    // given
    Profiles orders = Profiles.orders().withRowCount(2000).withNullPercent("email", 40);

    // when
    ColumnProfile email = orders.build().column(new ColumnName("email")).orElseThrow();

    // then
    assertThat(email.number(Metric.NULL_COUNT)).hasValue(800);
    assertThat(email.number(Metric.COUNT)).hasValue(1200);
    assertThat(email.number(Metric.NULL_PERCENT)).hasValue(40);
  }

  @Test
  void shouldCountEveryValueOnceWhenHistogramsAreBuilt() {
    // given
    TableProfile profile = Profiles.orders().withRowCount(1001).build();

    // when
    List<Long> totals =
        profile.columnProfiles().stream()
            .filter(column -> column.histogram() != null)
            .map(column -> column.histogram().counts().stream().mapToLong(n -> n).sum())
            .toList();

    // then
    assertThat(totals).containsExactly(1001L, 1001L, 1001L, 901L, 1001L);
  }

  @Test
  void shouldKeepPositionWhenAColumnIsRenamed() {
    // given
    Profiles orders = Profiles.orders();

    // when
    TableProfile profile = orders.withRenamed("status", "state").build();

    // then
    assertThat(profile.columns().get(3).name()).isEqualTo(new ColumnName("state"));
    assertThat(profile.columns().get(3).ordinal()).isEqualTo(4);
  }

  @Test
  void shouldBuildEmptyTablesWhenThereAreNoRows() {
    // given
    Profiles empty = Profiles.orders().withRowCount(0);

    // when
    TableProfile profile = empty.build();

    // then
    assertThat(profile.columnProfiles())
        .allSatisfy(
            column -> {
              assertThat(column.number(Metric.COUNT)).hasValue(0);
              assertThat(column.metric(Metric.NULL_PERCENT)).isEmpty();
            });
  }
}
