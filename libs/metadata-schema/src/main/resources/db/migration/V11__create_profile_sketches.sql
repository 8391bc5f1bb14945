-- The sketches of each profile, kept apart from its numbers: they are ten times as large, and few questions need
-- them. They turn a stored run back into a whole profile, which can be compared and merged.
SET LOCAL lock_timeout = '5s';

CREATE TABLE profilemesh_profile_sketches (
  run_id       uuid        NOT NULL,
  dataset_name text        COLLATE "C" NOT NULL,
  column_name  text        COLLATE "C" NOT NULL,
  profiled_at  timestamptz NOT NULL,
  kinds        text[]             NOT NULL,
  formats      text[]             NOT NULL,
  hash_ids     text[],
  errors       double precision[] NOT NULL,
  sketches     bytea[]            NOT NULL,

  -- The time is part of the key so that the table can be partitioned by it.
  PRIMARY KEY (run_id, dataset_name, column_name, profiled_at),
  FOREIGN KEY (run_id, dataset_name)
    REFERENCES profilemesh_runs (run_id, dataset_name) ON DELETE CASCADE
);

-- Sketches hardly shrink: trying would cost more than it saves.
ALTER TABLE profilemesh_profile_sketches ALTER COLUMN sketches SET STORAGE EXTERNAL;

COMMENT ON TABLE profilemesh_profile_sketches IS 'Mergeable summaries of profiles: one row per run and column that has any.';
COMMENT ON COLUMN profilemesh_profile_sketches.run_id IS 'Run.';
COMMENT ON COLUMN profilemesh_profile_sketches.dataset_name IS 'Dataset id.';
COMMENT ON COLUMN profilemesh_profile_sketches.column_name IS 'Column, in the source''s own case.';
COMMENT ON COLUMN profilemesh_profile_sketches.profiled_at IS 'The instant the profile speaks of.';
COMMENT ON COLUMN profilemesh_profile_sketches.kinds IS 'Families: distinct_count, quantiles or frequent_items; the arrays that follow are in the same order.';
COMMENT ON COLUMN profilemesh_profile_sketches.formats IS 'Layouts of the bytes and their versions; docs/metrics.md says which.';
COMMENT ON COLUMN profilemesh_profile_sketches.hash_ids IS 'Hash functions and key ids; sketches of different ones must not be merged; null: none hashes.';
COMMENT ON COLUMN profilemesh_profile_sketches.errors IS 'Stated errors: relative standard error of a distinct count, rank error of quantiles, count error over total of frequent items.';
COMMENT ON COLUMN profilemesh_profile_sketches.sketches IS 'The sketches.';
