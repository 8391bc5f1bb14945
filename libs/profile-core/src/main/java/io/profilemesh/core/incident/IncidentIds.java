package io.profilemesh.core.incident;

/** Makes identities; a function of what it is given and of the run, never random. */
public interface IncidentIds {

  /** Identity of an incident that an event opens. */
  String incident(IncidentKey key, String openingEvent);

  /** Identity of the event that says that an incident is over without a finding to say so. */
  String resolution(Incident incident);
}
