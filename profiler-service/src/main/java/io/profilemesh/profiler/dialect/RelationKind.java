package io.profilemesh.profiler.dialect;

/** What a name in the catalogue stands for. */
public enum RelationKind {
  TABLE,
  PARTITIONED_TABLE,
  VIEW,
  MATERIALIZED_VIEW,
  FOREIGN_TABLE
}
