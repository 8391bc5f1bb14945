package io.profilemesh.query.api;

import io.profilemesh.query.history.Where;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Filters of the history of a dataset. */
public class HistoryParameters {

  @QueryParam("column")
  @Parameter(description = "Column whose metrics to give; without it, the table's own.")
  @Nullable String column;

  @QueryParam("metric")
  @Parameter(description = "The only metric to give.")
  @Nullable String metric;

  @QueryParam("days")
  @Parameter(description = "Profiled within the last days, 1 to 3650; instead of from.")
  @Nullable String days;

  @QueryParam("from")
  @Parameter(description = "Profiled at or after this time, ISO 8601 with zone.")
  @Nullable String from;

  @QueryParam("to")
  @Parameter(description = "Profiled before this time, ISO 8601 with zone.")
  @Nullable String to;

  Where where(Instant now) {
    return new Where()
        .from("r.profiled_at", Values.from(days, from, now))
        .before("r.profiled_at", Values.instant("to", to));
  }
}
