package io.profilemesh.drift.processor;

import io.profilemesh.drift.store.ColumnKey;
import io.profilemesh.judgement.memory.ColumnHistory;
import io.profilemesh.judgement.memory.DatasetState;
import io.profilemesh.judgement.memory.RunMemory;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is remembered of a dataset, in the stores of a task. */
record StoredMemory(
    String id,
    KeyValueStore<String, DatasetState> datasets,
    KeyValueStore<ColumnKey, ColumnHistory> histories)
    implements RunMemory {

  @Override
  public DatasetState dataset() {
    DatasetState stored = datasets.get(id);
    return stored == null ? DatasetState.EMPTY : stored;
  }

  @Override
  public Map<String, ColumnHistory> columns() {
    Map<String, ColumnHistory> columns = new TreeMap<>();
    try (KeyValueIterator<ColumnKey, ColumnHistory> all =
        histories.prefixScan(id, ColumnKey.prefix())) {
      while (all.hasNext()) {
        KeyValue<ColumnKey, ColumnHistory> column = all.next();
        columns.put(column.key.column(), column.value);
      }
    }
    return columns;
  }

  @Override
  public void keep(DatasetState state) {
    datasets.put(id, state);
  }

  @Override
  public void keep(String column, ColumnHistory history) {
    ColumnKey key = new ColumnKey(id, column);
    if (history.points().isEmpty()) {
      histories.delete(key);
    } else {
      histories.put(key, history);
    }
  }
}
