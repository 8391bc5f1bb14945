package io.profilemesh.core.drift;

/** How a baseline was chosen. */
public enum StrategyKind {
  PREVIOUS,
  PINNED,
  WINDOW,
  SEASONAL,
  AUTO
}
