package io.profilemesh.profiler.capture;

import io.profilemesh.core.profile.DatasetId;

/**
 * A table whose changes are counted, by its names in the source's own case.
 *
 * @param schema empty where the engine has none
 */
record CapturedTable(String schema, String table) {

  CapturedTable {
    if (table.isEmpty()) {
      throw new IllegalArgumentException("a table needs a name");
    }
  }

  static CapturedTable of(DatasetId dataset) {
    return new CapturedTable(dataset.schema(), dataset.table());
  }

  DatasetId in(String source) {
    return DatasetId.of(source, schema, table);
  }
}
