package io.profilemesh.drift.processor;

import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.Severity;
import io.profilemesh.schema.VerdictOutcome;

/** Is told what happens, for metrics and health. Called from stream threads; must not block. */
public interface DriftObserver {

  /** Nobody watches. */
  DriftObserver NONE = new DriftObserver() {};

  /** A run was judged. */
  default void judged(VerdictOutcome outcome) {}

  /** A drift event was written. */
  default void told(Severity severity, IncidentState state) {}

  /** A record became a dead letter. */
  default void refused(String topic, ReasonCode code) {}

  /** A part of a run that was judged before came again and was left alone. */
  default void repeated() {}

  /** The registry is away and work waits for it. */
  default void registryLost() {}

  /** The registry answers again. */
  default void registryFound() {}
}
