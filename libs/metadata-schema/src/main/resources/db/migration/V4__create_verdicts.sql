-- How each completed run was judged: waiting programs, exit codes and the dashboard read this, never
-- the absence of drift events.
SET LOCAL lock_timeout = '5s';

CREATE TABLE profilemesh_verdicts (
  run_id           uuid        NOT NULL,
  dataset_name     text        COLLATE "C" NOT NULL,
  source           text        NOT NULL,
  schema_name      text        NOT NULL,
  table_name       text        NOT NULL,
  slice            text,
  environment      text        NOT NULL,
  request_id       text        NOT NULL,
  requester        text,
  owner            text,
  tags             text[]      NOT NULL DEFAULT '{}',
  profiled_at      timestamptz NOT NULL,
  outcome          text        NOT NULL,
  strategy         text        NOT NULL,
  baseline_run_ids text[]      NOT NULL DEFAULT '{}',
  policy_version   bigint      NOT NULL,
  low_findings     integer     NOT NULL,
  medium_findings  integer     NOT NULL,
  high_findings    integer     NOT NULL,
  finding_ids      text[]      NOT NULL DEFAULT '{}',
  open_incidents   integer     NOT NULL,
  not_evaluated    jsonb       NOT NULL,
  judgements       jsonb       NOT NULL,
  -- No foreign key to the run: the verdict's topic may be read ahead of the profile's.
  PRIMARY KEY (run_id, dataset_name)
);

COMMENT ON TABLE profilemesh_verdicts IS 'Judgements: one row per completed run and dataset.';
COMMENT ON COLUMN profilemesh_verdicts.run_id IS 'Run.';
COMMENT ON COLUMN profilemesh_verdicts.dataset_name IS 'Dataset id.';
COMMENT ON COLUMN profilemesh_verdicts.source IS 'Name of the source.';
COMMENT ON COLUMN profilemesh_verdicts.schema_name IS 'Schema.';
COMMENT ON COLUMN profilemesh_verdicts.table_name IS 'Table.';
COMMENT ON COLUMN profilemesh_verdicts.slice IS 'Slice; null: the whole table.';
COMMENT ON COLUMN profilemesh_verdicts.environment IS 'Environment of the mesh.';
COMMENT ON COLUMN profilemesh_verdicts.request_id IS 'Request that led to the run.';
COMMENT ON COLUMN profilemesh_verdicts.requester IS 'Who asked.';
COMMENT ON COLUMN profilemesh_verdicts.owner IS 'Owner of the dataset.';
COMMENT ON COLUMN profilemesh_verdicts.tags IS 'Tags of the dataset.';
COMMENT ON COLUMN profilemesh_verdicts.profiled_at IS 'The instant the profile speaks of.';
COMMENT ON COLUMN profilemesh_verdicts.outcome IS 'no_drift, drift or not_evaluated.';
COMMENT ON COLUMN profilemesh_verdicts.strategy IS 'How the baseline was chosen: previous, pinned, window, seasonal or auto.';
COMMENT ON COLUMN profilemesh_verdicts.baseline_run_ids IS 'Runs compared with.';
COMMENT ON COLUMN profilemesh_verdicts.policy_version IS 'Version of the policies that judged; 0: the built-in ones.';
COMMENT ON COLUMN profilemesh_verdicts.low_findings IS 'Findings of severity low, those of open incidents included.';
COMMENT ON COLUMN profilemesh_verdicts.medium_findings IS 'Findings of severity medium, those of open incidents included.';
COMMENT ON COLUMN profilemesh_verdicts.high_findings IS 'Findings of severity high, those of open incidents included.';
COMMENT ON COLUMN profilemesh_verdicts.finding_ids IS 'Event ids of all findings.';
COMMENT ON COLUMN profilemesh_verdicts.open_incidents IS 'Incidents of the dataset open after the run.';
COMMENT ON COLUMN profilemesh_verdicts.not_evaluated IS 'What was not judged: column, metric, code, message.';
COMMENT ON COLUMN profilemesh_verdicts.judgements IS 'What was judged: column, then metrics with baseline, lower, upper, current, findingId.';
