package io.profilemesh.metadata;

import java.util.List;

/**
 * What a repair of the history did; no table was touched.
 *
 * @param aligned migrations whose remembered checksum is now that of this program's file
 * @param removed migrations that had failed and are forgotten, so that they can be applied again
 */
public record RepairReport(List<String> aligned, List<String> removed) {

  public RepairReport {
    aligned = List.copyOf(aligned);
    removed = List.copyOf(removed);
  }
}
