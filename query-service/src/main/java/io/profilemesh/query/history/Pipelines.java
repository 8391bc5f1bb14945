package io.profilemesh.query.history;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions about pipelines and what they led to. */
public final class Pipelines {

  private static final String RUN_COLUMNS =
      "q.request_id, q.environment, q.pipeline, q.source, q.trigger, q.requester, q.reason,"
          + " q.datasets, q.dry_run, q.requested_at, c.*";

  /** Counts the runs of the requests on the page only, each by the index of its request. */
  private static final String COUNTED =
      " CROSS JOIN LATERAL (SELECT "
          + RunCounts.COLUMNS
          + ", max(ended_at) AS ended_at, sum(rows_scanned)::bigint AS rows_scanned,"
          + " sum(bytes_scanned)::bigint AS bytes_scanned"
          + " FROM profilemesh_runs r WHERE r.request_id = q.request_id) c";

  private static final Listing<PipelineRunView> RUNS =
      new Listing<>(
          RUN_COLUMNS,
          "profilemesh_pipeline_runs q" + COUNTED,
          Belonging.toSources("q"),
          List.of("q.requested_at", "q.request_id"),
          List.of("timestamptz", "text"),
          true,
          Pipelines::run,
          run -> List.of(run.requestedAt().toString(), run.requestId()));

  private static final Listing<PipelineView> PIPELINES =
      new Listing<>(
          "p.name, p.type, p.environment AS pipeline_environment, p.source AS pipeline_source,"
              + " p.cron, p.zone, p.missed, p.configuration, p.owner, p.tags, p.configured,"
              + " p.paused, p.commanded_by, p.command_reason,"
              + " NULLIF(p.commanded_at, '-infinity') AS commanded_at, p.next_at, p.fired_for,"
              + " p.missed_count, l.*, t.completed AS total_completed, t.failed AS total_failed,"
              + " t.skipped AS total_skipped, t.cancelled AS total_cancelled,"
              + " t.open AS total_open",
          "profilemesh_pipelines p LEFT JOIN LATERAL (SELECT "
              + RUN_COLUMNS
              + " FROM (SELECT * FROM profilemesh_pipeline_runs x WHERE x.pipeline = p.name"
              + " ORDER BY x.requested_at DESC, x.request_id DESC LIMIT 1) q"
              + COUNTED
              + ") l ON true CROSS JOIN LATERAL (SELECT "
              + RunCounts.COLUMNS
              + " FROM profilemesh_runs r WHERE r.pipeline = p.name) t",
          Belonging.toSources("p"),
          List.of("p.name"),
          List.of("text"),
          false,
          Pipelines::pipeline,
          pipeline -> List.of(pipeline.name()));

  private Pipelines() {}

  /** Pipelines by name; conditions speak of {@code p}. */
  public static Question<Page<PipelineView>> byName(Where where, PageRequest request) {
    return sight -> Pages.read(sight, PIPELINES, where, request);
  }

  /** Requests with several runs or of pipelines, newest first; conditions speak of {@code q}. */
  public static Question<Page<PipelineRunView>> runs(Where where, PageRequest request) {
    return sight -> Pages.read(sight, RUNS, where, request);
  }

  private static PipelineView pipeline(Fields row) throws SQLException {
    return new PipelineView(
        row.text("name"),
        row.text("type"),
        row.textOrNull("pipeline_environment"),
        row.textOrNull("pipeline_source"),
        row.textOrNull("cron"),
        row.textOrNull("zone"),
        row.textOrNull("missed"),
        row.jsonOrNull("configuration"),
        row.textOrNull("owner"),
        row.texts("tags"),
        status(row),
        row.textOrNull("commanded_by"),
        row.textOrNull("command_reason"),
        row.instantOrNull("commanded_at"),
        row.instantOrNull("next_at"),
        row.instantOrNull("fired_for"),
        row.whole("missed_count"),
        row.textOrNull("request_id") == null ? null : run(row),
        RunCounts.read(row, "total_"));
  }

  private static String status(Fields row) throws SQLException {
    if (!Boolean.TRUE.equals(row.flagOrNull("configured"))) {
      return "removed";
    }
    return Boolean.TRUE.equals(row.flagOrNull("paused")) ? "paused" : "active";
  }

  private static PipelineRunView run(Fields row) throws SQLException {
    RunCounts counts = RunCounts.read(row, "");
    @Nullable Instant ended = counts.open() > 0 ? null : row.instantOrNull("ended_at");
    return new PipelineRunView(
        row.text("request_id"),
        row.textOrNull("pipeline"),
        row.text("environment"),
        row.text("source"),
        row.text("trigger"),
        row.textOrNull("requester"),
        row.textOrNull("reason"),
        Boolean.TRUE.equals(row.flagOrNull("dry_run")),
        counts.status(),
        row.instant("requested_at"),
        ended,
        row.number("datasets"),
        counts,
        row.wholeOrNull("rows_scanned"),
        row.wholeOrNull("bytes_scanned"));
  }
}
