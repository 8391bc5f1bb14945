package io.profilemesh.query.history;

import io.profilemesh.core.profile.DatasetId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Questions about a metric over time. */
public final class Series {

  /** Periods that runs are gathered by, in UTC; weeks begin on Monday. */
  public enum Bucket {
    NONE,
    HOUR,
    DAY,
    WEEK
  }

  private Series() {}

  /**
   * The points of a metric, the oldest first; conditions speak of {@code c}. When there are more
   * than the limit, the newest.
   *
   * @param column column; null: the table's own metric
   */
  public static Question<List<SeriesPoint>> of(
      DatasetId dataset,
      @Nullable String column,
      String metric,
      Bucket bucket,
      Where where,
      int limit) {
    Where measured =
        where
            .copy()
            .and("c.dataset_name = ?", dataset)
            .and("c.column_name = ?", column == null ? "" : column);
    String sql =
        "SELECT "
            + instant(bucket)
            + " AS at, min(v.value) AS lowest, avg(v.value) AS mean, max(v.value) AS highest,"
            + " (array_agg(v.value ORDER BY v.profiled_at DESC, v.run_id DESC))[1] AS newest,"
            + " (array_agg(v.run_id ORDER BY v.profiled_at DESC, v.run_id DESC))[1] AS run_id,"
            + " count(*) AS runs FROM (SELECT c.profiled_at, c.run_id,"
            + " c.metric_values[array_position(c.metric_names, ?)] AS value"
            + " FROM profilemesh_column_profiles c"
            + measured.sql()
            + ") v WHERE v.value IS NOT NULL GROUP BY "
            + (bucket == Bucket.NONE ? "v.profiled_at, v.run_id" : "1")
            + " ORDER BY 1 DESC LIMIT ?";
    return sight -> {
      if (!sight.scope().covers(dataset.source(), dataset.schema())) {
        return List.of();
      }
      try (PreparedStatement statement = sight.prepare(sql)) {
        statement.setString(1, metric);
        int next = measured.bind(statement, 2);
        statement.setInt(next, limit);
        try (ResultSet rows = statement.executeQuery()) {
          Fields row = new Fields(rows);
          List<SeriesPoint> points = new ArrayList<>();
          while (row.next()) {
            points.add(point(row));
          }
          Collections.reverse(points);
          return points;
        }
      }
    };
  }

  private static String instant(Bucket bucket) {
    return switch (bucket) {
      case NONE -> "v.profiled_at";
      case HOUR -> "date_trunc('hour', v.profiled_at, 'UTC')";
      case DAY -> "date_trunc('day', v.profiled_at, 'UTC')";
      case WEEK -> "date_trunc('week', v.profiled_at, 'UTC')";
    };
  }

  private static SeriesPoint point(Fields row) throws SQLException {
    return new SeriesPoint(
        row.instant("at"),
        row.real("lowest"),
        row.real("mean"),
        row.real("highest"),
        row.real("newest"),
        row.whole("runs"),
        UUID.fromString(row.text("run_id")));
  }
}
