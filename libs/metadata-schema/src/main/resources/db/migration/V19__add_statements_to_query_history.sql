-- Statements that were run on sources stand beside the requests that were answered. They come from the topic
-- of run events with ids of their own, so that a record read twice leaves one row; each says
-- whose run it was.
SET LOCAL lock_timeout = '5s';

ALTER TABLE profilemesh_query_history
  ADD COLUMN run_id       uuid,
  ADD COLUMN dataset_name text COLLATE "C",
  ADD COLUMN source       text COLLATE "C",
  ADD COLUMN schema_name  text COLLATE "C",
  ADD COLUMN executions   integer;

-- Statements of one run; requests have none.
CREATE INDEX profilemesh_query_history_by_run
  ON profilemesh_query_history (run_id) WHERE run_id IS NOT NULL;
-- The newest of one kind, where most are of the other.
CREATE INDEX profilemesh_query_history_by_kind
  ON profilemesh_query_history (kind, started_at DESC, query_id DESC);

COMMENT ON TABLE profilemesh_query_history IS 'Requests that were answered and statements that were run on sources; one partition per month (UTC). Of requests it may have gaps: it never keeps one waiting. Not derived: a rebuild leaves it as it is.';
COMMENT ON COLUMN profilemesh_query_history.query_id IS 'Id; of a statement made from run, dataset, attempt and number.';
COMMENT ON COLUMN profilemesh_query_history.actor IS 'Who: name of a person or a key; of a statement, who asked for the run.';
COMMENT ON COLUMN profilemesh_query_history.actor_kind IS 'As in the audit log; profiler: a statement.';
COMMENT ON COLUMN profilemesh_query_history.kind IS 'rest: a request over REST; statement: a statement on a source.';
COMMENT ON COLUMN profilemesh_query_history.route IS 'Method and path as the API has it, such as GET /api/v1/runs/{runId}; of a statement, what it is for: scan, compute or count.';
COMMENT ON COLUMN profilemesh_query_history.text IS 'Path and parameters as they came, or the statement with a question mark for every literal; at most 1,000 characters.';
COMMENT ON COLUMN profilemesh_query_history.status IS 'HTTP status; 0: a statement.';
COMMENT ON COLUMN profilemesh_query_history.tables IS 'Tables that were read, where known; of a statement, schema and name at the source.';
COMMENT ON COLUMN profilemesh_query_history.rows_read IS 'Items of the answer, or rows of the table; null: it is no list, or answers no rows.';
COMMENT ON COLUMN profilemesh_query_history.bytes IS 'Bytes of the answer; 0 of a statement: not counted.';
COMMENT ON COLUMN profilemesh_query_history.duration_ms IS 'Milliseconds from the first byte of the request to the last of the answer; of a statement, those of its executions together.';
COMMENT ON COLUMN profilemesh_query_history.error_type IS 'Code of the problem, or of how the run ended where a statement did not come to its end; null: none.';
COMMENT ON COLUMN profilemesh_query_history.run_id IS 'Run that the statement belongs to; null: a request.';
COMMENT ON COLUMN profilemesh_query_history.dataset_name IS 'Dataset of that run.';
COMMENT ON COLUMN profilemesh_query_history.source IS 'Source that the statement was run on.';
COMMENT ON COLUMN profilemesh_query_history.schema_name IS 'Schema of its table.';
COMMENT ON COLUMN profilemesh_query_history.executions IS 'How often the statement was run with other literals; null: a request.';
