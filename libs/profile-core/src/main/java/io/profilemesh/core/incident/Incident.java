package io.profilemesh.core.incident;

import io.profilemesh.core.drift.DriftKind;
import io.profilemesh.core.drift.FormerColumn;
import io.profilemesh.core.drift.Severity;
import io.profilemesh.core.profile.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One incident as it stands. Immutable: every change gives a new one with a higher revision.
 *
 * @param id identity
 * @param revision grows by one with each change, from 1
 */
public record Incident(
    String id,
    IncidentKey key,
    Origin origin,
    Course course,
    Scale scale,
    Care care,
    long revision) {

  /** Runs remembered as touched by it: as many as a history has. */
  static final int MOST_RUNS = 60;

  private static final int MOST_CHANGES = 16;

  /** Where an incident can stand. */
  public enum Status {
    OPEN,
    RESOLVED
  }

  /**
   * What opened it.
   *
   * @param run null: a run that did not come
   * @param baseline number that moved, before; null where it is no number
   * @param current number that moved, after; null where it is no number
   * @param former the column before a change of the schema; null for anything else
   */
  public record Origin(
      DriftKind kind,
      String metric,
      String detector,
      @Nullable RunId run,
      String event,
      Instant at,
      Instant when,
      @Nullable Double baseline,
      @Nullable Double current,
      @Nullable FormerColumn former) {}

  /**
   * How far it has come.
   *
   * @param run the latest run that touched it
   * @param event the latest event, announced or not
   * @param at place in time of the newest run that counted, of whatever outcome
   * @param when when it last changed
   * @param resolved when it was resolved; null: not yet
   * @param runs number of runs that had a finding
   * @param calm runs within bounds since
   * @param touched runs that had a finding, at most 60, newest last
   * @param message sentence of the latest event
   */
  public record Course(
      Status status,
      @Nullable RunId run,
      String event,
      Instant at,
      Instant when,
      @Nullable Instant resolved,
      int runs,
      int calm,
      List<RunId> touched,
      String message) {

    public Course {
      touched = List.copyOf(touched);
    }
  }

  /**
   * How much it matters.
   *
   * @param size effect now, 0 where there is none
   * @param largest largest effect so far
   * @param told severity last announced; null: nobody was told yet
   * @param toldSize effect last announced
   * @param changes changes of text it consists of
   */
  public record Scale(
      Severity now,
      Severity highest,
      double size,
      double largest,
      @Nullable Severity told,
      double toldSize,
      Set<String> changes) {

    public Scale {
      changes = Set.copyOf(changes);
    }
  }

  /** What people did about it, and who is to. */
  public record Care(
      @Nullable String owner,
      List<String> tags,
      @Nullable String acknowledgedBy,
      @Nullable String assignee,
      @Nullable Instant mutedUntil,
      @Nullable Feedback feedback) {

    public Care {
      tags = List.copyOf(tags);
    }
  }

  /** A new one, of which nobody was told yet. */
  static Incident opened(RunSeen run, List<Sighting> sightings) {
    Sighting lead = lead(sightings);
    return new Incident(
        run.ids().incident(lead.key(), lead.eventId()),
        lead.key(),
        new Origin(
            lead.kind(),
            lead.metric(),
            lead.detector(),
            run.run(),
            lead.eventId(),
            run.at(),
            run.when(),
            lead.baseline(),
            lead.current(),
            lead.former()),
        new Course(
            Status.OPEN,
            run.run(),
            lead.eventId(),
            run.at(),
            run.when(),
            null,
            1,
            0,
            touched(List.of(), run),
            lead.message()),
        new Scale(
            lead.severity(),
            lead.severity(),
            lead.size(),
            lead.size(),
            null,
            0,
            changes(Set.of(), sightings)),
        new Care(run.owner(), run.tags(), null, null, null, null),
        1);
  }

  /** After a further run that had findings. */
  Incident touched(RunSeen run, List<Sighting> sightings) {
    Sighting lead = lead(sightings);
    Course next =
        new Course(
            Status.OPEN,
            run.run(),
            lead.eventId(),
            run.at(),
            run.when(),
            null,
            course.runs + 1,
            0,
            touched(course.touched, run),
            lead.message());
    Scale grown =
        new Scale(
            lead.severity(),
            max(scale.highest, lead.severity()),
            lead.size(),
            Math.max(scale.largest, lead.size()),
            scale.told,
            scale.toldSize,
            changes(scale.changes, sightings));
    Care kept =
        new Care(
            run.owner(),
            run.tags(),
            care.acknowledgedBy,
            care.assignee,
            care.mutedUntil,
            care.feedback);
    return new Incident(id, key, origin, next, grown, kept, revision + 1);
  }

  /** After a run within bounds that is not yet enough. */
  Incident calmed(RunSeen run) {
    return with(
        new Course(
            Status.OPEN,
            course.run,
            course.event,
            run.at(),
            run.when(),
            null,
            course.runs,
            course.calm + 1,
            course.touched,
            course.message));
  }

  /** Over. */
  Incident resolved(@Nullable RunId run, Instant at, Instant when, String event, String message) {
    return with(
        new Course(
            Status.RESOLVED,
            run,
            event,
            at,
            when,
            when,
            course.runs,
            course.calm + 1,
            course.touched,
            message));
  }

  /** Once people were told how it stands; no further revision, as it goes with a change. */
  Incident told() {
    Scale said =
        new Scale(
            scale.now,
            scale.highest,
            scale.size,
            scale.largest,
            scale.now,
            scale.size,
            scale.changes);
    return new Incident(id, key, origin, course, said, care, revision);
  }

  /** With what people did. */
  Incident with(Care other, Instant when) {
    Course moved =
        new Course(
            course.status,
            course.run,
            course.event,
            course.at,
            when,
            course.resolved,
            course.runs,
            course.calm,
            course.touched,
            course.message);
    return new Incident(id, key, origin, moved, scale, other, revision + 1);
  }

  public boolean isOpen() {
    return course.status == Status.OPEN;
  }

  /** Whether nobody is told at that time. */
  public boolean isMuted(Instant when) {
    return care.mutedUntil != null && when.isBefore(care.mutedUntil);
  }

  /** Whether a run at that place in time lies within it. */
  boolean spans(Instant at) {
    return !at.isBefore(origin.at) && at.isBefore(course.at);
  }

  private Incident with(Course next) {
    return new Incident(id, key, origin, next, scale, care, revision + 1);
  }

  /** The most severe, at equal severity the largest, then the first. */
  static Sighting lead(List<Sighting> sightings) {
    Sighting lead = sightings.get(0);
    for (Sighting next : sightings) {
      int order = next.severity().compareTo(lead.severity());
      if (order > 0 || (order == 0 && next.size() > lead.size())) {
        lead = next;
      }
    }
    return lead;
  }

  private static List<RunId> touched(List<RunId> before, RunSeen seen) {
    RunId run = seen.run();
    if (run == null || before.contains(run)) {
      return before;
    }
    List<RunId> more = new ArrayList<>(before);
    more.add(run);
    return more.subList(Math.max(0, more.size() - MOST_RUNS), more.size());
  }

  private static Set<String> changes(Set<String> before, List<Sighting> sightings) {
    Set<String> all = new TreeSet<>(before);
    for (Sighting sighting : sightings) {
      if (sighting.change() != null && all.size() < MOST_CHANGES) {
        all.add(sighting.change());
      }
    }
    return all;
  }

  private static Severity max(Severity one, Severity other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
