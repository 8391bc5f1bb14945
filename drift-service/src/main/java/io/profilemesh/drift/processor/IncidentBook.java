package io.profilemesh.drift.processor;

import io.profilemesh.core.drift.DriftPolicies;
import io.profilemesh.core.drift.EffectivePolicy;
import io.profilemesh.core.drift.Evaluation;
import io.profilemesh.core.drift.FormerColumn;
import io.profilemesh.core.drift.Judgement;
import io.profilemesh.core.drift.KnownChanges;
import io.profilemesh.core.incident.Announcement;
import io.profilemesh.core.incident.Feedback;
import io.profilemesh.core.incident.Incident;
import io.profilemesh.core.incident.IncidentCare;
import io.profilemesh.core.incident.IncidentCourse;
import io.profilemesh.core.incident.IncidentKey;
import io.profilemesh.core.incident.IncidentRules;
import io.profilemesh.core.incident.Reading;
import io.profilemesh.core.incident.RunSeen;
import io.profilemesh.core.incident.Sighting;
import io.profilemesh.core.incident.Step;
import io.profilemesh.core.profile.ColumnDefinition;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.MetricGroup;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.drift.store.IncidentSlot;
import io.profilemesh.drift.store.KnownIncidents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The incidents of one dataset, read from the store once; every change is written at once. */
final class IncidentBook {

  private static final Map<String, MetricGroup> GROUPS =
      Arrays.stream(MetricGroup.values())
          .collect(
              Collectors.toMap(
                  group -> group.name().toLowerCase(Locale.ROOT), Function.identity()));

  private final String dataset;
  private final KeyValueStore<IncidentSlot, KnownIncidents> store;
  private final IncidentRules rules;
  private final IncidentCourse course;
  private final Map<IncidentKey, KnownIncidents> known = new LinkedHashMap<>();
  private final Map<String, Incident> changed = new LinkedHashMap<>();
  private final List<String> forgotten = new ArrayList<>();
  private final List<Announcement> announcements = new ArrayList<>();

  IncidentBook(
      String dataset, KeyValueStore<IncidentSlot, KnownIncidents> store, IncidentRules rules) {
    this.dataset = dataset;
    this.store = store;
    this.rules = rules;
    this.course = new IncidentCourse(rules);
    try (KeyValueIterator<IncidentSlot, KnownIncidents> all =
        store.prefixScan(dataset, IncidentSlot.prefix())) {
      while (all.hasNext()) {
        KeyValue<IncidentSlot, KnownIncidents> one = all.next();
        known.put(one.key.key(), one.value);
      }
    }
  }

  /** Runs of faults that a person confirmed: no baseline is made of them. */
  Set<RunId> confirmedRuns() {
    return runs(Feedback.CONFIRMED);
  }

  /** Runs of changes that a person expected: what they measured is normal. */
  Set<RunId> expectedRuns() {
    return runs(Feedback.EXPECTED);
  }

  private Set<RunId> runs(Feedback feedback) {
    Set<RunId> runs = new HashSet<>();
    all().stream()
        .filter(incident -> incident.care().feedback() == feedback)
        .forEach(incident -> runs.addAll(incident.course().touched()));
    return runs;
  }

  /**
   * What people said, or did not say yet, of changes.
   *
   * @param at place in time of a run; what changed later does not count for it
   */
  KnownChanges changes(Instant at) {
    List<KnownChanges.NewLevel> levels = new ArrayList<>();
    for (Incident incident : all()) {
      MetricGroup group = GROUPS.get(incident.key().group());
      if (group != null
          && incident.care().feedback() == Feedback.EXPECTED
          && incident.origin().at().isBefore(at)) {
        levels.add(
            new KnownChanges.NewLevel(incident.key().column(), group, incident.origin().at()));
      }
    }
    return new KnownChanges(standing(at), levels);
  }

  private Map<ColumnName, FormerColumn.Standing> standing(Instant at) {
    Map<ColumnName, FormerColumn.Standing> standing = new LinkedHashMap<>();
    for (Incident incident : all()) {
      ColumnName column = incident.key().column();
      FormerColumn former = incident.origin().former();
      if (incident.isOpen()
          && column != null
          && former != null
          && !at.isBefore(incident.origin().at())) {
        standing.put(column, new FormerColumn.Standing(former, incident.origin().at()));
      }
    }
    return standing;
  }

  /**
   * Takes in a run: its findings, and for open incidents without one what the run says of them.
   *
   * @param scanned when its scan began, which ends the wait for a run
   */
  void take(
      RunSeen run,
      Instant scanned,
      List<Sighting> sightings,
      Evaluation evaluation,
      DriftPolicies policies,
      TableProfile profile) {
    Map<IncidentKey, List<Sighting>> byKey = new LinkedHashMap<>();
    sightings.forEach(
        sighting -> byKey.computeIfAbsent(sighting.key(), key -> new ArrayList<>()).add(sighting));
    byKey.forEach((key, found) -> keep(course.found(of(key), run, found)));
    for (IncidentKey key : List.copyOf(known.keySet())) {
      Optional<Incident> open = IncidentCourse.open(of(key));
      if (!byKey.containsKey(key) && open.isPresent()) {
        Calm calm = calm(open.get(), evaluation, policies, profile);
        if (calm.judged()) {
          RunSeen seen = key.equals(IncidentKey.MISSING_RUN) ? run.at(scanned) : run;
          keep(course.calm(of(key), seen, calm.reading()));
        }
      }
    }
    acceptLasting(run, policies);
  }

  /** Schema changes that have lasted as long as their policy asks are the schema from now on. */
  private void acceptLasting(RunSeen run, DriftPolicies policies) {
    for (Incident incident : all()) {
      EffectivePolicy policy =
          policies.effective(
              run.dataset(), incident.key().column(), incident.origin().metric(), null);
      Integer runs = policy.acceptSchemaAfterRuns();
      if (incident.isOpen()
          && incident.key().isSchema()
          && runs != null
          && incident.course().runs() >= runs) {
        keep(
            IncidentCare.accept(incident, run.dataset(), policy.policyId(), run.when(), run.ids()));
      }
    }
  }

  /**
   * What a run without finding says of an incident: whether it was judged, and what it measured.
   */
  private record Calm(boolean judged, @Nullable Reading reading) {}

  private static Calm calm(
      Incident incident, Evaluation evaluation, DriftPolicies policies, TableProfile profile) {
    IncidentKey key = incident.key();
    if (key.equals(IncidentKey.MISSING_RUN)) {
      return new Calm(true, null);
    }
    if (evaluation.outcome() == Evaluation.Outcome.NOT_EVALUATED
        || isSilenced(incident, policies, profile)) {
      return new Calm(false, null);
    }
    ColumnName column = key.column();
    boolean gone =
        column != null
            && profile.columns().stream().map(ColumnDefinition::name).noneMatch(column::equals);
    if (key.isSchema() || gone) {
      return new Calm(true, null);
    }
    List<Judgement> judged =
        evaluation.judgements().stream()
            .filter(one -> java.util.Objects.equals(one.column(), column))
            .filter(one -> group(one).equals(key.group()))
            .toList();
    return judged.stream()
        .filter(one -> one.metric().equals(incident.origin().metric()))
        .findFirst()
        .or(() -> judged.stream().findFirst())
        .map(one -> new Calm(true, Reading.of(one)))
        .orElse(new Calm(false, null));
  }

  /** Whether a policy wants no finding of this run: then there being none says nothing. */
  private static boolean isSilenced(
      Incident incident, DriftPolicies policies, TableProfile profile) {
    ColumnName column = incident.key().column();
    ColumnType type =
        profile.columns().stream()
            .filter(definition -> definition.name().equals(column))
            .map(ColumnDefinition::type)
            .findFirst()
            .orElse(null);
    return policies
        .effective(profile.dataset(), column, incident.origin().metric(), type)
        .silences(profile.scannedAt());
  }

  private static String group(Judgement judgement) {
    return judgement.group().name().toLowerCase(Locale.ROOT);
  }

  /** Incidents of a key, the newest last. */
  List<Incident> of(IncidentKey key) {
    return known.getOrDefault(key, KnownIncidents.EMPTY).incidents();
  }

  /** All incidents that are remembered. */
  List<Incident> all() {
    return known.values().stream().flatMap(one -> one.incidents().stream()).toList();
  }

  /** Keeps what became of an incident, and what is to be said about it. */
  void keep(Step step) {
    announcements.addAll(step.announcements());
    Incident incident = step.incident();
    if (incident != null && step.changed()) {
      keep(incident);
    }
  }

  /** Keeps an incident that changed. */
  void keep(Incident incident) {
    IncidentKey key = incident.key();
    KnownIncidents before = known.getOrDefault(key, KnownIncidents.EMPTY);
    KnownIncidents after = before.with(incident);
    before.incidents().stream()
        .filter(old -> after.incidents().stream().noneMatch(one -> one.id().equals(old.id())))
        .forEach(old -> forgotten.add(old.id()));
    known.put(key, after);
    store.put(new IncidentSlot(dataset, key), after);
    changed.put(incident.id(), incident);
  }

  /** Forgets incidents. */
  void forget(Predicate<Incident> gone) {
    for (IncidentKey key : List.copyOf(known.keySet())) {
      KnownIncidents before = known.getOrDefault(key, KnownIncidents.EMPTY);
      KnownIncidents after = before.without(gone);
      if (!after.equals(before)) {
        before.incidents().stream().filter(gone).forEach(one -> forgotten.add(one.id()));
        known.put(key, after);
        if (after.incidents().isEmpty()) {
          store.delete(new IncidentSlot(dataset, key));
        } else {
          store.put(new IncidentSlot(dataset, key), after);
        }
      }
    }
  }

  /** What people are to be told, in order. */
  List<Announcement> announcements() {
    return announcements;
  }

  /** Incidents that changed, as they stand now. */
  List<Incident> changed() {
    return List.copyOf(changed.values());
  }

  /** Ids of incidents that are forgotten. */
  List<String> forgotten() {
    return forgotten;
  }

  int open() {
    return (int) all().stream().filter(Incident::isOpen).count();
  }
}
