package io.profilemesh.judgement.memory;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A memory for the time of a replay. Keeps bytes as the drift service's stores do: what those round
 * is rounded here too, so that a judgement comes out the same to the last digit.
 */
final class ReplayedMemory implements RunMemory {

  private byte[] dataset = DatasetStates.encode(DatasetState.EMPTY);
  private final Map<String, byte[]> columns = new HashMap<>();

  /** Names of the columns that are remembered. */
  Set<String> names() {
    return Set.copyOf(columns.keySet());
  }

  void clear() {
    dataset = DatasetStates.encode(DatasetState.EMPTY);
    columns.clear();
  }

  @Override
  public DatasetState dataset() {
    return DatasetStates.decode(dataset);
  }

  @Override
  public Map<String, ColumnHistory> columns() {
    Map<String, ColumnHistory> decoded = new TreeMap<>();
    columns.forEach((name, bytes) -> decoded.put(name, ColumnHistories.decode(bytes)));
    return decoded;
  }

  @Override
  public void keep(DatasetState state) {
    dataset = DatasetStates.encode(state);
  }

  @Override
  public void keep(String column, ColumnHistory history) {
    if (history.points().isEmpty()) {
      columns.remove(column);
    } else {
      columns.put(column, ColumnHistories.encode(history));
    }
  }
}
