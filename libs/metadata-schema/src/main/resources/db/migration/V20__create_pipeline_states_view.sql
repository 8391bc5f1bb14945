-- How pipelines stand, for those who ask in SQL: REST computes the same. Nothing is stored, so that no order of arrival can
-- leave other totals.
SET LOCAL lock_timeout = '5s';

CREATE VIEW profilemesh_pipeline_states AS
SELECT p.name,
       p.type,
       p.environment,
       p.source,
       p.cron,
       p.zone,
       p.configuration,
       p.owner,
       p.tags,
       CASE WHEN NOT p.configured THEN 'removed' WHEN p.paused THEN 'paused' ELSE 'active' END AS status,
       p.next_at,
       l.request_id     AS last_request_id,
       l.requested_at   AS last_run_at,
       CASE WHEN l.request_id IS NULL THEN NULL
            WHEN l.open > 0           THEN 'running'
            WHEN l.failed > 0         THEN 'failed'
            WHEN l.cancelled > 0      THEN 'cancelled'
            WHEN l.completed > 0      THEN 'completed'
            ELSE 'skipped' END AS last_status,
       CASE WHEN l.open = 0
            THEN (extract(epoch FROM l.ended_at - l.requested_at) * 1000)::bigint
       END              AS last_duration_ms,
       l.rows_scanned   AS last_rows,
       l.error_code     AS last_error_code,
       l.error_message  AS last_error_message,
       t.runs,
       t.completed,
       t.failed,
       t.skipped,
       t.cancelled
  FROM profilemesh_pipelines p
  LEFT JOIN LATERAL (
       SELECT q.request_id, q.requested_at, c.*
         FROM (SELECT x.request_id, x.requested_at
                 FROM profilemesh_pipeline_runs x
                WHERE x.pipeline = p.name
                ORDER BY x.requested_at DESC, x.request_id DESC
                LIMIT 1) q
        CROSS JOIN LATERAL (
              SELECT count(*) FILTER (WHERE r.status IN ('requested', 'running')) AS open,
                     count(*) FILTER (WHERE r.status = 'failed')                  AS failed,
                     count(*) FILTER (WHERE r.status = 'cancelled')               AS cancelled,
                     count(*) FILTER (WHERE r.status = 'completed')               AS completed,
                     max(r.ended_at)                                              AS ended_at,
                     sum(r.rows_scanned)::bigint                                  AS rows_scanned,
                     (array_agg(r.error_code ORDER BY r.dataset_name, r.run_id)
                       FILTER (WHERE r.status = 'failed'))[1]                     AS error_code,
                     (array_agg(r.error_message ORDER BY r.dataset_name, r.run_id)
                       FILTER (WHERE r.status = 'failed'))[1]                     AS error_message
                FROM profilemesh_runs r
               WHERE r.request_id = q.request_id) c) l ON true
 CROSS JOIN LATERAL (
       SELECT count(*)                                        AS runs,
              count(*) FILTER (WHERE r.status = 'completed')  AS completed,
              count(*) FILTER (WHERE r.status = 'failed')     AS failed,
              count(*) FILTER (WHERE r.status = 'skipped')    AS skipped,
              count(*) FILTER (WHERE r.status = 'cancelled')  AS cancelled
         FROM profilemesh_runs r
        WHERE r.pipeline = p.name) t;

COMMENT ON VIEW profilemesh_pipeline_states IS 'Pipelines with their newest run and the totals of all.';
COMMENT ON COLUMN profilemesh_pipeline_states.name IS 'Name of the pipeline.';
COMMENT ON COLUMN profilemesh_pipeline_states.type IS 'What makes it run: schedule.';
COMMENT ON COLUMN profilemesh_pipeline_states.environment IS 'Environment of the mesh.';
COMMENT ON COLUMN profilemesh_pipeline_states.source IS 'Source of its tables.';
COMMENT ON COLUMN profilemesh_pipeline_states.cron IS 'Cron expression of five fields.';
COMMENT ON COLUMN profilemesh_pipeline_states.zone IS 'Time zone in which it is read.';
COMMENT ON COLUMN profilemesh_pipeline_states.configuration IS 'Which tables it profiles: include, exclude, slice.';
COMMENT ON COLUMN profilemesh_pipeline_states.owner IS 'Owner, from configuration.';
COMMENT ON COLUMN profilemesh_pipeline_states.tags IS 'Tags, from configuration.';
COMMENT ON COLUMN profilemesh_pipeline_states.status IS 'active, paused or removed from the configuration.';
COMMENT ON COLUMN profilemesh_pipeline_states.next_at IS 'When it fires next; null: never.';
COMMENT ON COLUMN profilemesh_pipeline_states.last_request_id IS 'Request of its newest run; null: it never ran.';
COMMENT ON COLUMN profilemesh_pipeline_states.last_run_at IS 'When that request was answered.';
COMMENT ON COLUMN profilemesh_pipeline_states.last_status IS 'What is worst among its runs: running, failed, cancelled, completed or skipped.';
COMMENT ON COLUMN profilemesh_pipeline_states.last_duration_ms IS 'Milliseconds from the answer to the end of its last run; null: not ended.';
COMMENT ON COLUMN profilemesh_pipeline_states.last_rows IS 'Rows read by its runs together.';
COMMENT ON COLUMN profilemesh_pipeline_states.last_error_code IS 'Reason code of its first failed run, by dataset; null: none failed.';
COMMENT ON COLUMN profilemesh_pipeline_states.last_error_message IS 'The same in a sentence.';
COMMENT ON COLUMN profilemesh_pipeline_states.runs IS 'Runs of tables, of all firings.';
COMMENT ON COLUMN profilemesh_pipeline_states.completed IS 'Those that completed.';
COMMENT ON COLUMN profilemesh_pipeline_states.failed IS 'Those that failed.';
COMMENT ON COLUMN profilemesh_pipeline_states.skipped IS 'Those that were skipped.';
COMMENT ON COLUMN profilemesh_pipeline_states.cancelled IS 'Those that were cancelled.';
