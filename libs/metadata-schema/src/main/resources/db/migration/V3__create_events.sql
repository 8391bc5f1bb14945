-- What happened: each step of each run, and each drift event, under the id it carries on its topic.
SET LOCAL lock_timeout = '5s';

CREATE TABLE profilemesh_events (
  event_id        text        COLLATE "C" NOT NULL PRIMARY KEY,
  event_type      text        NOT NULL,
  "timestamp"     timestamptz NOT NULL,
  run_id          uuid,
  dataset_name    text        COLLATE "C" NOT NULL,
  source          text        NOT NULL,
  schema_name     text        NOT NULL,
  table_name      text        NOT NULL,
  slice           text,
  environment     text        NOT NULL,
  request_id      text        NOT NULL,
  requester       text,
  owner           text,
  tags            text[]      NOT NULL DEFAULT '{}',
  attempt         integer,
  error_code      text,
  column_name     text,
  metric_name     text,
  drift_kind      text,
  detector        text,
  baseline_value  double precision,
  baseline_text   text,
  current_value   double precision,
  current_text    text,
  change_absolute double precision,
  change_percent  double precision,
  drift_severity  text,
  incident_id     text,
  incident_state  text,
  policy_version  bigint,
  message         text,
  metadata        jsonb
);

-- The list of newest drift events; run steps are far more and never listed with them.
CREATE INDEX profilemesh_events_newest_drift
  ON profilemesh_events ("timestamp" DESC, event_id DESC)
  WHERE event_type = 'drift';
-- Drift of one table, newest first.
CREATE INDEX profilemesh_events_drift_by_table
  ON profilemesh_events (table_name, "timestamp" DESC, event_id DESC)
  WHERE event_type = 'drift';
-- The few high ones among many low ones, newest first.
CREATE INDEX profilemesh_events_drift_by_severity
  ON profilemesh_events (drift_severity, "timestamp" DESC, event_id DESC)
  WHERE event_type = 'drift';
-- Everything that happened to one run, in order.
CREATE INDEX profilemesh_events_by_run
  ON profilemesh_events (run_id, "timestamp");
-- A finding's history within its incident.
CREATE INDEX profilemesh_events_by_incident
  ON profilemesh_events (incident_id)
  WHERE incident_id IS NOT NULL;

COMMENT ON TABLE profilemesh_events IS 'Steps of runs, and drift events.';
COMMENT ON COLUMN profilemesh_events.event_id IS 'Id of the event, a hash of what it says.';
COMMENT ON COLUMN profilemesh_events.event_type IS 'drift, or a step of a run: run_accepted, run_started, run_progress, run_completed, run_failed, run_skipped, run_cancelled or run_unknown.';
COMMENT ON COLUMN profilemesh_events."timestamp" IS 'When the step happened; of drift: the instant the profile speaks of.';
COMMENT ON COLUMN profilemesh_events.run_id IS 'Run; null: a run that did not come.';
COMMENT ON COLUMN profilemesh_events.dataset_name IS 'Dataset id.';
COMMENT ON COLUMN profilemesh_events.source IS 'Name of the source.';
COMMENT ON COLUMN profilemesh_events.schema_name IS 'Schema.';
COMMENT ON COLUMN profilemesh_events.table_name IS 'Table.';
COMMENT ON COLUMN profilemesh_events.slice IS 'Slice; null: the whole table.';
COMMENT ON COLUMN profilemesh_events.environment IS 'Environment of the mesh.';
COMMENT ON COLUMN profilemesh_events.request_id IS 'Request that led to the run.';
COMMENT ON COLUMN profilemesh_events.requester IS 'Who asked for the run.';
COMMENT ON COLUMN profilemesh_events.owner IS 'Owner of the dataset.';
COMMENT ON COLUMN profilemesh_events.tags IS 'Tags of the dataset.';
COMMENT ON COLUMN profilemesh_events.attempt IS 'Attempt a run''s step belongs to; null for drift.';
COMMENT ON COLUMN profilemesh_events.error_code IS 'Reason code of a failed, skipped or cancelled run.';
COMMENT ON COLUMN profilemesh_events.column_name IS 'Column that drifted; null: the table.';
COMMENT ON COLUMN profilemesh_events.metric_name IS 'Metric that moved, or what of the schema changed.';
COMMENT ON COLUMN profilemesh_events.drift_kind IS 'Family of the finding: schema, volume, completeness, uniqueness, validity, value, distribution, freshness or missing_run.';
COMMENT ON COLUMN profilemesh_events.detector IS 'Detector that found it.';
COMMENT ON COLUMN profilemesh_events.baseline_value IS 'What was expected.';
COMMENT ON COLUMN profilemesh_events.baseline_text IS 'What was expected, where it is no number.';
COMMENT ON COLUMN profilemesh_events.current_value IS 'What was found.';
COMMENT ON COLUMN profilemesh_events.current_text IS 'What was found, where it is no number.';
COMMENT ON COLUMN profilemesh_events.change_absolute IS 'Current less baseline, in the metric''s unit; percentage points for percents.';
COMMENT ON COLUMN profilemesh_events.change_percent IS '100 * (current - baseline) / |baseline|; null against a baseline of zero.';
COMMENT ON COLUMN profilemesh_events.drift_severity IS 'low, medium or high.';
COMMENT ON COLUMN profilemesh_events.incident_id IS 'Incident the finding belongs to.';
COMMENT ON COLUMN profilemesh_events.incident_state IS 'What the finding did to the incident: opened, updated or resolved.';
COMMENT ON COLUMN profilemesh_events.policy_version IS 'Version of the policies that judged; 0: the built-in ones.';
COMMENT ON COLUMN profilemesh_events.message IS 'One sentence for people.';
COMMENT ON COLUMN profilemesh_events.metadata IS 'The rest of the event: progress and plan of a run''s step; effect, errors, detector parameters, baseline runs and links of a drift event.';
