-- What the planner decided travels with the event that answers a request, and so does the number of
-- datasets the request covers. A row per request with several datasets, or of a pipeline, lets
-- such requests be listed without grouping all runs.
SET LOCAL lock_timeout = '5s';

ALTER TABLE profilemesh_runs
  ADD COLUMN pipeline         text COLLATE "C",
  ADD COLUMN request_datasets integer,
  ADD COLUMN plan             jsonb;

-- Totals of a pipeline, from the index alone.
CREATE INDEX profilemesh_runs_by_pipeline
  ON profilemesh_runs (pipeline, status) WHERE pipeline IS NOT NULL;

CREATE TABLE profilemesh_pipeline_runs (
  request_id   text        COLLATE "C" NOT NULL PRIMARY KEY,
  environment  text        NOT NULL,
  pipeline     text        COLLATE "C",
  source       text        NOT NULL,
  trigger      text        NOT NULL,
  requester    text,
  reason       text,
  datasets     integer     NOT NULL,
  dry_run      boolean     NOT NULL,
  requested_at timestamptz NOT NULL
);

CREATE INDEX profilemesh_pipeline_runs_newest
  ON profilemesh_pipeline_runs (requested_at DESC, request_id DESC);
CREATE INDEX profilemesh_pipeline_runs_of_one
  ON profilemesh_pipeline_runs (pipeline, requested_at DESC, request_id DESC)
  WHERE pipeline IS NOT NULL;

COMMENT ON COLUMN profilemesh_runs.pipeline IS 'Pipeline whose firing asked; null: none.';
COMMENT ON COLUMN profilemesh_runs.request_datasets IS 'Runs that the request led to, this one included; null: not known.';
COMMENT ON COLUMN profilemesh_runs.plan IS 'Decision of the planner: decision, reason, changeToken, rows, bytes, seconds, fullRows, fullBytes, fullSeconds.';
COMMENT ON TABLE profilemesh_pipeline_runs IS 'Requests that led to several runs, or were made by a pipeline: one row each; the runs are their members.';
COMMENT ON COLUMN profilemesh_pipeline_runs.request_id IS 'Request.';
COMMENT ON COLUMN profilemesh_pipeline_runs.environment IS 'Environment of the mesh.';
COMMENT ON COLUMN profilemesh_pipeline_runs.pipeline IS 'Pipeline that fired; null: somebody asked.';
COMMENT ON COLUMN profilemesh_pipeline_runs.source IS 'Name of the source.';
COMMENT ON COLUMN profilemesh_pipeline_runs.trigger IS 'What asked: request, cli, rest, schedule, change_capture, sweep or backfill.';
COMMENT ON COLUMN profilemesh_pipeline_runs.requester IS 'Who asked.';
COMMENT ON COLUMN profilemesh_pipeline_runs.reason IS 'Why they asked.';
COMMENT ON COLUMN profilemesh_pipeline_runs.datasets IS 'Runs that the request led to.';
COMMENT ON COLUMN profilemesh_pipeline_runs.dry_run IS 'Whether only the plan was asked for.';
COMMENT ON COLUMN profilemesh_pipeline_runs.requested_at IS 'When the request was answered.';
