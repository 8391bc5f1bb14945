package io.profilemesh.metadata.months;

import java.util.Arrays;
import java.util.Optional;

/** A table with a partition for each month (UTC) of one of its columns. */
public enum MonthlyTable {
  RESULTS("results", "profilemesh_column_profiles", "profiled_at"),
  SKETCHES("profile_sketches", "profilemesh_profile_sketches", "profiled_at"),
  EVENTS("events", "profilemesh_events", "timestamp"),
  AUDIT_LOGS("audit_logs", "profilemesh_audit_logs", "occurred_at"),
  QUERY_HISTORY("query_history", "profilemesh_query_history", "started_at");

  private final String word;
  private final String table;
  private final String timeColumn;

  MonthlyTable(String word, String table, String timeColumn) {
    this.word = word;
    this.table = table;
    this.timeColumn = timeColumn;
  }

  /** What people call it. */
  public String word() {
    return word;
  }

  /** Its name in the database. */
  public String table() {
    return table;
  }

  /** The column whose months its partitions are. */
  public String timeColumn() {
    return timeColumn;
  }

  /** The table of a name, as people or the database have it. */
  public static Optional<MonthlyTable> named(String name) {
    return Arrays.stream(values())
        .filter(
            one ->
                one.word.equals(name)
                    || one.table.equals(name)
                    || ("profilemesh_" + one.word).equals(name))
        .findFirst();
  }
}
