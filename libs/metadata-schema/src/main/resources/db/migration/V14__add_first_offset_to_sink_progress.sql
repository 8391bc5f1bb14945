-- From which record on the tables know a partition: a rebuild refuses a log that begins later. Rows
-- from before this column are taken to know it from its beginning.
SET LOCAL lock_timeout = '5s';

ALTER TABLE profilemesh_sink_progress ADD COLUMN first_offset bigint NOT NULL DEFAULT 0;

COMMENT ON COLUMN profilemesh_sink_progress.first_offset IS 'Offset of the first record whose rows are stored.';
