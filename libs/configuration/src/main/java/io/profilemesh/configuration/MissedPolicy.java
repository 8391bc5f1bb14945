package io.profilemesh.configuration;

/** What becomes of the firings of a schedule that fell into a downtime. */
public enum MissedPolicy {
  /** None of them is made up for. */
  SKIP,
  /** One run makes up for all of them. */
  ONCE
}
