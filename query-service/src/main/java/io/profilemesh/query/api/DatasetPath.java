package io.profilemesh.query.api;

/** Paths of datasets, whose ids may be written with plain slashes. */
final class DatasetPath {

  /**
   * Path of a dataset. The router looks for an expression at every place of the path: looking back,
   * this one is tried at its own place only, so that a long path does not take the square of its
   * length.
   */
  static final String TABLE = "/tables/{datasetId: (?<=^/tables/|^/api/v1/tables/).+}";

  private DatasetPath() {}
}
