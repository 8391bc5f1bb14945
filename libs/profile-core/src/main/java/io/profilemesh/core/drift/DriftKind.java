package io.profilemesh.core.drift;

import io.profilemesh.core.profile.MetricGroup;

/** Family of a finding. */
public enum DriftKind {
  SCHEMA,
  VOLUME,
  COMPLETENESS,
  UNIQUENESS,
  VALIDITY,
  VALUE,
  DISTRIBUTION,
  FRESHNESS,
  MISSING_RUN;

  /** The family that a change of such a metric belongs to. */
  public static DriftKind of(MetricGroup group) {
    return switch (group) {
      case SCHEMA -> SCHEMA;
      case VOLUME -> VOLUME;
      case COMPLETENESS -> COMPLETENESS;
      case UNIQUENESS -> UNIQUENESS;
      case VALIDITY -> VALIDITY;
      case VALUE, LENGTH -> VALUE;
      case DISTRIBUTION -> DISTRIBUTION;
      case FRESHNESS -> FRESHNESS;
    };
  }
}
