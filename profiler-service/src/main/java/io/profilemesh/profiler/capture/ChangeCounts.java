package io.profilemesh.profiler.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Changes of a table, counted by kind.
 *
 * @param inserted rows
 * @param updated rows
 * @param deleted rows
 * @param truncated times that the table was emptied
 */
record ChangeCounts(long inserted, long updated, long deleted, long truncated) {

  static final ChangeCounts NONE = new ChangeCounts(0, 0, 0, 0);

  ChangeCounts {
    if (inserted < 0 || updated < 0 || deleted < 0 || truncated < 0) {
      throw new IllegalArgumentException("changes are counted from zero");
    }
  }

  ChangeCounts plus(ChangeCounts other) {
    return new ChangeCounts(
        inserted + other.inserted,
        updated + other.updated,
        deleted + other.deleted,
        truncated + other.truncated);
  }

  /** Changed rows; a TRUNCATE does not say how many it took. */
  long rows() {
    return inserted + updated + deleted;
  }

  boolean isNone() {
    return rows() == 0 && truncated == 0;
  }

  /** For people, such as {@code 1,200 rows inserted, 3 deleted}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    add(parts, inserted, "inserted");
    add(parts, updated, "updated");
    add(parts, deleted, "deleted");
    String rows = String.join(", ", parts);
    if (truncated == 0) {
      return rows.isEmpty() ? "nothing" : rows;
    }
    return rows.isEmpty() ? "the table truncated" : rows + ", the table truncated";
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      String noun = parts.isEmpty() ? count == 1 ? " row " : " rows " : " ";
      parts.add(String.format(Locale.ROOT, "%,d", count) + noun + what);
    }
  }
}
