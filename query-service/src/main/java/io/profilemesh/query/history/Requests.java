package io.profilemesh.query.history;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Questions about the requests that were answered, and the statements run on sources. */
public final class Requests {

  private static final Listing<RequestView> NEWEST =
      new Listing<>(
          "h.*",
          "profilemesh_query_history h",
          Belonging.toNobody(),
          List.of("h.started_at", "h.query_id"),
          List.of("timestamptz", "uuid"),
          true,
          Requests::request,
          request -> List.of(request.startedAt().toString(), request.queryId().toString()));

  private Requests() {}

  /** Requests and statements, newest first; conditions speak of {@code h}. */
  public static Question<Page<RequestView>> newest(Where where, PageRequest request) {
    return sight -> Pages.read(sight, NEWEST, where, request);
  }

  private static RequestView request(Fields row) throws SQLException {
    Double millis = row.realOrNull("duration_ms");
    boolean statements = row.has("run_id");
    long bytes = row.whole("bytes");
    String run = statements ? row.textOrNull("run_id") : null;
    return new RequestView(
        UUID.fromString(row.text("query_id")),
        row.instant("started_at"),
        row.instant("completed_at"),
        row.text("actor"),
        row.text("actor_kind"),
        row.text("kind"),
        row.text("route"),
        row.textOrNull("text"),
        run == null ? row.intOrNull("status") : null,
        row.texts("tables"),
        row.wholeOrNull("rows_read"),
        row.wholeOrNull("rows_written"),
        run != null && bytes == 0 ? null : Long.valueOf(bytes),
        millis == null ? 0 : millis,
        row.textOrNull("error_type"),
        row.textOrNull("error_text"),
        run == null ? null : UUID.fromString(run),
        statements ? row.textOrNull("dataset_name") : null,
        statements ? row.intOrNull("executions") : null);
  }
}
