-- The pipelines that the profiler's configuration schedules, and whether somebody paused them. Two
-- topics feed a row; each owns columns of its own and keeps the newest it has seen, so either may come first.
SET LOCAL lock_timeout = '5s';

CREATE TABLE profilemesh_pipelines (
  name             text        COLLATE "C" NOT NULL PRIMARY KEY,
  type             text        NOT NULL DEFAULT 'schedule',
  environment      text,
  source           text,
  cron             text,
  zone             text,
  missed           text,
  configuration    jsonb,
  owner            text,
  tags             text[]      NOT NULL DEFAULT '{}',
  configured       boolean     NOT NULL DEFAULT false,
  fired_for        timestamptz,
  fired_at         timestamptz,
  fired_request_id text,
  considered_until timestamptz,
  missed_count     bigint      NOT NULL DEFAULT 0,
  next_at          timestamptz,
  updated_at       timestamptz NOT NULL DEFAULT '-infinity',

  paused           boolean     NOT NULL DEFAULT false,
  commanded_by     text,
  command_reason   text,
  commanded_at     timestamptz NOT NULL DEFAULT '-infinity'
);

COMMENT ON TABLE profilemesh_pipelines IS 'Pipelines: schedules of the profiler''s configuration.';
COMMENT ON COLUMN profilemesh_pipelines.name IS 'Name of the pipeline.';
COMMENT ON COLUMN profilemesh_pipelines.type IS 'What makes it run: schedule.';
COMMENT ON COLUMN profilemesh_pipelines.environment IS 'Environment of the mesh; null: no schedule has been seen.';
COMMENT ON COLUMN profilemesh_pipelines.source IS 'Source of its tables.';
COMMENT ON COLUMN profilemesh_pipelines.cron IS 'Cron expression of five fields.';
COMMENT ON COLUMN profilemesh_pipelines.zone IS 'Time zone in which it is read.';
COMMENT ON COLUMN profilemesh_pipelines.missed IS 'What becomes of firings that fell into a downtime: skip or once.';
COMMENT ON COLUMN profilemesh_pipelines.configuration IS 'Which tables it profiles: include, exclude, slice.';
COMMENT ON COLUMN profilemesh_pipelines.owner IS 'Owner, from configuration.';
COMMENT ON COLUMN profilemesh_pipelines.tags IS 'Tags, from configuration.';
COMMENT ON COLUMN profilemesh_pipelines.configured IS 'Whether the configuration still has it.';
COMMENT ON COLUMN profilemesh_pipelines.fired_for IS 'Instant of the schedule that fired last.';
COMMENT ON COLUMN profilemesh_pipelines.fired_at IS 'When it fired.';
COMMENT ON COLUMN profilemesh_pipelines.fired_request_id IS 'Request that this led to.';
COMMENT ON COLUMN profilemesh_pipelines.considered_until IS 'Instant up to which every firing was made, made up for or given up.';
COMMENT ON COLUMN profilemesh_pipelines.missed_count IS 'Firings given up so far, because of a downtime or a pause.';
COMMENT ON COLUMN profilemesh_pipelines.next_at IS 'When it fires next; null: never, or not configured any more.';
COMMENT ON COLUMN profilemesh_pipelines.updated_at IS 'When the profiler said so.';
COMMENT ON COLUMN profilemesh_pipelines.paused IS 'Whether somebody paused it.';
COMMENT ON COLUMN profilemesh_pipelines.commanded_by IS 'Who paused or resumed it last.';
COMMENT ON COLUMN profilemesh_pipelines.command_reason IS 'Why.';
COMMENT ON COLUMN profilemesh_pipelines.commanded_at IS 'When.';
