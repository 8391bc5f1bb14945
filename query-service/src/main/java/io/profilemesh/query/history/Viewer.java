package io.profilemesh.query.history;

/** Who asks. */
@FunctionalInterface
public interface Viewer {

  /** What they may see. */
  Scope scope();
}
