package io.profilemesh.drift.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.Metric;
import io.profilemesh.core.profile.MetricValue;
import io.profilemesh.judgement.memory.ColumnHistories;
import io.profilemesh.judgement.memory.ColumnHistory;
import io.profilemesh.judgement.memory.ColumnPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownHistoriesTest {

  private static ColumnHistory history(int nulls) {
    ColumnDefinition price =
        new ColumnDefinition(new ColumnName("price"), 1, "integer", ColumnType.INTEGER, true, null);
    return new ColumnHistory(
        List.of(
            new ColumnPoint(
                7, price, Map.of(Metric.NULL_COUNT, MetricValue.exact(nulls)), null, null)));
  }

  @Test
  void shouldSayWhatTheBytesSayWhetherItKnowsThemOrNot() {
    // given
    KnownHistories known = new KnownHistories(1 << 20);

    // when
    byte[] bytes = known.encode(history(3));
    ColumnHistory first = known.decode(bytes.clone());
    ColumnHistory again = known.decode(bytes.clone());

    // then: the first is handed over, the second taken apart
    assertThat(bytes).isEqualTo(ColumnHistories.encode(history(3)));
    assertThat(first).isEqualTo(ColumnHistories.decode(bytes)).isEqualTo(again);
    assertThat(first).isNotSameAs(again);
  }

  @Test
  void shouldNeverAnswerForOtherBytes() {
    // given: written later, but the store went back to what it was
    KnownHistories known = new KnownHistories(1 << 20);
    byte[] before = known.encode(history(3));
    known.encode(history(4));

    // when / then
    assertThat(known.decode(before)).isEqualTo(ColumnHistories.decode(before));
    assertThat(known.decode(before)).isEqualTo(ColumnHistories.decode(before));
  }

  @Test
  void shouldKeepToItsMemoryWhenThereAreManyMore() {
    // given: room for some of them
    KnownHistories known = new KnownHistories(20_000);
    List<byte[]> written = new ArrayList<>();

    // when
    for (int i = 0; i < 1_000; i++) {
      written.add(known.encode(history(i)));
    }

    // then: the newest are there
    assertThat(known.size()).isBetween(5, 20);
    assertThat(known.decode(written.get(0))).isEqualTo(ColumnHistories.decode(written.get(0)));
    int before = known.size();
    known.decode(written.get(999));
    assertThat(known.size()).isEqualTo(before - 1);
  }
}
