package io.profilemesh.core.profile;

/**
 * Metrics that speak of one fact, such as null count and null percent; drift is judged per group.
 */
public enum MetricGroup {
  SCHEMA,
  VOLUME,
  COMPLETENESS,
  UNIQUENESS,
  VALIDITY,
  VALUE,
  LENGTH,
  DISTRIBUTION,
  FRESHNESS
}
