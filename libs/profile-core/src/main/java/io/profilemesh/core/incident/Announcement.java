package io.profilemesh.core.incident;

import org.jspecify.annotations.Nullable;

/**
 * Something people are told about an incident.
 *
 * @param incident as it stands with it
 * @param sighting the finding that says it; null: no finding does
 */
public record Announcement(State state, Incident incident, @Nullable Sighting sighting) {

  /** What is said. */
  public enum State {
    OPENED,
    UPDATED,
    RESOLVED
  }
}
