-- The last known state of every table, so that a list of tables never has to look through their runs.
-- Three topics feed it; each owns columns of its own and keeps the newest it has seen.
SET LOCAL lock_timeout = '5s';

CREATE TABLE profilemesh_table_state (
  dataset_name         text        COLLATE "C" NOT NULL PRIMARY KEY,
  source               text        NOT NULL,
  schema_name          text        NOT NULL,
  table_name           text        NOT NULL,
  slice                text,
  environment          text        NOT NULL,

  last_run_id          uuid,
  last_profiled_at     timestamptz,
  snapshot_id          text,
  row_count            bigint,
  column_count         integer,
  bytes                bigint,
  staleness_ms         bigint,
  schema_fingerprint   text,
  owner                text,
  tags                 text[],
  next_run_expected_at timestamptz,

  decided_run_id       uuid,
  decided_at           timestamptz,
  decision             text,
  decision_reason      text,
  change_token         text,

  verdict_run_id       uuid,
  verdict_profiled_at  timestamptz,
  outcome              text,
  low_findings         integer,
  medium_findings      integer,
  high_findings        integer,
  open_incidents       integer
);

-- Tables of a source and schema, in the order people list them.
CREATE INDEX profilemesh_table_state_by_name
  ON profilemesh_table_state (source, schema_name, table_name);

COMMENT ON TABLE profilemesh_table_state IS 'Last known state of every dataset.';
COMMENT ON COLUMN profilemesh_table_state.dataset_name IS 'Dataset id.';
COMMENT ON COLUMN profilemesh_table_state.source IS 'Name of the source.';
COMMENT ON COLUMN profilemesh_table_state.schema_name IS 'Schema.';
COMMENT ON COLUMN profilemesh_table_state.table_name IS 'Table.';
COMMENT ON COLUMN profilemesh_table_state.slice IS 'Slice; null: the whole table.';
COMMENT ON COLUMN profilemesh_table_state.environment IS 'Environment of the mesh.';
COMMENT ON COLUMN profilemesh_table_state.last_run_id IS 'Run of the newest profile; null: none yet.';
COMMENT ON COLUMN profilemesh_table_state.last_profiled_at IS 'The instant the newest profile speaks of.';
COMMENT ON COLUMN profilemesh_table_state.snapshot_id IS 'Snapshot of the source the newest profile read.';
COMMENT ON COLUMN profilemesh_table_state.row_count IS 'Rows at the newest profile.';
COMMENT ON COLUMN profilemesh_table_state.column_count IS 'Columns at the newest profile.';
COMMENT ON COLUMN profilemesh_table_state.bytes IS 'Size at the newest profile, from the metric bytes; null where the engine cannot say.';
COMMENT ON COLUMN profilemesh_table_state.staleness_ms IS 'Age of the newest data at the newest profile, from the metric data_age; null where it is not measured.';
COMMENT ON COLUMN profilemesh_table_state.schema_fingerprint IS 'Hash of the columns at the newest profile.';
COMMENT ON COLUMN profilemesh_table_state.owner IS 'Owner at the newest profile.';
COMMENT ON COLUMN profilemesh_table_state.tags IS 'Tags at the newest profile.';
COMMENT ON COLUMN profilemesh_table_state.next_run_expected_at IS 'When the next run is due; null: unscheduled.';
COMMENT ON COLUMN profilemesh_table_state.decided_run_id IS 'Run of the planner''s newest decision.';
COMMENT ON COLUMN profilemesh_table_state.decided_at IS 'When the planner decided last.';
COMMENT ON COLUMN profilemesh_table_state.decision IS 'What it decided: full, slice, sample or skip.';
COMMENT ON COLUMN profilemesh_table_state.decision_reason IS 'Why.';
COMMENT ON COLUMN profilemesh_table_state.change_token IS 'What the source said of its last change when the planner decided.';
COMMENT ON COLUMN profilemesh_table_state.verdict_run_id IS 'Run of the newest verdict.';
COMMENT ON COLUMN profilemesh_table_state.verdict_profiled_at IS 'The instant the newest verdict''s profile speaks of.';
COMMENT ON COLUMN profilemesh_table_state.outcome IS 'Newest verdict: no_drift, drift or not_evaluated.';
COMMENT ON COLUMN profilemesh_table_state.low_findings IS 'Findings of severity low in the newest verdict.';
COMMENT ON COLUMN profilemesh_table_state.medium_findings IS 'Findings of severity medium in the newest verdict.';
COMMENT ON COLUMN profilemesh_table_state.high_findings IS 'Findings of severity high in the newest verdict.';
COMMENT ON COLUMN profilemesh_table_state.open_incidents IS 'Incidents open after the newest verdict.';
