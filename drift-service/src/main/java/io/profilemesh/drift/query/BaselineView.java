package io.profilemesh.drift.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a dataset: the runs that later ones are compared with.
 *
 * @param dataset canonical dataset id
 * @param pinnedRun run that is the baseline by order of a person; null: none
 * @param runs newest first
 * @param columns in the order of the newest run that had them
 */
record BaselineView(
    String dataset, @Nullable String pinnedRun, List<Run> runs, List<Column> columns) {

  /** A remembered run. */
  record Run(String runId, Instant at, long rowCount, String quality) {}

  /**
   * A column through the remembered runs.
   *
   * @param runs runs that have it
   * @param metrics by name
   * @param points each run, newest first; null: not asked for
   */
  record Column(
      String name,
      String dataType,
      int runs,
      Map<String, Series> metrics,
      @Nullable List<Point> points) {}

  /** A metric through the runs that have it. */
  record Series(int runs, double latest, double median, double lowest, double highest) {}

  /**
   * A column in one run.
   *
   * @param quantiles at the ranks every profile states; null: none
   */
  record Point(String runId, Map<String, Double> metrics, @Nullable List<Double> quantiles) {}
}
