package io.profilemesh.core.incident;

/** What a person makes of an incident. */
public enum Feedback {
  /** The change is real and meant: the like of it is no finding any more. */
  EXPECTED,
  /** Nothing had changed that matters: the like of it, up or down, is no finding any more. */
  FALSE_POSITIVE,
  /** A fault: its runs are in no baseline. */
  CONFIRMED
}
