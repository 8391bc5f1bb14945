-- How far each partition has been read. Written in the transaction of the rows, so that after any
-- crash rows and position still belong together; Kafka's own offsets are only a hint.
SET LOCAL lock_timeout = '5s';

CREATE TABLE profilemesh_sink_progress (
  topic       text    NOT NULL,
  partition   integer NOT NULL,
  next_offset bigint  NOT NULL,
  PRIMARY KEY (topic, partition)
);

COMMENT ON TABLE profilemesh_sink_progress IS 'Positions of the sinks: one row per partition.';
COMMENT ON COLUMN profilemesh_sink_progress.topic IS 'Topic.';
COMMENT ON COLUMN profilemesh_sink_progress.partition IS 'Partition.';
COMMENT ON COLUMN profilemesh_sink_progress.next_offset IS 'Offset of the first record whose rows are not stored yet.';
