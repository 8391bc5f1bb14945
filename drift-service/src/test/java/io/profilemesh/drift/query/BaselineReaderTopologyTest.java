package io.profilemesh.drift.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.Profiles;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.drift.TopologyHarness;
import io.profilemesh.drift.WireProfiles;
import io.profilemesh.drift.store.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the state that the topology has written. */
class BaselineReaderTopologyTest {

  private static final String ORDERS = "shop/public/orders";

  @TempDir Path directory;

  @Test
  void shouldTellRunsNewestFirstAndMetricsOverThem() {
    try (TopologyHarness harness = TopologyHarness.in(directory)) {
      // given
      for (int day = 0; day < 3; day++) {
        harness.send(
            WireProfiles.whole(
                Profiles.orders()
                    .withRun("run-" + day)
                    .withScannedAt(WireProfiles.day(day))
                    .withNullPercent("email", 2 + day)));
      }

      // when
      BaselineView view = reader(harness).read(ORDERS, "email").orElseThrow();

      // then
      assertThat(view.runs())
          .extracting(BaselineView.Run::runId)
          .containsExactly(
              Profiles.orders().withRun("run-2").build().runId().toString(),
              Profiles.orders().withRun("run-1").build().runId().toString(),
              Profiles.orders().withRun("run-0").build().runId().toString());
      assertThat(view.columns())
          .extracting(BaselineView.Column::name)
          .containsExactlyElementsOf(
              Profiles.orders().build().columns().stream()
                  .map(column -> column.name().value())
                  .toList());
      BaselineView.Column email =
          view.columns().stream()
              .filter(column -> column.name().equals("email"))
              .findFirst()
              .orElseThrow();
      double rows = Profiles.orders().build().rowCount();
      assertThat(email.metrics().get("null_count"))
          .isEqualTo(
              new BaselineView.Series(3, 0.04 * rows, 0.03 * rows, 0.02 * rows, 0.04 * rows));
      assertThat(email.points()).hasSize(3);
      assertThat(view.columns().get(0).points()).as("only of the column asked for").isNull();
    }
  }

  @Test
  void shouldKnowNothingOfADatasetThatNeverCame() {
    try (TopologyHarness harness = TopologyHarness.in(directory)) {
      assertThat(reader(harness).read(ORDERS, null)).isEmpty();
    }
  }

  @Test
  void shouldNameTheRunThatIsPinned() {
    try (TopologyHarness harness = TopologyHarness.in(directory)) {
      // given
      RunId run = Profiles.orders().withRun("run-0").build().runId();
      harness.send(WireProfiles.whole(Profiles.orders().withRun("run-0")));
      harness
          .driver()
          .<String, io.profilemesh.drift.store.DatasetOrders>getKeyValueStore(Stores.ORDERS)
          .put(ORDERS, io.profilemesh.drift.store.DatasetOrders.EMPTY.withPinned(run));

      // when / then
      assertThat(reader(harness).read(ORDERS, null).orElseThrow().pinnedRun())
          .isEqualTo(run.toString());
    }
  }

  private static BaselineReader reader(TopologyHarness harness) {
    return new BaselineReader(
        harness.driver().getKeyValueStore(Stores.DATASETS),
        harness.driver().getKeyValueStore(Stores.COLUMNS),
        harness.driver().getKeyValueStore(Stores.ORDERS));
  }
}
