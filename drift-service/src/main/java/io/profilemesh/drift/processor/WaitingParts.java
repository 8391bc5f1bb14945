package io.profilemesh.drift.processor;

import io.profilemesh.drift.store.IncompleteRuns;
import io.profilemesh.drift.store.IncompleteRuns.PartSet;
import io.profilemesh.drift.store.PartKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Parts whose siblings are still missing: the list of sets of a dataset in one store, the bytes of
 * their parts in another.
 */
final class WaitingParts {

  private final KeyValueStore<String, IncompleteRuns> incomplete;
  private final KeyValueStore<PartKey, byte[]> parts;

  WaitingParts(
      KeyValueStore<String, IncompleteRuns> incomplete, KeyValueStore<PartKey, byte[]> parts) {
    this.incomplete = incomplete;
    this.parts = parts;
  }

  IncompleteRuns of(String dataset) {
    IncompleteRuns runs = incomplete.get(dataset);
    return runs == null ? IncompleteRuns.EMPTY : runs;
  }

  byte[] value(String dataset, PartSet set, int index) {
    byte[] value = parts.get(key(dataset, set, index));
    if (value == null) {
      throw new IllegalStateException("a part that was listed is stored");
    }
    return value;
  }

  /**
   * Keeps a part.
   *
   * @param set the set with the part in it
   * @return sets that had to go, as too many of the dataset wait
   */
  List<PartSet> keep(String dataset, PartSet set, int index, byte[] value) {
    parts.put(key(dataset, set, index), value);
    IncompleteRuns runs = of(dataset).with(set);
    List<PartSet> tooMany =
        List.copyOf(
            runs.sets().subList(0, Math.max(0, runs.sets().size() - IncompleteRuns.MOST_SETS)));
    tooMany.forEach(gone -> deleteParts(dataset, gone));
    incomplete.put(dataset, runs.without(tooMany));
    return tooMany;
  }

  /** Removes what waits of a run, of whatever attempt. */
  void forget(String dataset, String run) {
    IncompleteRuns runs = of(dataset);
    remove(dataset, runs.sets().stream().filter(set -> set.run().equals(run)).toList());
  }

  /** Removes the sets, by dataset, of which the first part came before an instant. */
  List<KeyValue<String, List<PartSet>>> removeOlderThan(long timestamp) {
    List<KeyValue<String, List<PartSet>>> old = new ArrayList<>();
    try (KeyValueIterator<String, IncompleteRuns> all = incomplete.all()) {
      all.forEachRemaining(
          waiting ->
              old.add(
                  KeyValue.pair(
                      waiting.key,
                      waiting.value.sets().stream()
                          .filter(set -> set.first().timestamp() < timestamp)
                          .toList())));
    }
    old.forEach(sets -> remove(sets.key, sets.value));
    return old;
  }

  private void remove(String dataset, List<PartSet> gone) {
    if (!gone.isEmpty()) {
      gone.forEach(set -> deleteParts(dataset, set));
      IncompleteRuns rest = of(dataset).without(gone);
      if (rest.sets().isEmpty()) {
        incomplete.delete(dataset);
      } else {
        incomplete.put(dataset, rest);
      }
    }
  }

  private void deleteParts(String dataset, PartSet set) {
    set.parts().keySet().forEach(index -> parts.delete(key(dataset, set, index)));
  }

  private static PartKey key(String dataset, PartSet set, int index) {
    return new PartKey(dataset, set.run(), set.attempt(), index);
  }
}
