package io.profilemesh.query.history;

import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Runs by how they stand. */
@Schema(description = "Runs by how they stand.")
public record RunCounts(
    long completed,
    long failed,
    long skipped,
    long cancelled,
    @Schema(description = "Requested or running.") long open) {

  /** The counts as columns, over rows of {@code profilemesh_runs}. */
  static final String COLUMNS =
      "count(*) FILTER (WHERE status = 'completed') AS completed,"
          + " count(*) FILTER (WHERE status = 'failed') AS failed,"
          + " count(*) FILTER (WHERE status = 'skipped') AS skipped,"
          + " count(*) FILTER (WHERE status = 'cancelled') AS cancelled,"
          + " count(*) FILTER (WHERE status IN ('requested', 'running')) AS open";

  static RunCounts read(Fields row, String prefix) throws SQLException {
    return new RunCounts(
        row.whole(prefix + "completed"),
        row.whole(prefix + "failed"),
        row.whole(prefix + "skipped"),
        row.whole(prefix + "cancelled"),
        row.whole(prefix + "open"));
  }

  /** One word for all of them: what is worst, or still going on. */
  String status() {
    if (open > 0) {
      return "running";
    }
    if (failed > 0) {
      return "failed";
    }
    if (cancelled > 0) {
      return "cancelled";
    }
    return completed > 0 ? "completed" : "skipped";
  }
}
