-- Incidents as they stand, the policies that are written down, and what people told the drift service. A tombstone
-- removes the row of an incident or policy, so that a rebuild from the topics gives the same rows.
SET LOCAL lock_timeout = '5s';

CREATE TABLE profilemesh_incidents (
  incident_id      text        COLLATE "C" NOT NULL PRIMARY KEY,
  environment      text        NOT NULL,
  dataset_name     text        COLLATE "C" NOT NULL,
  source           text        NOT NULL,
  schema_name      text        NOT NULL,
  table_name       text        NOT NULL,
  slice            text,
  column_name      text,
  metric_group     text        NOT NULL,
  state            text        NOT NULL,
  severity         text        NOT NULL,
  highest_severity text        NOT NULL,
  opened_at        timestamptz NOT NULL,
  updated_at       timestamptz NOT NULL,
  resolved_at      timestamptz,
  first_event_id   text        NOT NULL,
  last_event_id    text        NOT NULL,
  first_run_id     uuid,
  last_run_id      uuid,
  runs             integer     NOT NULL,
  message          text        NOT NULL,
  owner            text,
  tags             text[]      NOT NULL DEFAULT '{}',
  acknowledged_by  text,
  assignee         text,
  muted_until      timestamptz,
  feedback         text,
  revision         bigint      NOT NULL
);

-- The list of newest incidents, and the few open ones among them.
CREATE INDEX profilemesh_incidents_newest
  ON profilemesh_incidents (opened_at DESC, incident_id DESC);
CREATE INDEX profilemesh_incidents_open
  ON profilemesh_incidents (opened_at DESC, incident_id DESC)
  WHERE state <> 'resolved';
-- Those of one dataset, newest first.
CREATE INDEX profilemesh_incidents_by_dataset
  ON profilemesh_incidents (dataset_name, opened_at DESC, incident_id DESC);

COMMENT ON TABLE profilemesh_incidents IS 'Incidents, open ones and those resolved within the drift service''s memory.';
COMMENT ON COLUMN profilemesh_incidents.incident_id IS 'Id of the incident, a hash of what it is about and of the event that opened it.';
COMMENT ON COLUMN profilemesh_incidents.environment IS 'Environment of the mesh.';
COMMENT ON COLUMN profilemesh_incidents.dataset_name IS 'Dataset id.';
COMMENT ON COLUMN profilemesh_incidents.source IS 'Name of the source.';
COMMENT ON COLUMN profilemesh_incidents.schema_name IS 'Schema.';
COMMENT ON COLUMN profilemesh_incidents.table_name IS 'Table.';
COMMENT ON COLUMN profilemesh_incidents.slice IS 'Slice; null: the whole table.';
COMMENT ON COLUMN profilemesh_incidents.column_name IS 'Column; null: the table.';
COMMENT ON COLUMN profilemesh_incidents.metric_group IS 'Group of metrics that are one fact, such as completeness.';
COMMENT ON COLUMN profilemesh_incidents.state IS 'opened, updated or resolved.';
COMMENT ON COLUMN profilemesh_incidents.severity IS 'Severity now: low, medium or high.';
COMMENT ON COLUMN profilemesh_incidents.highest_severity IS 'Highest severity so far.';
COMMENT ON COLUMN profilemesh_incidents.opened_at IS 'When it opened.';
COMMENT ON COLUMN profilemesh_incidents.updated_at IS 'When it last changed.';
COMMENT ON COLUMN profilemesh_incidents.resolved_at IS 'When it was resolved; null: it is open.';
COMMENT ON COLUMN profilemesh_incidents.first_event_id IS 'Finding that opened it.';
COMMENT ON COLUMN profilemesh_incidents.last_event_id IS 'Latest finding or resolution.';
COMMENT ON COLUMN profilemesh_incidents.first_run_id IS 'Run that opened it; null: a run that did not come.';
COMMENT ON COLUMN profilemesh_incidents.last_run_id IS 'Latest run that touched it.';
COMMENT ON COLUMN profilemesh_incidents.runs IS 'Runs that had a finding of it.';
COMMENT ON COLUMN profilemesh_incidents.message IS 'Sentence of the latest finding or resolution.';
COMMENT ON COLUMN profilemesh_incidents.owner IS 'Owner of the dataset.';
COMMENT ON COLUMN profilemesh_incidents.tags IS 'Tags of the dataset.';
COMMENT ON COLUMN profilemesh_incidents.acknowledged_by IS 'Who has seen it.';
COMMENT ON COLUMN profilemesh_incidents.assignee IS 'Who works on it.';
COMMENT ON COLUMN profilemesh_incidents.muted_until IS 'Until when nobody is told of it.';
COMMENT ON COLUMN profilemesh_incidents.feedback IS 'A person''s judgement: expected, false_positive or confirmed.';
COMMENT ON COLUMN profilemesh_incidents.revision IS 'Grows by one with each change.';

CREATE TABLE profilemesh_policies (
  policy_id  text        COLLATE "C" NOT NULL PRIMARY KEY,
  rank       integer     NOT NULL,
  enabled    boolean     NOT NULL,
  version    bigint      NOT NULL,
  definition jsonb       NOT NULL,
  updated_by text,
  updated_at timestamptz
);

COMMENT ON TABLE profilemesh_policies IS 'Policies: what counts as drift.';
COMMENT ON COLUMN profilemesh_policies.policy_id IS 'Id of the policy.';
COMMENT ON COLUMN profilemesh_policies.rank IS 'Order; the lowest that matches decides.';
COMMENT ON COLUMN profilemesh_policies.enabled IS 'False: as if it were not there.';
COMMENT ON COLUMN profilemesh_policies.version IS 'Offset of its record.';
COMMENT ON COLUMN profilemesh_policies.definition IS 'The whole policy, as it is written.';
COMMENT ON COLUMN profilemesh_policies.updated_by IS 'Who wrote this version.';
COMMENT ON COLUMN profilemesh_policies.updated_at IS 'When.';

CREATE TABLE profilemesh_drift_commands (
  command_id   uuid        NOT NULL PRIMARY KEY,
  kind         text        NOT NULL,
  dataset_name text        COLLATE "C" NOT NULL,
  run_id       uuid,
  incident_id  text        COLLATE "C",
  column_name  text,
  metric_name  text,
  feedback     text,
  assignee     text,
  muted_until  timestamptz,
  actor        text        NOT NULL,
  reason       text,
  issued_at    timestamptz NOT NULL
);

CREATE INDEX profilemesh_drift_commands_by_incident
  ON profilemesh_drift_commands (incident_id, issued_at)
  WHERE incident_id IS NOT NULL;
CREATE INDEX profilemesh_drift_commands_by_dataset
  ON profilemesh_drift_commands (dataset_name, issued_at DESC);

COMMENT ON TABLE profilemesh_drift_commands IS 'What people told the drift service.';
COMMENT ON COLUMN profilemesh_drift_commands.command_id IS 'Id of the command.';
COMMENT ON COLUMN profilemesh_drift_commands.kind IS 'pin, unpin, accept_schema, feedback, acknowledge, assign, mute or forget.';
COMMENT ON COLUMN profilemesh_drift_commands.dataset_name IS 'Dataset id.';
COMMENT ON COLUMN profilemesh_drift_commands.run_id IS 'Run to pin.';
COMMENT ON COLUMN profilemesh_drift_commands.incident_id IS 'Incident meant.';
COMMENT ON COLUMN profilemesh_drift_commands.column_name IS 'Column; null: all.';
COMMENT ON COLUMN profilemesh_drift_commands.metric_name IS 'Metric; null: all.';
COMMENT ON COLUMN profilemesh_drift_commands.feedback IS 'Judgement: expected, false_positive or confirmed.';
COMMENT ON COLUMN profilemesh_drift_commands.assignee IS 'Who is to work on it.';
COMMENT ON COLUMN profilemesh_drift_commands.muted_until IS 'End of a mute; null: it is over.';
COMMENT ON COLUMN profilemesh_drift_commands.actor IS 'Who.';
COMMENT ON COLUMN profilemesh_drift_commands.reason IS 'Why.';
COMMENT ON COLUMN profilemesh_drift_commands.issued_at IS 'When.';

ALTER TABLE profilemesh_verdicts ADD COLUMN event_ids text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN profilemesh_verdicts.event_ids IS 'Drift events written with the verdict: what people are told.';
