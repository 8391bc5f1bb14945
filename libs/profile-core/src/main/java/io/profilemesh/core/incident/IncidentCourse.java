package io.profilemesh.core.incident;

import io.profilemesh.core.incident.Announcement.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run does to the incidents of a key. A function of what it is given: known incidents and a
 * run in, the incident as it stands and what to announce out. Safe for use by many threads.
 */
public final class IncidentCourse {

  /** Of the way back to where it came from: this much may be left to count as back. */
  private static final double BACK = 0.25;

  private final IncidentRules rules;

  public IncidentCourse(IncidentRules rules) {
    this.rules = rules;
  }

  /**
   * A run had findings.
   *
   * @param known incidents of the key, the newest last
   * @param sightings findings of the key, at least one
   */
  public Step found(List<Incident> known, RunSeen run, List<Sighting> sightings) {
    Optional<Incident> open = open(known);
    if (open.isEmpty()) {
      return known.stream()
          .filter(incident -> incident.spans(run.at()))
          .reduce((first, last) -> last)
          .map(Step::unchanged)
          .orElseGet(() -> tell(Set.of(), Incident.opened(run, sightings), run, sightings));
    }
    Incident incident = open.get();
    if (run.at().isBefore(incident.course().at())) {
      return Step.unchanged(incident);
    }
    if (run.run() != null && run.run().equals(incident.course().run())) {
      return Step.unchanged(incident);
    }
    Sighting lead = Incident.lead(sightings);
    return isBack(incident, lead)
        ? back(incident, run, lead)
        : tell(incident.scale().changes(), incident.touched(run, sightings), run, sightings);
  }

  /**
   * A run was judged and had no finding.
   *
   * @param known incidents of the key, the newest last
   * @param reading what it measured; null where nothing was measured
   */
  public Step calm(List<Incident> known, RunSeen run, @Nullable Reading reading) {
    Optional<Incident> open = open(known);
    if (open.isEmpty()) {
      return Step.NOTHING;
    }
    Incident incident = open.get();
    if (run.at().isBefore(incident.course().at())) {
      return Step.NOTHING;
    }
    if (incident.course().calm() + 1 < rules.resolveAfterRuns()) {
      return Step.silent(incident.calmed(run));
    }
    String message = Endings.of(incident, run, reading);
    return resolve(incident, run, run.ids().resolution(incident), message, null);
  }

  /** The incident that is open; empty when none is. */
  public static Optional<Incident> open(List<Incident> known) {
    return known.stream().filter(Incident::isOpen).findFirst();
  }

  private Step back(Incident incident, RunSeen run, Sighting sighting) {
    return incident.course().calm() + 1 < rules.resolveAfterRuns()
        ? Step.silent(incident.calmed(run))
        : resolve(incident, run, sighting.eventId(), sighting.message(), sighting);
  }

  private static Step resolve(
      Incident incident, RunSeen run, String event, String message, @Nullable Sighting sighting) {
    Incident over = incident.resolved(run.run(), run.at(), run.when(), event, message);
    boolean silent = incident.isMuted(run.when()) || incident.scale().told() == null;
    return silent
        ? Step.silent(over)
        : new Step(over, true, List.of(new Announcement(State.RESOLVED, over, sighting)));
  }

  /** Who was never told hears of all, who was hears of what is new. */
  private Step tell(Set<String> known, Incident incident, RunSeen run, List<Sighting> sightings) {
    List<Sighting> loud =
        incident.isMuted(run.when())
            ? List.of()
            : sightings.stream().filter(sighting -> !sighting.muted()).toList();
    if (loud.isEmpty()) {
      return Step.silent(incident);
    }
    boolean first = incident.scale().told() == null;
    List<Sighting> news = first ? loud : news(known, incident, loud);
    if (news.isEmpty()) {
      return Step.silent(incident);
    }
    Incident told = incident.told();
    State state = first ? State.OPENED : State.UPDATED;
    return new Step(
        told,
        true,
        news.stream().map(sighting -> new Announcement(state, told, sighting)).toList());
  }

  /** The leading one when it grew worse or changed its size, and changes never seen before. */
  private List<Sighting> news(Set<String> known, Incident incident, List<Sighting> sightings) {
    Incident.Scale scale = incident.scale();
    Sighting lead = Incident.lead(sightings);
    boolean moved =
        (scale.told() != null && lead.severity().compareTo(scale.told()) > 0)
            || rules.isMaterial(scale.toldSize(), lead.size());
    return sightings.stream()
        .filter(
            sighting ->
                (moved && sighting.equals(lead))
                    || (sighting.change() != null && !known.contains(sighting.change())))
        .toList();
  }

  /** Whether the number that opened the incident has returned to where it came from. */
  private static boolean isBack(Incident incident, Sighting sighting) {
    Double before = incident.origin().baseline();
    Double after = incident.origin().current();
    Double now = sighting.current();
    return before != null
        && after != null
        && now != null
        && sighting.metric().equals(incident.origin().metric())
        && Math.abs(now - before) <= BACK * Math.abs(after - before);
  }
}
