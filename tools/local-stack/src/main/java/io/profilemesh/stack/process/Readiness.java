package io.profilemesh.stack.process;

/** Asks a process whether it serves. */
@FunctionalInterface
public interface Readiness {

  /** Why it does not serve yet, in words for people; empty when it does. */
  String reasonNotReady();
}
