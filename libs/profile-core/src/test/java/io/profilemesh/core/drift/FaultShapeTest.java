package io.profilemesh.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Columns;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.TableProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultShapeTest {

  private static final Profiles ORDERS = Profiles.orders().withRowCount(5_000);

  private static String shape(String column, Profiles now) {
    TableProfile before = ORDERS.build();
    return FaultShape.ofColumn(view(column, before), view(column, now.build()), before);
  }

  private static ColumnView view(String column, TableProfile profile) {
    return new ColumnView(
        ComparedMetrics.of(
            profile.column(new ColumnName(column)).orElseThrow(), profile.rowCount()),
        profile.rowCount(),
        profile.scannedAt());
  }

  @Test
  void shouldRecogniseSwappedColumns() {
    assertThat(
            shape(
                "amount",
                ORDERS.withColumn(Columns.numbers("amount", ColumnType.INTEGER, 5000, 1500))))
        .isEqualTo(": the values look like those of customer_id, were columns swapped?");
  }

  @Test
  void shouldRecogniseAConstantAdded() {
    assertThat(shape("amount", ORDERS.withMean("amount", 65)))
        .isEqualTo(": every value is about 15 higher, was a constant added?");
    assertThat(shape("amount", ORDERS)).isEmpty();
  }

  @Test
  void shouldRecogniseADefaultFilledIn() {
    assertThat(
            shape(
                "status",
                ORDERS.withCategories(
                    "status", Map.of("paid", 0.56, "open", 0.16, "returned", 0.28))))
        .contains("took its share from all others alike, was a default filled in?");
    assertThat(
            shape(
                "status",
                ORDERS.withCategories(
                    "status", Map.of("paid", 0.7, "open", 0.02, "returned", 0.28))))
        .isEmpty();
  }

  @Test
  void shouldRecogniseValuesCutOff() {
    // given
    double longest =
        ORDERS
            .build()
            .column(new ColumnName("email"))
            .orElseThrow()
            .number(Metric.MAX_LENGTH)
            .orElseThrow();

    // when
    String shape =
        shape(
            "email",
            ORDERS
                .withMetric("email", Metric.MAX_LENGTH, longest - 5)
                .withMetric("email", Metric.AVERAGE_LENGTH, 15));

    // then
    assertThat(shape).startsWith(": none is longer than ").endsWith("were values cut off?");
  }
}
