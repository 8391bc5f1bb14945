package io.profilemesh.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriftPoliciesTest {

  private static final DatasetId ORDERS = DatasetId.of("shop", "public", "orders");
  private static final ColumnName EMAIL = new ColumnName("email");
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @Test
  void shouldDecideByRankThenById() {
    // given
    DriftPolicies policies =
        new DriftPolicies(
            3,
            List.of(
                DriftPolicy.of("b", 5).build(),
                DriftPolicy.of("z", 1).enabled(false).build(),
                DriftPolicy.of("a", 5).build(),
                DriftPolicy.of("c", 9).build()));

    // when / then
    assertThat(nulls(policies).policyId()).isEqualTo("a");
  }

  @Test
  void shouldMatchOnAllThatAPolicyNames() {
    // given
    DriftPolicy narrow =
        DriftPolicy.of("narrow", 1)
            .datasets("shop/*/ord?rs")
            .columns("*mail")
            .metrics(Set.of("null_percent", "column_removed"))
            .types(Set.of(ColumnType.TEXT))
            .build();

    // when / then
    assertThat(narrow.covers(ORDERS, EMAIL, "null_percent", ColumnType.TEXT)).isTrue();
    assertThat(narrow.covers(ORDERS, EMAIL, "column_removed", ColumnType.TEXT)).isTrue();
    assertThat(narrow.covers(ORDERS, EMAIL, "mean", ColumnType.TEXT)).isFalse();
    assertThat(narrow.covers(ORDERS, EMAIL, "null_percent", ColumnType.UUID)).isFalse();
    assertThat(narrow.covers(ORDERS, null, "null_percent", ColumnType.TEXT)).isFalse();
    assertThat(narrow.covers(ORDERS, new ColumnName("mails"), "null_percent", ColumnType.TEXT))
        .isFalse();
    assertThat(
            narrow.covers(
                DatasetId.of("shop", "public", "orders2"), EMAIL, "null_percent", ColumnType.TEXT))
        .isFalse();
  }

  @Test
  void shouldCoverTheSlicesOfATable() {
    // given
    DriftPolicy policy = DriftPolicy.of("p", 1).datasets("shop/public/orders").build();

    // when / then
    assertThat(
            policy.covers(
                new DatasetId("shop", "public", "orders", "daily"), null, "row_count", null))
        .isTrue();
  }

  @Test
  void shouldFillInTheBuiltInAnswersWhereAPolicyIsSilent() {
    // given
    DriftPolicies policies =
        new DriftPolicies(1, List.of(DriftPolicy.of("p", 1).minimumHistory(3).build()));

    // when
    EffectivePolicy effective = nulls(policies);

    // then
    assertThat(effective.minimumHistory()).isEqualTo(3);
    assertThat(effective.strategy()).isEqualTo(StrategyKind.AUTO);
    assertThat(effective.window()).isEqualTo(60);
    assertThat(effective.absoluteFloor()).isEqualTo(0.5);
    assertThat(effective.thresholds()).isEqualTo(Thresholds.DEFAULT);
    assertThat(effective.falseAlarmsPerMonth()).isEqualTo(0.1);
    assertThat(effective.silences(NOON)).isFalse();
  }

  @Test
  void shouldBeSilentWhileMutedAndInMutingPeriods() {
    // given
    CalendarWindow holiday =
        new CalendarWindow("holiday", NOON, NOON.plus(Duration.ofDays(1)), false);
    CalendarWindow upgrade =
        new CalendarWindow("upgrade", NOON, NOON.plus(Duration.ofHours(1)), true);
    EffectivePolicy muted =
        nulls(new DriftPolicies(1, List.of(DriftPolicy.of("p", 1).mutedUntil(NOON).build())));
    EffectivePolicy special =
        nulls(
            new DriftPolicies(
                1, List.of(DriftPolicy.of("p", 1).calendars(List.of(holiday, upgrade)).build())));

    // when / then
    assertThat(muted.silences(NOON.minusSeconds(1))).isTrue();
    assertThat(muted.silences(NOON)).isFalse();
    assertThat(special.silences(NOON)).isTrue();
    assertThat(special.silences(NOON.plus(Duration.ofHours(1)))).isFalse();
    assertThat(special.isSpecial(NOON.plus(Duration.ofHours(1)))).isTrue();
  }

  @Test
  void shouldRefuseNumbersOutsideTheirBounds() {
    assertThatThrownBy(() -> DriftPolicy.of("", 1).build()).hasMessageContaining("id");
    assertThatThrownBy(() -> DriftPolicy.of("p", 1).window(61).build())
        .hasMessageContaining("2 to 60");
    assertThatThrownBy(() -> DriftPolicy.of("p", 1).absoluteFloor(Double.NaN).build())
        .hasMessageContaining("floor");
    assertThatThrownBy(() -> DriftPolicy.of("p", 1).falseAlarmsPerMonth(0.0).build())
        .hasMessageContaining("budget");
    assertThatThrownBy(() -> new CalendarWindow("w", NOON, NOON, true))
        .hasMessageContaining("ends after");
  }

  private static EffectivePolicy nulls(DriftPolicies policies) {
    return policies.effective(ORDERS, EMAIL, Metric.NULL_PERCENT, ColumnType.TEXT);
  }
}
