package io.profilemesh.drift.processor;

import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.judgement.mapping.PolicyMapping;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.serde.Decoded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * The policies in force, as the global table has them. Looks at the table again only when it has
 * taken in a record, and decodes again only when one is another. For one thread.
 */
public final class PolicyTable {

  /** Name of the global store. */
  public static final String STORE = "policies";

  /** A table that was restored anew tells nothing of it. */
  private static final long MOST_MILLIS_UNSEEN = 1_000;

  private final KeyValueStore<byte[], ValueAndTimestamp<byte[]>> store;
  private final LongSupplier clock;
  private final Function<byte @Nullable [], Decoded<DriftPolicy>> decoder;
  private final RegistryPatience patience;
  private List<byte[]> seen = List.of();
  private DriftPolicies policies = DriftPolicies.builtIn();
  private @Nullable Position looked;
  private long lookedAt;

  private PolicyTable(
      KeyValueStore<byte[], ValueAndTimestamp<byte[]>> store,
      LongSupplier clock,
      Function<byte @Nullable [], Decoded<DriftPolicy>> decoder,
      RegistryPatience patience) {
    this.store = store;
    this.clock = clock;
    this.decoder = decoder;
    this.patience = patience;
  }

  /** The table as a step sees it. */
  static PolicyTable of(
      ProcessorContext<?, ?> context,
      Function<byte @Nullable [], Decoded<DriftPolicy>> decoder,
      RegistryPatience patience) {
    return new PolicyTable(
        context.getStateStore(STORE), context::currentSystemTimeMs, decoder, patience);
  }

  /** The policies in force now; their version is the highest offset among them. */
  DriftPolicies inForce() {
    // Taken before the table is looked at: what comes meanwhile is seen next time.
    Position position = store.getPosition().copy();
    long now = clock.getAsLong();
    if (!position.equals(looked) || now < lookedAt || now - lookedAt >= MOST_MILLIS_UNSEEN) {
      look();
      looked = position;
      lookedAt = now;
    }
    return policies;
  }

  private void look() {
    List<byte[]> records = new ArrayList<>();
    try (KeyValueIterator<byte[], ValueAndTimestamp<byte[]>> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<byte[], ValueAndTimestamp<byte[]>> one = all.next();
        records.add(one.value.value());
      }
    }
    if (!isSeen(records)) {
      policies = read(records);
      seen = records;
    }
  }

  private boolean isSeen(List<byte[]> records) {
    boolean same = records.size() == seen.size();
    for (int i = 0; same && i < records.size(); i++) {
      same = Arrays.equals(records.get(i), seen.get(i));
    }
    return same;
  }

  private DriftPolicies read(List<byte[]> records) {
    long version = 0;
    List<io.profilemesh.core.drift.DriftPolicy> read = new ArrayList<>();
    for (byte[] record : records) {
      Decoded<DriftPolicy> decoded = patience.insist(() -> decoder.apply(record));
      if (decoded instanceof Decoded.Value<DriftPolicy> value) {
        version = Math.max(version, value.record().getVersion());
        if (!value.record().getPolicyId().equals(TakePolicy.MARKER)) {
          read.add(PolicyMapping.read(value.record()));
        }
      }
    }
    return new DriftPolicies(version, read);
  }
}
