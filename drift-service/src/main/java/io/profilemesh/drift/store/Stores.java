package io.profilemesh.drift.store;

import io.profilemesh.judgement.memory.ColumnHistory;
import io.profilemesh.judgement.memory.DatasetState;
import io.profilemesh.judgement.memory.DatasetStates;
import io.profilemesh.schema.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The state stores. Their names are part of the names of changelog topics: a renamed store is an
 * empty one.
 */
public final class Stores {

  /** {@link DatasetState} by dataset id. */
  public static final String DATASETS = "datasets";

  /** {@link ColumnHistory} by {@link ColumnKey}. */
  public static final String COLUMNS = "columns";

  /** {@link IncompleteRuns} by dataset id; only datasets for which something waits. */
  public static final String INCOMPLETE = "incomplete-runs";

  /** Values of waiting parts, as they came, by {@link PartKey}. */
  public static final String PARTS = "waiting-parts";

  /** {@link KnownIncidents} by {@link IncidentSlot}. */
  public static final String INCIDENTS = "incidents";

  /** {@link DatasetOrders} by dataset id. */
  public static final String ORDERS = "orders";

  /** {@link Awaited} by dataset id; only scheduled datasets. */
  public static final String AWAITED = "awaited-runs";

  /** A changelog takes whatever the topic took, with room for its keys. */
  private static final Map<String, String> CHANGELOG =
      Map.of("max.message.bytes", Integer.toString(Topics.MAX_MESSAGE_BYTES + 65_536));

  private Stores() {}

  /** Builders of all stores: persistent, logged, and uncached, so that nothing is held back. */
  public static List<StoreBuilder<?>> builders() {
    KnownHistories known = KnownHistories.ofHeap(Runtime.getRuntime().maxMemory());
    return List.of(
        store(
            DATASETS,
            Serdes.String(),
            new BinarySerde<>(DatasetStates::encode, DatasetStates::decode)),
        store(COLUMNS, ColumnKey.serde(), new BinarySerde<>(known::encode, known::decode)),
        store(INCOMPLETE, Serdes.String(), IncompleteRuns.serde()),
        store(PARTS, PartKey.serde(), Serdes.ByteArray()),
        store(INCIDENTS, IncidentSlot.serde(), KnownIncidents.serde()),
        store(ORDERS, Serdes.String(), DatasetOrders.serde()),
        store(AWAITED, Serdes.String(), Awaited.serde()));
  }

  private static <K, V> StoreBuilder<KeyValueStore<K, V>> store(
      String name, Serde<K> keys, Serde<V> values) {
    return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
            org.apache.kafka.streams.state.Stores.persistentKeyValueStore(name), keys, values)
        .withCachingDisabled()
        .withLoggingEnabled(CHANGELOG);
  }
}
