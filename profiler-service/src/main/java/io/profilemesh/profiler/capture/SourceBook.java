package io.profilemesh.profiler.capture;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.schema.CaptureState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the topic of capture states says of one source. Guarded by its user. */
final class SourceBook {

  private volatile @Nullable SourceProgress progress;
  private final Map<CapturedTable, TableChanges> tables = new HashMap<>();
  private final Set<CapturedTable> pending = new HashSet<>();

  /** Takes a record of the topic over; the last one of a key counts. */
  void apply(CaptureState state) {
    String dataset = state.getDatasetId();
    if (dataset == null) {
      progress = CaptureRecords.progress(state);
    } else {
      put(CapturedTable.of(DatasetId.parse(dataset)), CaptureRecords.changes(state));
    }
  }

  /** Takes the removal of a record over. */
  void forget(@Nullable DatasetId dataset) {
    if (dataset == null) {
      progress = null;
    } else {
      tables.remove(CapturedTable.of(dataset));
      pending.remove(CapturedTable.of(dataset));
    }
  }

  /** Empty for a source that has never been followed. */
  Optional<SourceProgress> progress() {
    return Optional.ofNullable(progress);
  }

  void progress(SourceProgress reached) {
    progress = reached;
  }

  /** Every table known, in no order. */
  Set<CapturedTable> tables() {
    return tables.keySet();
  }

  /** Tables with changes since their last request, in no order. */
  Set<CapturedTable> pending() {
    return pending;
  }

  Optional<TableChanges> table(CapturedTable table) {
    return Optional.ofNullable(tables.get(table));
  }

  void removeAll(Set<CapturedTable> gone) {
    tables.keySet().removeAll(gone);
    pending.removeAll(gone);
  }

  void putAll(Map<CapturedTable, TableChanges> changed) {
    changed.forEach(this::put);
  }

  private void put(CapturedTable table, TableChanges changes) {
    tables.put(table, changes);
    if (changes.isPending()) {
      pending.add(table);
    } else {
      pending.remove(table);
    }
  }

  boolean isEmpty() {
    return progress == null && tables.isEmpty();
  }
}
