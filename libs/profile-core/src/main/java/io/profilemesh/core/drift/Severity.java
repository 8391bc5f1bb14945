package io.profilemesh.core.drift;

/** How much a finding matters, in ascending order. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH
}
