package io.profilemesh.core.incident;

import io.profilemesh.core.incident.Announcement.State;
import io.profilemesh.core.incident.Incident.Care;
import io.profilemesh.core.profile.DatasetId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people do to an incident; each is a function of the incident and the instruction. */
public final class IncidentCare {

  private IncidentCare() {}

  /** Someone has seen it. */
  public static Incident acknowledge(Incident incident, String actor, Instant when) {
    Care care = incident.care();
    return incident.with(
        new Care(
            care.owner(), care.tags(), actor, care.assignee(), care.mutedUntil(), care.feedback()),
        when);
  }

  /** Someone is to work on it. */
  public static Incident assign(Incident incident, String assignee, Instant when) {
    Care care = incident.care();
    return incident.with(
        new Care(
            care.owner(),
            care.tags(),
            care.acknowledgedBy(),
            assignee,
            care.mutedUntil(),
            care.feedback()),
        when);
  }

  /**
   * Nobody is told of it for a while.
   *
   * @param until null: the mute is over
   */
  public static Incident mute(Incident incident, @Nullable Instant until, Instant when) {
    Care care = incident.care();
    return incident.with(
        new Care(
            care.owner(),
            care.tags(),
            care.acknowledgedBy(),
            care.assignee(),
            until,
            care.feedback()),
        when);
  }

  /**
   * A person's judgement: expected and false ones are over, a confirmed one goes on. The last
   * judgement counts.
   */
  public static Step judge(
      Incident incident, DatasetId dataset, Feedback feedback, Instant when, IncidentIds ids) {
    return judge(incident, feedback, when, ids, Endings.of(incident, dataset, feedback));
  }

  /** A policy accepts a change of the schema that has lasted long enough. */
  public static Step accept(
      Incident incident, DatasetId dataset, String policy, Instant when, IncidentIds ids) {
    String message = Endings.accepted(incident, dataset, policy);
    return judge(incident, Feedback.EXPECTED, when, ids, message);
  }

  private static Step judge(
      Incident incident, Feedback feedback, Instant when, IncidentIds ids, String message) {
    Care care = incident.care();
    Incident judged =
        incident.with(
            new Care(
                care.owner(),
                care.tags(),
                care.acknowledgedBy(),
                care.assignee(),
                care.mutedUntil(),
                feedback),
            when);
    boolean over =
        switch (feedback) {
          case EXPECTED, FALSE_POSITIVE -> true;
          case CONFIRMED -> false;
        };
    if (!incident.isOpen() || !over) {
      return Step.silent(judged);
    }
    Incident resolved =
        judged.resolved(
            incident.course().run(),
            incident.course().at(),
            when,
            ids.resolution(incident),
            message);
    return incident.isMuted(when) || incident.scale().told() == null
        ? Step.silent(resolved)
        : new Step(resolved, true, List.of(new Announcement(State.RESOLVED, resolved, null)));
  }
}
