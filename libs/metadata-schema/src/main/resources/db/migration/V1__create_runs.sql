-- One row per run and dataset, merged from run-events and table-profiles in whatever order the two
-- topics arrive. Each topic owns columns of its own, so that neither sink has to wait for the other;
-- the status people see is computed from both.
SET LOCAL lock_timeout = '5s';

CREATE TABLE profilemesh_runs (
  run_id               uuid        NOT NULL,
  dataset_name         text        COLLATE "C" NOT NULL,
  source               text        NOT NULL,
  schema_name          text        NOT NULL,
  table_name           text        NOT NULL,
  slice                text,
  environment          text        NOT NULL,
  request_id           text        NOT NULL,
  requester            text,
  reason               text,
  trigger              text        NOT NULL,
  owner                text,
  tags                 text[]      NOT NULL DEFAULT '{}',
  requested_at         timestamptz NOT NULL,
  started_at           timestamptz,

  event_rank           smallint    NOT NULL DEFAULT 0,
  attempt              integer     NOT NULL DEFAULT 0,
  last_event_at        timestamptz NOT NULL DEFAULT '-infinity',
  last_event_id        text        COLLATE "C" NOT NULL DEFAULT '',
  error_code           text,
  error_message        text,
  rows_read            bigint,
  rows_estimated       bigint,
  duration_ms          bigint,

  profile_attempt      integer,
  profiled_at          timestamptz,
  profile_ended_at     timestamptz,
  snapshot             text,
  slice_column         text,
  slice_start          timestamptz,
  slice_end            timestamptz,
  row_count            bigint,
  row_count_quality    text,
  column_count         integer,
  rows_scanned         bigint,
  bytes_scanned        bigint,
  sampling             jsonb,
  schema_fingerprint   text,
  next_run_expected_at timestamptz,
  hash_key_id          text,
  profile_parts        integer,

  status               text        NOT NULL GENERATED ALWAYS AS (
    CASE
      WHEN event_rank = 6 AND profiled_at IS NOT NULL THEN 'completed'
      WHEN event_rank = 5 THEN 'failed'
      WHEN event_rank = 4 THEN 'cancelled'
      WHEN event_rank = 3 THEN 'skipped'
      WHEN event_rank < 2 AND profiled_at IS NULL THEN 'requested'
      ELSE 'running'
    END) STORED,
  ended_at             timestamptz GENERATED ALWAYS AS (
    CASE WHEN event_rank >= 3 THEN last_event_at END) STORED,

  PRIMARY KEY (run_id, dataset_name)
);

-- The list of newest runs, page by page: the order is the index's own, so a page costs the same
-- wherever it begins.
CREATE INDEX profilemesh_runs_newest
  ON profilemesh_runs (requested_at DESC, run_id DESC, dataset_name DESC);
-- Runs of one table, newest first; a table's name alone is selective, source and schema filter the rest.
CREATE INDEX profilemesh_runs_by_table
  ON profilemesh_runs (table_name, requested_at DESC, run_id DESC, dataset_name DESC);
-- Runs of one status, newest first: failed ones among many completed ones, the few that are running.
CREATE INDEX profilemesh_runs_by_status
  ON profilemesh_runs (status, requested_at DESC, run_id DESC, dataset_name DESC);
-- Everything one request led to.
CREATE INDEX profilemesh_runs_by_request
  ON profilemesh_runs (request_id);
-- History of a dataset by the instant its profiles speak of.
CREATE INDEX profilemesh_runs_history
  ON profilemesh_runs (dataset_name, profiled_at DESC, run_id DESC)
  WHERE profiled_at IS NOT NULL;

COMMENT ON TABLE profilemesh_runs IS 'Runs: one row per run and dataset.';
COMMENT ON COLUMN profilemesh_runs.run_id IS 'Run. One run id may cover several datasets of one request.';
COMMENT ON COLUMN profilemesh_runs.dataset_name IS 'Dataset id: source/schema/table or source/schema/table@slice.';
COMMENT ON COLUMN profilemesh_runs.source IS 'Name of the source (a database).';
COMMENT ON COLUMN profilemesh_runs.schema_name IS 'Schema; empty where the engine has none.';
COMMENT ON COLUMN profilemesh_runs.table_name IS 'Table; the pattern itself where a request matched none.';
COMMENT ON COLUMN profilemesh_runs.slice IS 'Slice; null: the whole table.';
COMMENT ON COLUMN profilemesh_runs.environment IS 'Environment of the mesh.';
COMMENT ON COLUMN profilemesh_runs.request_id IS 'Request that led to the run.';
COMMENT ON COLUMN profilemesh_runs.requester IS 'Who asked.';
COMMENT ON COLUMN profilemesh_runs.reason IS 'Why they asked.';
COMMENT ON COLUMN profilemesh_runs.trigger IS 'What asked: request, cli, rest, schedule, change_capture, sweep or backfill.';
COMMENT ON COLUMN profilemesh_runs.owner IS 'Owner of the dataset, from configuration.';
COMMENT ON COLUMN profilemesh_runs.tags IS 'Tags of the dataset, from configuration.';
COMMENT ON COLUMN profilemesh_runs.requested_at IS 'Earliest instant known of the run: when it was accepted.';
COMMENT ON COLUMN profilemesh_runs.started_at IS 'When the first attempt started.';
COMMENT ON COLUMN profilemesh_runs.event_rank IS 'How far the run''s events say it came: 0 none, 1 accepted, 2 started, 3 skipped, 4 cancelled, 5 failed, 6 completed. The highest wins, in whatever order they arrive.';
COMMENT ON COLUMN profilemesh_runs.attempt IS 'Attempt of the deciding event, from 1; 0 before any event.';
COMMENT ON COLUMN profilemesh_runs.last_event_at IS 'Instant of the deciding event; -infinity before any.';
COMMENT ON COLUMN profilemesh_runs.last_event_id IS 'Id of the deciding event; empty before any.';
COMMENT ON COLUMN profilemesh_runs.error_code IS 'Reason code of a failed, skipped or cancelled run; docs/errors.md lists them.';
COMMENT ON COLUMN profilemesh_runs.error_message IS 'One sentence for people, with the remedy.';
COMMENT ON COLUMN profilemesh_runs.rows_read IS 'Rows read when the deciding event was written.';
COMMENT ON COLUMN profilemesh_runs.rows_estimated IS 'Rows the source expected the table to have.';
COMMENT ON COLUMN profilemesh_runs.duration_ms IS 'Milliseconds from the start of the deciding attempt.';
COMMENT ON COLUMN profilemesh_runs.profile_attempt IS 'Attempt whose profile is stored: the first complete one in the log; null while there is none.';
COMMENT ON COLUMN profilemesh_runs.profiled_at IS 'When the scan began: the instant the profile speaks of; null while no profile is stored.';
COMMENT ON COLUMN profilemesh_runs.profile_ended_at IS 'When the scan ended.';
COMMENT ON COLUMN profilemesh_runs.snapshot IS 'Snapshot of the source that was read; none where the engine has no shared one.';
COMMENT ON COLUMN profilemesh_runs.slice_column IS 'Timestamp column that decides the slice''s period.';
COMMENT ON COLUMN profilemesh_runs.slice_start IS 'First instant of the slice''s period, inclusive.';
COMMENT ON COLUMN profilemesh_runs.slice_end IS 'End of the slice''s period, exclusive.';
COMMENT ON COLUMN profilemesh_runs.row_count IS 'Rows of the table or slice.';
COMMENT ON COLUMN profilemesh_runs.row_count_quality IS 'How the row count was obtained: exact, approximate or estimate.';
COMMENT ON COLUMN profilemesh_runs.column_count IS 'Columns of the table.';
COMMENT ON COLUMN profilemesh_runs.rows_scanned IS 'Rows read for the profile.';
COMMENT ON COLUMN profilemesh_runs.bytes_scanned IS 'Bytes received from the source for the profile.';
COMMENT ON COLUMN profilemesh_runs.sampling IS 'Sampling applied: method, fraction, rowLimit, seed.';
COMMENT ON COLUMN profilemesh_runs.schema_fingerprint IS 'Hash of names, types, nullability and order of the columns.';
COMMENT ON COLUMN profilemesh_runs.next_run_expected_at IS 'When the next run of the dataset is due; null: unscheduled.';
COMMENT ON COLUMN profilemesh_runs.hash_key_id IS 'Key the value hashes were made with; hashes of different keys cannot be compared.';
COMMENT ON COLUMN profilemesh_runs.profile_parts IS 'Records the profile came in.';
COMMENT ON COLUMN profilemesh_runs.status IS 'requested, running, completed, failed, skipped or cancelled; completed only once the profile is stored too.';
COMMENT ON COLUMN profilemesh_runs.ended_at IS 'When the run ended; null while it has not.';
