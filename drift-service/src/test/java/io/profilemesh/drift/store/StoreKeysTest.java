package io.profilemesh.drift.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.drift.store.IncompleteRuns.FirstPart;
import io.profilemesh.drift.store.IncompleteRuns.PartSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreKeysTest {

  @Test
  void shouldReadBackKeysAndWaitingParts() {
    // given
    PartSet set =
        new PartSet("run", 2, 3, -5, Map.of(0, 1L, 2, -1L), new FirstPart("t", 4, 99, 1, 512));
    IncompleteRuns runs = new IncompleteRuns(List.of(set));
    ColumnKey column = new ColumnKey("shop/public/orders", "größe\n");
    PartKey part = new PartKey("shop/public/orders", "run", 2, 11);

    // when / then
    assertThat(through(IncompleteRuns.serde(), runs)).isEqualTo(runs);
    assertThat(through(ColumnKey.serde(), column)).isEqualTo(column);
    assertThat(through(PartKey.serde(), part)).isEqualTo(part);
  }

  private static <T> T through(org.apache.kafka.common.serialization.Serde<T> serde, T value) {
    return serde.deserializer().deserialize("topic", serde.serializer().serialize("topic", value));
  }
}
