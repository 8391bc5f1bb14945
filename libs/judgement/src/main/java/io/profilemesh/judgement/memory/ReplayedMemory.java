package io.profilemesh.judgement.memory;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A memory for the time of a replay. What is kept goes through bytes, as in the drift service's
 * stores: what those round is rounded here too, so that a judgement comes out the same to the last
 * digit.
 */
final class ReplayedMemory implements RunMemory {

  private DatasetState dataset = DatasetState.EMPTY;
  private final Map<String, ColumnHistory> columns = new TreeMap<>();

  /** Names of the columns that are remembered. */
  Set<String> names() {
    return Set.copyOf(columns.keySet());
  }

  @Override
  public DatasetState dataset() {
    return dataset;
  }

  @Override
  public Map<String, ColumnHistory> columns() {
    return Map.copyOf(columns);
  }

  @Override
  public void keep(DatasetState state) {
    dataset = DatasetStates.decode(DatasetStates.encode(state));
  }

  @Override
  public void keep(String column, ColumnHistory history) {
    if (history.points().isEmpty()) {
      columns.remove(column);
    } else {
      columns.put(column, ColumnHistories.decode(ColumnHistories.encode(history)));
    }
  }
}
