package io.profilemesh.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The migrations of this version, in order. Named here instead of found by scanning the class path,
 * because application class loaders differ in what they let be scanned.
 */
final class MigrationScripts {

  /** Folder on the class path. */
  static final String LOCATION = "db/migration";

  /** File names, sequential from version 1. */
  static final List<String> ALL =
      List.of(
          "V1__create_runs.sql",
          "V2__create_results.sql",
          "V3__create_events.sql",
          "V4__create_verdicts.sql",
          "V5__create_table_state.sql",
          "V6__create_sink_progress.sql",
          "V7__create_schema_version_view.sql",
          "V8__add_plans_to_runs.sql",
          "V9__create_pipelines.sql",
          "V10__create_incidents.sql",
          "V11__create_profile_sketches.sql",
          "V12__create_access.sql",
          "V13__create_catalogue.sql",
          "V14__add_first_offset_to_sink_progress.sql",
          "V15__create_policy_versions.sql",
          "V16__add_facts_to_catalogue.sql",
          "V17__partition_results_by_month.sql",
          "V18__partition_events_by_month.sql",
          "V19__add_statements_to_query_history.sql",
          "V20__create_pipeline_states_view.sql");

  private MigrationScripts() {}

  /** The newest version. */
  static int latest() {
    return ALL.size();
  }

  /** Text of a script. */
  static String read(String script) {
    return readResource(LOCATION + '/' + script);
  }

  static String readResource(String path) {
    ClassLoader loader = MigrationScripts.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("missing from the class path: " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
