package io.profilemesh.core.drift;

import static io.profilemesh.core.drift.Judged.against;
import static io.profilemesh.core.drift.Judged.onlyFinding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Columns;
import io.profilemesh.core.profile.Profiles;
import org.junit.jupiter.api.Test;

class SchemaDetectorTest {

  private static final Profiles ORDERS = Profiles.orders();

  @Test
  void shouldReportOnlyTheRemovedColumnWhenOthersMoveUp() {
    // when
    Finding finding = onlyFinding(ORDERS, ORDERS.withoutColumn("email"));

    // then
    assertThat(finding)
        .returns("column_removed", Finding::metric)
        .returns(new ColumnName("email"), Finding::column)
        .returns(Severity.HIGH, Finding::severity)
        .returns(DriftKind.SCHEMA, Finding::kind)
        .returns(new Change.OfText("text", null), Finding::change);
    assertThat(finding.message())
        .isEqualTo(
            "orders: column email (text) is gone, it was still there in the run before (2026-03-02"
                + " 06:00 UTC).");
  }

  @Test
  void shouldReportTheNewColumnWhenOneIsAdded() {
    // when
    Evaluation evaluation =
        against(ORDERS, ORDERS.withColumn(Columns.texts("loyalty_tier", 0.1, 6)));

    // then
    assertThat(evaluation.findings())
        .extracting(Finding::metric, Finding::severity, Finding::message)
        .containsExactly(
            tuple(
                "column_added",
                Severity.LOW,
                "orders: column loyalty_tier (text) is new, it was not there in the run before"
                    + " (2026-03-02 06:00 UTC)."));
    assertThat(evaluation.notEvaluated())
        .extracting(NotEvaluated::code)
        .containsExactly(NotEvaluated.Code.NEW_COLUMN);
  }

  @Test
  void shouldSayThatANewColumnIsEmpty() {
    // when
    Finding finding =
        onlyFinding(
            ORDERS, ORDERS.withColumn(Columns.texts("colour", 0.1, 6).withNullPercent(100)));

    // then
    assertThat(finding.message())
        .isEqualTo(
            "orders: column colour (text) is new, it was not there in the run before (2026-03-02"
                + " 06:00 UTC): it has no values yet.");
  }

  @Test
  void shouldNotJudgeValuesWhenTheTypeIsAnother() {
    // given
    Profiles now =
        ORDERS
            .with("amount", amount -> Columns.texts("amount", 0.5, 5))
            .withNullPercent("amount", 0);

    // when
    Evaluation evaluation = against(ORDERS, now);

    // then
    assertThat(evaluation.findings())
        .extracting(Finding::metric, Finding::severity, Finding::message)
        .containsExactly(
            tuple(
                "data_type",
                Severity.HIGH,
                "amount of orders: the type is text, it was numeric(12,2) in the run before"
                    + " (2026-03-02 06:00 UTC)."));
    assertThat(evaluation.notEvaluated())
        .extracting(NotEvaluated::code)
        .containsExactly(NotEvaluated.Code.TYPE_CHANGED);
  }

  @Test
  void shouldStillJudgeMissingValuesWhenTheTypeIsAnother() {
    // given
    Profiles now =
        ORDERS
            .with("amount", amount -> Columns.texts("amount", 0.5, 5))
            .withNullPercent("amount", 60);

    // when
    Evaluation evaluation = against(ORDERS, now);

    // then
    assertThat(evaluation.findings())
        .extracting(Finding::metric)
        .containsExactly("data_type", "null_percent");
  }

  @Test
  void shouldStillJudgeValuesWhenNumbersStayNumbers() {
    // given
    Profiles now =
        ORDERS
            .with("amount", amount -> amount.withDataType("double precision", ColumnType.FLOAT))
            .withMean("amount", 5_000);

    // when
    Evaluation evaluation = against(ORDERS, now);

    // then
    assertThat(evaluation.findings())
        .extracting(Finding::metric)
        .containsExactly("data_type", "mean");
  }

  @Test
  void shouldReportWhenNullsBecomeAllowed() {
    // when
    Finding finding =
        onlyFinding(ORDERS, ORDERS.with("order_id", column -> column.withNullable(true)));

    // then
    assertThat(finding.metric()).isEqualTo("nullability");
    assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(finding.message())
        .startsWith("order_id of orders: nulls are allowed now, they were forbidden in the run");
  }

  @Test
  void shouldBeSilentWhenNullabilityIsNotKnown() {
    assertThat(
            against(ORDERS, ORDERS.with("order_id", column -> column.withNullable(null)))
                .findings())
        .isEmpty();
  }

  @Test
  void shouldReportOneMoveWhenAColumnGoesToTheEnd() {
    // given
    Profiles now = ORDERS.withoutColumn("email").withColumn(email());

    // when
    Finding finding = onlyFinding(ORDERS, now);

    // then
    assertThat(finding)
        .returns("position", Finding::metric)
        .returns(new ColumnName("email"), Finding::column)
        .returns(Severity.LOW, Finding::severity);
    assertThat(finding.message())
        .startsWith("email of orders: the column is in place 8, it was in place 3 in the run");
  }

  @Test
  void shouldKeepMessagesOnOneLineWhenNamesAreHostile() {
    // given
    Profiles now = ORDERS.withColumn(Columns.texts("x\"; drop table y;--\n\u202Eevil", 0.1, 6));

    // when
    Finding finding = onlyFinding(ORDERS, now);

    // then
    assertThat(finding.message()).doesNotContain("\n").doesNotContain("\u202E");
  }

  private static Columns email() {
    return Columns.texts("email", 0.9, 21).withNullPercent(2);
  }
}
