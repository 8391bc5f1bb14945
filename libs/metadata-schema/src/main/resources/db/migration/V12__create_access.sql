-- Who may do what: people, keys of programs, sessions, and what each is granted. A secret is never
-- here, only what proves that somebody has it: a hash.
SET LOCAL lock_timeout = '5s';

CREATE TABLE profilemesh_users (
  user_id         uuid        NOT NULL PRIMARY KEY,
  name            text        COLLATE "C" NOT NULL UNIQUE,
  display_name    text,
  email           text,
  password_hash   text,
  active          boolean     NOT NULL DEFAULT true,
  failed_sign_ins integer     NOT NULL DEFAULT 0,
  locked_until    timestamptz,
  last_sign_in_at timestamptz,
  created_at      timestamptz NOT NULL,
  created_by      text        NOT NULL,
  updated_at      timestamptz NOT NULL
);

CREATE TABLE profilemesh_api_keys (
  key_id            uuid        NOT NULL PRIMARY KEY,
  -- Looked up at the first request of a key, and told to people.
  prefix            text        COLLATE "C" NOT NULL UNIQUE,
  secret_hash       bytea       NOT NULL CHECK (octet_length(secret_hash) = 32),
  name              text        NOT NULL,
  user_id           uuid        REFERENCES profilemesh_users (user_id),
  created_at        timestamptz NOT NULL,
  created_by        text        NOT NULL,
  expires_at        timestamptz,
  revoked_at        timestamptz,
  revoked_by        text,
  last_used_at      timestamptz,
  last_used_address text
);

CREATE TABLE profilemesh_sessions (
  session_id   uuid        NOT NULL PRIMARY KEY,
  -- Looked up at each request of a session.
  token_hash   bytea       NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  user_id      uuid        NOT NULL REFERENCES profilemesh_users (user_id),
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  revoked_at   timestamptz,
  revoked_by   text,
  address      text,
  user_agent   text
);

-- The sessions of one person, to end them.
CREATE INDEX profilemesh_sessions_by_user ON profilemesh_sessions (user_id);

CREATE TABLE profilemesh_grants (
  grant_id       uuid NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id        uuid REFERENCES profilemesh_users (user_id),
  key_id         uuid REFERENCES profilemesh_api_keys (key_id),
  role           text NOT NULL CHECK (role IN ('reader', 'operator', 'admin')),
  source_pattern text NOT NULL,
  schema_pattern text NOT NULL,
  CHECK (num_nonnulls(user_id, key_id) = 1),
  -- What belongs to no source is looked after by those who may everything.
  CHECK (role <> 'admin' OR (source_pattern = '*' AND schema_pattern = '*'))
);

-- The grants of one key, of one person.
CREATE INDEX profilemesh_grants_by_key ON profilemesh_grants (key_id) WHERE key_id IS NOT NULL;
CREATE INDEX profilemesh_grants_by_user ON profilemesh_grants (user_id) WHERE user_id IS NOT NULL;

CREATE TABLE profilemesh_audit_logs (
  occurred_at   timestamptz NOT NULL,
  audit_id      uuid        NOT NULL,
  actor         text        NOT NULL,
  actor_kind    text        NOT NULL,
  actor_id      text,
  action        text        NOT NULL,
  resource_type text        NOT NULL,
  resource_id   text,
  resource_name text,
  outcome       text        NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
  error         text,
  address       text,
  user_agent    text,
  before        jsonb,
  after         jsonb,
  -- The time is part of the key because the table is partitioned by it; the newest come first.
  PRIMARY KEY (occurred_at, audit_id)
) PARTITION BY RANGE (occurred_at);

-- What one actor did, and what was done to one thing, newest first.
CREATE INDEX profilemesh_audit_logs_by_actor
  ON profilemesh_audit_logs (actor, occurred_at DESC);
CREATE INDEX profilemesh_audit_logs_by_resource
  ON profilemesh_audit_logs (resource_type, resource_id, occurred_at DESC);

CREATE TABLE profilemesh_query_history (
  started_at    timestamptz NOT NULL,
  query_id      uuid        NOT NULL,
  actor         text        NOT NULL,
  actor_kind    text        NOT NULL,
  kind          text        NOT NULL,
  route         text        NOT NULL,
  text          text,
  status        integer     NOT NULL,
  tables        text[]      NOT NULL DEFAULT '{}',
  rows_read     bigint,
  rows_written  bigint,
  bytes         bigint      NOT NULL,
  duration_ms   double precision NOT NULL,
  completed_at  timestamptz NOT NULL,
  error_type    text,
  error_text    text,
  -- The time is part of the key because the table is partitioned by it; the newest come first.
  PRIMARY KEY (started_at, query_id)
) PARTITION BY RANGE (started_at);

-- What one actor asked, newest first.
CREATE INDEX profilemesh_query_history_by_actor
  ON profilemesh_query_history (actor, started_at DESC);

CREATE FUNCTION profilemesh_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% only grows: what is written in it stays as it is', TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER profilemesh_audit_logs_only_grow
  BEFORE UPDATE OR DELETE ON profilemesh_audit_logs
  FOR EACH ROW EXECUTE FUNCTION profilemesh_refuse_change();
CREATE TRIGGER profilemesh_audit_logs_stay
  BEFORE TRUNCATE ON profilemesh_audit_logs
  FOR EACH STATEMENT EXECUTE FUNCTION profilemesh_refuse_change();

-- Makes the partition of a month where there is none. It runs with the rights of its owner, so that the
-- service's role needs to own nothing; therefore it knows its two tables and takes no other.
CREATE FUNCTION profilemesh_add_month(journal text, month timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  first_day timestamp := date_trunc('month', month AT TIME ZONE 'UTC');
  partition text := journal || to_char(first_day, '"_y"YYYY"m"MM');
BEGIN
  IF journal NOT IN ('profilemesh_audit_logs', 'profilemesh_query_history') THEN
    RAISE EXCEPTION '% has no months', journal USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF to_regclass(quote_ident(partition)) IS NOT NULL THEN
    RETURN;
  END IF;
  -- Two services that begin the same month: one makes it, the other finds it made.
  PERFORM pg_advisory_xact_lock(hashtext('profilemesh_add_month'));
  IF to_regclass(quote_ident(partition)) IS NOT NULL THEN
    RETURN;
  END IF;
  EXECUTE format(
    'CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
    partition, journal,
    first_day AT TIME ZONE 'UTC', (first_day + interval '1 month') AT TIME ZONE 'UTC');
  IF journal = 'profilemesh_audit_logs' THEN
    EXECUTE format(
      'CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT'
        || ' EXECUTE FUNCTION profilemesh_refuse_change()',
      'profilemesh_audit_logs_stay', partition);
  END IF;
END
$$;

COMMENT ON FUNCTION profilemesh_refuse_change() IS 'Keeps a table from being changed other than by new rows.';
COMMENT ON FUNCTION profilemesh_add_month(text, timestamptz) IS 'Makes the partition of a month of the audit log or the query history.';

COMMENT ON TABLE profilemesh_users IS 'People who sign in.';
COMMENT ON COLUMN profilemesh_users.user_id IS 'Id.';
COMMENT ON COLUMN profilemesh_users.name IS 'Name to sign in with, in lower case.';
COMMENT ON COLUMN profilemesh_users.display_name IS 'Name for people.';
COMMENT ON COLUMN profilemesh_users.email IS 'Address of electronic mail.';
COMMENT ON COLUMN profilemesh_users.password_hash IS 'Argon2id with its parameters and salt; null: no sign-in by password.';
COMMENT ON COLUMN profilemesh_users.active IS 'False: neither sign-in nor any key or session of theirs is accepted.';
COMMENT ON COLUMN profilemesh_users.failed_sign_ins IS 'Wrong passwords since the last right one.';
COMMENT ON COLUMN profilemesh_users.locked_until IS 'No sign-in before this time, because of wrong passwords.';
COMMENT ON COLUMN profilemesh_users.last_sign_in_at IS 'When they signed in last.';
COMMENT ON COLUMN profilemesh_users.created_at IS 'When they were entered.';
COMMENT ON COLUMN profilemesh_users.created_by IS 'By whom.';
COMMENT ON COLUMN profilemesh_users.updated_at IS 'When they were changed last.';

COMMENT ON TABLE profilemesh_api_keys IS 'Keys of programs and people. The keys themselves are known to their holders only.';
COMMENT ON COLUMN profilemesh_api_keys.key_id IS 'Id.';
COMMENT ON COLUMN profilemesh_api_keys.prefix IS 'The part of the key that is no secret.';
COMMENT ON COLUMN profilemesh_api_keys.secret_hash IS 'SHA-256 of the key.';
COMMENT ON COLUMN profilemesh_api_keys.name IS 'What it is for.';
COMMENT ON COLUMN profilemesh_api_keys.user_id IS 'Whose it is; null: a program''s.';
COMMENT ON COLUMN profilemesh_api_keys.created_at IS 'When it was made.';
COMMENT ON COLUMN profilemesh_api_keys.created_by IS 'By whom.';
COMMENT ON COLUMN profilemesh_api_keys.expires_at IS 'When it ends; null: never.';
COMMENT ON COLUMN profilemesh_api_keys.revoked_at IS 'When it was revoked; null: it is not.';
COMMENT ON COLUMN profilemesh_api_keys.revoked_by IS 'By whom.';
COMMENT ON COLUMN profilemesh_api_keys.last_used_at IS 'When it was used last, to the minute; null: never.';
COMMENT ON COLUMN profilemesh_api_keys.last_used_address IS 'From which address.';

COMMENT ON TABLE profilemesh_sessions IS 'Sessions of people who signed in.';
COMMENT ON COLUMN profilemesh_sessions.session_id IS 'Id.';
COMMENT ON COLUMN profilemesh_sessions.token_hash IS 'SHA-256 of the session''s secret.';
COMMENT ON COLUMN profilemesh_sessions.user_id IS 'Whose it is.';
COMMENT ON COLUMN profilemesh_sessions.created_at IS 'When they signed in.';
COMMENT ON COLUMN profilemesh_sessions.expires_at IS 'When it ends at the latest.';
COMMENT ON COLUMN profilemesh_sessions.last_used_at IS 'When it was used last, to the minute.';
COMMENT ON COLUMN profilemesh_sessions.revoked_at IS 'When it was ended before its time; null: it was not.';
COMMENT ON COLUMN profilemesh_sessions.revoked_by IS 'By whom.';
COMMENT ON COLUMN profilemesh_sessions.address IS 'Address they signed in from.';
COMMENT ON COLUMN profilemesh_sessions.user_agent IS 'Program they signed in with.';

COMMENT ON TABLE profilemesh_grants IS 'What each person and each key may do, and where.';
COMMENT ON COLUMN profilemesh_grants.grant_id IS 'Id.';
COMMENT ON COLUMN profilemesh_grants.user_id IS 'Person; null: it is a key''s.';
COMMENT ON COLUMN profilemesh_grants.key_id IS 'Key; null: it is a person''s.';
COMMENT ON COLUMN profilemesh_grants.role IS 'reader, operator or admin; each may what those before it may.';
COMMENT ON COLUMN profilemesh_grants.source_pattern IS 'Sources, * standing for any characters.';
COMMENT ON COLUMN profilemesh_grants.schema_pattern IS 'Schemas of them, * standing for any characters.';

COMMENT ON TABLE profilemesh_audit_logs IS 'Every change and every refused attempt. It only grows; one partition per month (UTC).';
COMMENT ON COLUMN profilemesh_audit_logs.occurred_at IS 'When.';
COMMENT ON COLUMN profilemesh_audit_logs.audit_id IS 'Id.';
COMMENT ON COLUMN profilemesh_audit_logs.actor IS 'Who: name of a person or a key.';
COMMENT ON COLUMN profilemesh_audit_logs.actor_kind IS 'key, user, token, cli, anyone (access is off) or unknown.';
COMMENT ON COLUMN profilemesh_audit_logs.actor_id IS 'Id of the key or the person; subject of a token.';
COMMENT ON COLUMN profilemesh_audit_logs.action IS 'What was to be done, such as cancel or put.';
COMMENT ON COLUMN profilemesh_audit_logs.resource_type IS 'Kind of the thing, such as policy.';
COMMENT ON COLUMN profilemesh_audit_logs.resource_id IS 'Its id.';
COMMENT ON COLUMN profilemesh_audit_logs.resource_name IS 'Its name for people.';
COMMENT ON COLUMN profilemesh_audit_logs.outcome IS 'done, refused or failed.';
COMMENT ON COLUMN profilemesh_audit_logs.error IS 'Code of the problem; null: done.';
COMMENT ON COLUMN profilemesh_audit_logs.address IS 'Address it came from.';
COMMENT ON COLUMN profilemesh_audit_logs.user_agent IS 'Program it came from.';
COMMENT ON COLUMN profilemesh_audit_logs.before IS 'The thing before, without secrets; null: not known or not there.';
COMMENT ON COLUMN profilemesh_audit_logs.after IS 'The thing after, or the order as it was given.';

COMMENT ON TABLE profilemesh_query_history IS 'Requests that were answered; one partition per month (UTC). May have gaps: it never keeps a request waiting.';
COMMENT ON COLUMN profilemesh_query_history.started_at IS 'When it came.';
COMMENT ON COLUMN profilemesh_query_history.query_id IS 'Id.';
COMMENT ON COLUMN profilemesh_query_history.actor IS 'Who: name of a person or a key.';
COMMENT ON COLUMN profilemesh_query_history.actor_kind IS 'As in the audit log.';
COMMENT ON COLUMN profilemesh_query_history.kind IS 'rest: a request over REST.';
COMMENT ON COLUMN profilemesh_query_history.route IS 'Method and path as the API has it, such as GET /api/v1/runs/{runId}.';
COMMENT ON COLUMN profilemesh_query_history.text IS 'Path and parameters as they came, at most 1,000 characters.';
COMMENT ON COLUMN profilemesh_query_history.status IS 'HTTP status.';
COMMENT ON COLUMN profilemesh_query_history.tables IS 'Metadata tables that were read, where known.';
COMMENT ON COLUMN profilemesh_query_history.rows_read IS 'Items of the answer; null: it is no list.';
COMMENT ON COLUMN profilemesh_query_history.rows_written IS 'Rows written; null: none.';
COMMENT ON COLUMN profilemesh_query_history.bytes IS 'Bytes of the answer''s body.';
COMMENT ON COLUMN profilemesh_query_history.duration_ms IS 'Milliseconds from the first byte of the request to the last of the answer.';
COMMENT ON COLUMN profilemesh_query_history.completed_at IS 'When the answer ended.';
COMMENT ON COLUMN profilemesh_query_history.error_type IS 'Code of the problem; null: none.';
COMMENT ON COLUMN profilemesh_query_history.error_text IS 'The problem in a sentence; null: none.';
