package io.profilemesh.core.incident;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run does to the incidents of one key.
 *
 * @param incident the one its findings belong to, as it stands now; null: none
 * @param changed whether it changed
 * @param announcements what people are told, in order
 */
public record Step(@Nullable Incident incident, boolean changed, List<Announcement> announcements) {

  static final Step NOTHING = new Step(null, false, List.of());

  public Step {
    announcements = List.copyOf(announcements);
  }

  static Step unchanged(Incident incident) {
    return new Step(incident, false, List.of());
  }

  static Step silent(Incident incident) {
    return new Step(incident, true, List.of());
  }
}
