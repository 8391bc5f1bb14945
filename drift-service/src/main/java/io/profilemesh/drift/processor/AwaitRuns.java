package io.profilemesh.drift.processor;

import io.profilemesh.core.drift.DriftKind;
import io.profilemesh.core.drift.Severity;
import io.profilemesh.core.incident.IncidentCourse;
import io.profilemesh.core.incident.IncidentKey;
import io.profilemesh.core.incident.RunSeen;
import io.profilemesh.core.incident.Sighting;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.drift.mapping.IncidentMapping;
import io.profilemesh.drift.store.Awaited;
import io.profilemesh.drift.store.DatasetOrders;
import io.profilemesh.drift.store.IncidentSlot;
import io.profilemesh.drift.store.KnownIncidents;
import io.profilemesh.drift.store.Stores;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.EventIds;
import io.profilemesh.schema.Expectation;
import io.profilemesh.schema.ScheduleCommand;
import io.profilemesh.schema.serde.Decoded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Learns when runs are due, and looks at the clock for those that did not come. The only step that
 * the time of day moves.
 */
public final class AwaitRuns extends ContextualProcessor<byte[], byte[], byte[], Step> {

  private static final Duration LOOK = Duration.ofSeconds(15);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final DriftContext drift;
  private final Intake<Expectation> intake;
  private final Function<byte @Nullable [], Decoded<DriftPolicy>> policies;
  private final Function<byte @Nullable [], Decoded<ScheduleCommand>> pauses;
  private final RegistryPatience patience;
  private @Nullable State state;

  /** The stores, there once the step is started. */
  private record State(
      KeyValueStore<String, Awaited> awaited,
      KeyValueStore<IncidentSlot, KnownIncidents> incidents,
      KeyValueStore<String, DatasetOrders> orders,
      PolicyTable policies,
      PipelinePauses pauses) {}

  public AwaitRuns(
      DriftContext drift,
      Function<byte @Nullable [], Decoded<Expectation>> decoder,
      Function<byte @Nullable [], Decoded<DriftPolicy>> policies,
      Function<byte @Nullable [], Decoded<ScheduleCommand>> pauses,
      RegistryPatience patience) {
    this.drift = drift;
    this.intake = new Intake<>(drift, decoder, patience, expectation -> Optional.empty());
    this.policies = policies;
    this.pauses = pauses;
    this.patience = patience;
  }

  @Override
  public void init(ProcessorContext<byte[], Step> context) {
    super.init(context);
    state =
        new State(
            context.getStateStore(Stores.AWAITED),
            context.getStateStore(Stores.INCIDENTS),
            context.getStateStore(Stores.ORDERS),
            PolicyTable.of(context, policies, patience),
            PipelinePauses.of(context, pauses, patience));
    context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::look);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.value() == null) {
      String dataset = Intake.text(record.key());
      if (dataset != null) {
        state().awaited().delete(dataset);
      }
      return;
    }
    intake.read(context(), record, this::expect);
  }

  /** The newest expectation counts. */
  private void expect(Expectation expectation) {
    Awaited known = state().awaited().get(expectation.getDatasetId());
    if (known == null || expectation.getDueAt().isAfter(known.due())) {
      state()
          .awaited()
          .put(
              expectation.getDatasetId(),
              new Awaited(
                  expectation.getDueAt(),
                  Duration.ofSeconds(expectation.getGraceSeconds()),
                  false,
                  expectation.getPipeline(),
                  expectation.getOwner(),
                  expectation.getTags()));
    }
  }

  private void look(long clock) {
    Instant now = Instant.ofEpochMilli(clock);
    List<KeyValue<String, Awaited>> overdue = new ArrayList<>();
    try (KeyValueIterator<String, Awaited> all = state().awaited().all()) {
      all.forEachRemaining(
          one -> {
            if (one.value.isOverdue(now)) {
              overdue.add(one);
            }
          });
    }
    for (KeyValue<String, Awaited> one : overdue) {
      switch (state().pauses().on(one.value.pipeline(), one.value.due())) {
        case NONE -> miss(one.key, one.value, now);
        case WAITS -> {}
        case LAPSED -> state().awaited().delete(one.key);
      }
    }
  }

  private void miss(String key, Awaited awaited, Instant now) {
    state().awaited().put(key, awaited.told());
    DatasetId dataset = DatasetId.parse(key);
    IncidentMapping mapping = new IncidentMapping(drift.environment(), dataset);
    IncidentBook book = new IncidentBook(key, state().incidents(), drift.rules());
    DatasetOrders orders =
        Optional.ofNullable(state().orders().get(key)).orElse(DatasetOrders.EMPTY);
    RunSeen run =
        new RunSeen(
            dataset, null, awaited.due(), now, awaited.owner(), awaited.tags(), mapping.ids());
    Sighting sighting = sighting(dataset, awaited, orders, now);
    book.keep(
        new IncidentCourse(drift.rules())
            .found(book.of(IncidentKey.MISSING_RUN), run, List.of(sighting)));
    Record<byte[], String> cause =
        new Record<>(
            key.getBytes(StandardCharsets.UTF_8), key, now.toEpochMilli(), new RecordHeaders());
    Telling telling = new Telling(drift, mapping, orders, context()::forward);
    telling.announce(cause, book, Map.of(), state().policies().inForce().version());
    telling.stand(cause, book);
  }

  private Sighting sighting(DatasetId dataset, Awaited awaited, DatasetOrders orders, Instant now) {
    String metric = IncidentKey.MISSING_RUN.group();
    String message =
        "%s: the run that was due at %s did not come, %s after that."
            .formatted(name(dataset), MINUTE.format(awaited.due()), minutes(awaited.due(), now));
    return new Sighting(
        EventIds.of(drift.environment(), dataset.toString(), awaited.due().toString()),
        DriftKind.MISSING_RUN,
        IncidentKey.MISSING_RUN,
        metric,
        "expectation",
        Severity.HIGH,
        0,
        null,
        null,
        null,
        message,
        orders.mutes(null, metric, now));
  }

  private static String name(DatasetId dataset) {
    String table =
        dataset.slice() == null ? dataset.table() : dataset.table() + "@" + dataset.slice();
    return table.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
  }

  private static String minutes(Instant due, Instant now) {
    long minutes = Math.max(1, Duration.between(due, now).toMinutes());
    return minutes == 1 ? "a minute" : minutes + " minutes";
  }

  private State state() {
    State started = state;
    if (started == null) {
      throw new IllegalStateException("the step was not started");
    }
    return started;
  }
}
