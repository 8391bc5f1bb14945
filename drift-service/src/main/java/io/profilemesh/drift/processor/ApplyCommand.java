package io.profilemesh.drift.processor;

import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.core.incident.Feedback;
import io.profilemesh.core.incident.Incident;
import io.profilemesh.core.incident.IncidentCare;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.drift.mapping.IncidentMapping;
import io.profilemesh.drift.store.ColumnKey;
import io.profilemesh.drift.store.DatasetOrders;
import io.profilemesh.drift.store.IncidentSlot;
import io.profilemesh.drift.store.KnownIncidents;
import io.profilemesh.drift.store.Stores;
import io.profilemesh.judgement.mapping.ProfileMapping;
import io.profilemesh.judgement.memory.ColumnHistory;
import io.profilemesh.judgement.memory.DatasetHistory;
import io.profilemesh.judgement.memory.DatasetState;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftCommandKind;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.serde.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Does what people ask of a dataset and its incidents; the same command twice is one. */
public final class ApplyCommand extends ContextualProcessor<byte[], Step.Command, byte[], Step> {

  private final DriftContext drift;
  private final Function<byte @Nullable [], Decoded<DriftPolicy>> policies;
  private final RegistryPatience patience;
  private @Nullable State state;

  /** The stores, there once the step is started. */
  private record State(
      KeyValueStore<String, DatasetState> datasets,
      KeyValueStore<ColumnKey, ColumnHistory> columns,
      KeyValueStore<IncidentSlot, KnownIncidents> incidents,
      KeyValueStore<String, DatasetOrders> orders,
      PolicyTable policies) {}

  public ApplyCommand(
      DriftContext drift,
      Function<byte @Nullable [], Decoded<DriftPolicy>> policies,
      RegistryPatience patience) {
    this.drift = drift;
    this.policies = policies;
    this.patience = patience;
  }

  @Override
  public void init(ProcessorContext<byte[], Step> context) {
    super.init(context);
    state =
        new State(
            context.getStateStore(Stores.DATASETS),
            context.getStateStore(Stores.COLUMNS),
            context.getStateStore(Stores.INCIDENTS),
            context.getStateStore(Stores.ORDERS),
            PolicyTable.of(context, policies, patience));
  }

  @Override
  public void process(Record<byte[], Step.Command> record) {
    DriftCommand command = record.value().command();
    UUID id = UUID.fromString(command.getCommandId());
    DatasetOrders orders = orders(command.getDatasetId());
    if (orders.commands().contains(id)) {
      return;
    }
    if (command.getKind() != DriftCommandKind.SEED) {
      // A run that is remembered twice is remembered once: many seeds drive out no other command.
      state().orders().put(command.getDatasetId(), orders.withCommand(id));
    }
    IncidentBook book =
        new IncidentBook(command.getDatasetId(), state().incidents(), drift.rules());
    String problem = apply(command, book);
    if (problem == null) {
      tell(record, book);
    } else {
      context()
          .forward(
              drift.refusal(
                  record, record.value().where(), ReasonCode.INVALID_RECORD, problem, null));
    }
  }

  /** Does it; why it cannot be done, or null. */
  private @Nullable String apply(DriftCommand command, IncidentBook book) {
    return switch (command.getKind()) {
      case PIN -> {
        pin(command, RunId.parse(String.valueOf(command.getRunId())));
        yield remember(command);
      }
      case SEED -> remember(command);
      case UNPIN -> pin(command, null);
      case ACCEPT_SCHEMA -> judge(book, command, schemaOf(command), Feedback.EXPECTED);
      case FEEDBACK -> judge(book, command, incident(command), feedback(command));
      case ACKNOWLEDGE ->
          care(
              book,
              command,
              one -> IncidentCare.acknowledge(one, command.getActor(), command.getIssuedAt()));
      case ASSIGN ->
          care(
              book,
              command,
              one ->
                  IncidentCare.assign(
                      one, String.valueOf(command.getAssignee()), command.getIssuedAt()));
      case MUTE -> mute(book, command);
      case FORGET -> forget(book, command);
      case UNKNOWN -> "The kind of command is unknown.";
    };
  }

  private @Nullable String pin(DriftCommand command, @Nullable RunId run) {
    String dataset = command.getDatasetId();
    state().orders().put(dataset, orders(dataset).withPinned(run));
    return null;
  }

  /** Takes the run that the command brings in as history: it is not judged, nobody is told. */
  private @Nullable String remember(DriftCommand command) {
    io.profilemesh.schema.TableProfile brought = command.getProfile();
    if (brought == null) {
      return null;
    }
    String dataset = command.getDatasetId();
    try {
      TableProfile profile = ProfileMapping.read(List.of(brought));
      new DatasetHistory(new StoredMemory(dataset, state().datasets(), state().columns()))
          .seed(profile, orders(dataset).pinned());
      return null;
    } catch (IllegalArgumentException e) {
      return "The profile contradicts itself: " + e.getMessage() + ".";
    }
  }

  private @Nullable String mute(IncidentBook book, DriftCommand command) {
    if (command.getIncidentId() != null) {
      return care(
          book, command, one -> IncidentCare.mute(one, command.getUntil(), command.getIssuedAt()));
    }
    String dataset = command.getDatasetId();
    state()
        .orders()
        .put(
            dataset,
            orders(dataset).withMute(command.getColumn(), command.getMetric(), command.getUntil()));
    return null;
  }

  private @Nullable String care(
      IncidentBook book, DriftCommand command, Function<Incident, Incident> change) {
    List<Incident> meant = book.all().stream().filter(incident(command)).toList();
    for (Incident one : meant) {
      book.keep(change.apply(one));
    }
    return meant.isEmpty() ? "The dataset has no such incident." : null;
  }

  private @Nullable String judge(
      IncidentBook book, DriftCommand command, Predicate<Incident> which, Feedback feedback) {
    List<Incident> meant = book.all().stream().filter(which).toList();
    DatasetId dataset = DatasetId.parse(command.getDatasetId());
    IncidentMapping mapping = new IncidentMapping(drift.environment(), dataset);
    for (Incident one : meant) {
      book.keep(IncidentCare.judge(one, dataset, feedback, command.getIssuedAt(), mapping.ids()));
    }
    return meant.isEmpty() ? "The dataset has no such incident." : null;
  }

  private static Feedback feedback(DriftCommand command) {
    return Feedback.valueOf(String.valueOf(command.getFeedback()));
  }

  /** The incident that is named; without a name, the open ones of the column, or of all. */
  private static Predicate<Incident> incident(DriftCommand command) {
    String id = command.getIncidentId();
    return id == null
        ? incident -> incident.isOpen() && isOf(incident, command.getColumn())
        : incident -> incident.id().equals(id);
  }

  private static Predicate<Incident> schemaOf(DriftCommand command) {
    return incident(command).and(incident -> incident.key().isSchema());
  }

  private static boolean isOf(Incident incident, @Nullable String column) {
    ColumnName name = incident.key().column();
    return column == null || (name != null && name.value().equals(column));
  }

  private @Nullable String forget(IncidentBook book, DriftCommand command) {
    String dataset = command.getDatasetId();
    book.forget(incident -> true);
    List<ColumnKey> keys = new ArrayList<>();
    try (KeyValueIterator<ColumnKey, ColumnHistory> all =
        state().columns().prefixScan(dataset, ColumnKey.prefix())) {
      all.forEachRemaining(one -> keys.add(one.key));
    }
    keys.forEach(state().columns()::delete);
    state().datasets().delete(dataset);
    state().orders().delete(dataset);
    return null;
  }

  private void tell(Record<byte[], Step.Command> record, IncidentBook book) {
    DatasetId dataset = DatasetId.parse(record.value().command().getDatasetId());
    DriftPolicies inForce = state().policies().inForce();
    Telling telling =
        new Telling(
            drift,
            new IncidentMapping(drift.environment(), dataset),
            orders(dataset.toString()),
            context()::forward);
    telling.announce(record, book, Map.of(), inForce.version());
    telling.stand(record, book);
  }

  private DatasetOrders orders(String dataset) {
    return Optional.ofNullable(state().orders().get(dataset)).orElse(DatasetOrders.EMPTY);
  }

  private State state() {
    State started = state;
    if (started == null) {
      throw new IllegalStateException("the step was not started");
    }
    return started;
  }
}
