package io.profilemesh.sink.rebuild;

import java.util.List;

/** Which tables are nothing but what the topics say, and which hold data of their own. */
public final class DerivedTables {

  /** Tables that a rebuild replaces, parents before children. */
  public static final List<String> ALL =
      List.of(
          "profilemesh_runs",
          "profilemesh_column_profiles",
          "profilemesh_profile_sketches",
          "profilemesh_profile_parts",
          "profilemesh_events",
          "profilemesh_verdicts",
          "profilemesh_table_state",
          "profilemesh_pipeline_runs",
          "profilemesh_pipelines",
          "profilemesh_incidents",
          "profilemesh_policies",
          "profilemesh_drift_commands",
          "profilemesh_tables",
          "profilemesh_table_schemas");

  /** Views over them, perhaps beside tables that stay: they are made anew. */
  static final List<String> VIEWS =
      List.of("profilemesh_results", "profilemesh_columns", "profilemesh_pipeline_states");

  private DerivedTables() {}
}
