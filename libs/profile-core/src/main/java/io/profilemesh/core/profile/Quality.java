package io.profilemesh.core.profile;

/** How a number was obtained. */
public enum Quality {
  /** Counted or computed over every row. */
  EXACT,
  /** From a sketch over every row, within stated bounds. */
  APPROXIMATE,
  /** From a sample of the rows. */
  ESTIMATE
}
