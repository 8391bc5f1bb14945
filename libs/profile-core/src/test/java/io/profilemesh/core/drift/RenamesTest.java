package io.profilemesh.core.drift;

import static io.profilemesh.core.drift.Judged.against;
import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Columns;
import io.profilemesh.core.profile.Profiles;
import org.junit.jupiter.api.Test;

class RenamesTest {

  private static final Profiles ORDERS = Profiles.orders().withRowCount(5_000);

  @Test
  void shouldInferARenameWhenTypePlaceAndValuesAreAlike() {
    // when
    Evaluation evaluation = against(ORDERS, ORDERS.withRenamed("status", "state"));

    // then
    assertThat(evaluation.renames())
        .singleElement()
        .returns(new ColumnName("status"), Rename::from)
        .returns(new ColumnName("state"), Rename::to);
    assertThat(evaluation.renames().get(0).confidence()).isGreaterThan(0.95);
    assertThat(evaluation.findings())
        .singleElement()
        .returns("column_renamed", Finding::metric)
        .returns(Severity.MEDIUM, Finding::severity);
    assertThat(evaluation.findings().get(0).message())
        .startsWith("orders: column status seems to be called state now");
  }

  @Test
  void shouldJudgeTheColumnUnderItsNewNameByItsOldValues() {
    // when
    Evaluation evaluation =
        against(ORDERS, ORDERS.withRenamed("discount", "rebate").withNullPercent("rebate", 18));

    // then
    assertThat(evaluation.findings())
        .extracting(Finding::metric)
        .containsExactly("column_renamed", "null_percent");
  }

  @Test
  void shouldNotInferARenameWhenTheValuesAreOthers() {
    // when: as many columns, of the same type and in the same place
    Evaluation evaluation =
        against(
            ORDERS,
            ORDERS
                .withRenamed("amount", "weight")
                .withColumn(Columns.numbers("weight", ColumnType.DECIMAL, 9_000, 3_000)));

    // then
    assertThat(evaluation.renames()).isEmpty();
    assertThat(evaluation.findings())
        .extracting(Finding::metric)
        .containsExactlyInAnyOrder("column_added", "column_removed");
  }

  @Test
  void shouldNotGuessWhenTwoColumnsCouldBeTheOne() {
    // given: two new columns with the values of the one that went
    Profiles now =
        ORDERS
            .withRenamed("amount", "amount_net")
            .withColumn(Columns.numbers("amount_gross", ColumnType.DECIMAL, 50, 15));
    Profiles before = ORDERS.withColumn(Columns.numbers("amount", ColumnType.DECIMAL, 50, 15));

    // when
    Evaluation evaluation = against(before, now);

    // then: the one in the same place is clear, the other is simply new
    assertThat(evaluation.renames())
        .extracting(Rename::to)
        .containsExactly(new ColumnName("amount_net"));
  }
}
