package io.profilemesh.profiler.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PositionsTest {

  @Test
  void shouldComeBackAsTheyWent() {
    // given
    Map<TopicPartition, Long> offsets =
        Map.of(
            new TopicPartition("cdc.shop.orders", 0), 17L,
            new TopicPartition("cdc.shop.orders", 11), 0L,
            new TopicPartition("cdc.shop", 1), 3L);
    BinlogPosition place = new BinlogPosition("mysql-bin.000042", 154);

    // then
    assertThat(TopicPositions.read(TopicPositions.of(offsets))).isEqualTo(offsets);
    assertThat(BinlogPosition.of(place.toPosition())).contains(place);
  }

  @Test
  void shouldCountForNothingWhenOfAnotherKind() {
    // given
    LogPosition other =
        new LogPosition(new byte[0], "{\"lsn\":17}".getBytes(StandardCharsets.UTF_8));

    // then
    assertThat(TopicPositions.read(other)).isEmpty();
    assertThat(BinlogPosition.of(other)).isEmpty();
    assertThat(TopicPositions.read(null)).isEmpty();
    assertThat(BinlogPosition.of(null)).isEmpty();
  }

  @Test
  void shouldGoOnAfterTheLastWholeTransaction() {
    // given: the engine's own position may lie inside a later one
    LogPosition engine = position("{\"lsn\":190,\"lsn_proc\":185,\"lsn_commit\":170,\"txId\":7}");

    // then
    assertThat(EnginePosition.wholeTransactions(engine)).hasValue(170);
    assertThat(EnginePosition.wholeTransactions(EnginePosition.at(42))).hasValue(42);
    assertThat(EnginePosition.wholeTransactions(position("{\"cdc.orders\":{\"0\":17}}"))).isEmpty();
    assertThat(EnginePosition.wholeTransactions(position("mysql-bin.000042:154"))).isEmpty();
  }

  private static LogPosition position(String value) {
    return new LogPosition(new byte[0], value.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldNameSlotsByMeshSourceAndDatabase() {
    // given
    String slot = SlotNames.of("production/profilemesh.", "Ware-House.1", "shop");

    // then
    assertThat(slot).matches("profilemesh_ware_house_1_[0-9a-f]{8}").hasSizeLessThan(64);
    assertThat(SlotNames.of("production/profilemesh.", "Ware-House.1", "shop")).isEqualTo(slot);
    assertThat(SlotNames.of("test/profilemesh.", "Ware-House.1", "shop")).isNotEqualTo(slot);
    assertThat(SlotNames.of("m", "x".repeat(63), "d")).hasSizeLessThan(64);
  }
}
