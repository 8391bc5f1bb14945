package io.profilemesh.profiler.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventData;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import com.github.shyiko.mysql.binlog.event.XidEventData;
import java.io.Serializable;
import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinlogCounterTest {

  private static final CapturedTable ORDERS = new CapturedTable("shop", "orders");
  private static final Serializable[] ROW = {1};

  private final RecordingSink sink = new RecordingSink();
  private final BinlogCounter counter = new BinlogCounter(sink);

  @Test
  void shouldCountRowsByTable() {
    // when
    assertThat(take(EventType.QUERY, query("shop", "BEGIN"))).isFalse();
    take(EventType.TABLE_MAP, map(7, "orders"));
    WriteRowsEventData written = new WriteRowsEventData();
    written.setTableId(7);
    written.setRows(List.of(ROW, ROW, ROW));
    assertThat(take(EventType.EXT_WRITE_ROWS, written)).isFalse();
    UpdateRowsEventData updated = new UpdateRowsEventData();
    updated.setTableId(7);
    updated.setRows(List.of(new SimpleEntry<>(ROW, ROW)));
    take(EventType.EXT_UPDATE_ROWS, updated);
    DeleteRowsEventData deleted = new DeleteRowsEventData();
    deleted.setTableId(7);
    deleted.setRows(List.of(ROW, ROW));
    take(EventType.EXT_DELETE_ROWS, deleted);

    // then
    assertThat(take(EventType.XID, new XidEventData())).isTrue();
    assertThat(sink.taken()).isEqualTo(Map.of(ORDERS, new ChangeCounts(3, 1, 2, 0)));
  }

  @ParameterizedTest
  @CsvSource({
    "TRUNCATE orders",
    "truncate table orders",
    "/* nightly */ TRUNCATE TABLE `shop`.`orders`",
    "TRUNCATE shop . orders"
  })
  void shouldSeeTruncates(String sql) {
    assertThat(take(EventType.QUERY, query("shop", sql))).isTrue();
    assertThat(sink.taken()).isEqualTo(Map.of(ORDERS, new ChangeCounts(0, 0, 0, 1)));
  }

  @Test
  void shouldTakeOtherStatementsForNoChange() {
    assertThat(take(EventType.QUERY, query("shop", "ALTER TABLE orders ADD x int"))).isTrue();
    assertThat(take(EventType.QUERY, query("shop", "SAVEPOINT one"))).isFalse();
    assertThat(sink.taken()).isEmpty();
  }

  private boolean take(EventType type, EventData data) {
    EventHeaderV4 header = new EventHeaderV4();
    header.setEventType(type);
    return counter.take(new Event(header, data));
  }

  private static TableMapEventData map(long id, String table) {
    TableMapEventData map = new TableMapEventData();
    map.setTableId(id);
    map.setDatabase("shop");
    map.setTable(table);
    return map;
  }

  private static QueryEventData query(String database, String sql) {
    QueryEventData query = new QueryEventData();
    query.setDatabase(database);
    query.setSql(sql);
    return query;
  }
}
