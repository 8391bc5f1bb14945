package io.profilemesh.schema.serde;

/** Which earlier versions of a subject a new schema must get on with, and in which direction. */
public enum Compatibility {
  NONE,
  BACKWARD,
  BACKWARD_TRANSITIVE,
  FORWARD,
  FORWARD_TRANSITIVE,
  FULL,
  FULL_TRANSITIVE
}
