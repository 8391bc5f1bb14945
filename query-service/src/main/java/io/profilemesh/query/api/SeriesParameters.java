package io.profilemesh.query.api;

import io.profilemesh.query.history.Series;
import io.profilemesh.query.history.Where;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which part of a series, and how coarse. */
public class SeriesParameters {

  private static final List<String> BUCKETS = List.of("none", "hour", "day", "week");
  private static final int MOST_POINTS = 5_000;

  @QueryParam("bucket")
  @Parameter(
      description = "Period that runs are gathered by, in UTC; none: a point per run.",
      schema =
          @Schema(
              enumeration = {"none", "hour", "day", "week"},
              defaultValue = "none"))
  @Nullable String bucket;

  @QueryParam("days")
  @Parameter(description = "Profiled within the last days, 1 to 3650; instead of from.")
  @Nullable String days;

  @QueryParam("from")
  @Parameter(description = "Profiled at or after this time, ISO 8601 with zone.")
  @Nullable String from;

  @QueryParam("to")
  @Parameter(description = "Profiled before this time, ISO 8601 with zone.")
  @Nullable String to;

  @QueryParam("limit")
  @Parameter(
      description = "Most points, the newest of them: 1 to 5000.",
      schema =
          @Schema(
              type = SchemaType.INTEGER,
              minimum = "1",
              maximum = "5000",
              defaultValue = "1000"))
  @Nullable String limit;

  Series.Bucket bucket() {
    String word = Values.word("bucket", bucket, BUCKETS);
    return word == null ? Series.Bucket.NONE : Series.Bucket.valueOf(word.toUpperCase(Locale.ROOT));
  }

  int limit() {
    return Values.number("limit", limit, 1_000, 1, MOST_POINTS);
  }

  Where where(Instant now) {
    return new Where()
        .from("c.profiled_at", Values.from(days, from, now))
        .before("c.profiled_at", Values.instant("to", to));
  }
}
