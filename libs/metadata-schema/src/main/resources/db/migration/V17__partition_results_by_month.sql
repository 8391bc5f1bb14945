-- Results and sketches by month of the instant they speak of, so that old months can be dropped whole and questions about
-- a period read no others. Rows that are there stay where they are: their table becomes one partition, up to the end of
-- this month. A default partition takes what has no month of its own, so that no row is ever refused for its time.
SET LOCAL lock_timeout = '5s';

-- The views as they are, until the end of this transaction.
DO $$
BEGIN
  PERFORM set_config('profilemesh.view_of_results', pg_get_viewdef('profilemesh_results'::regclass), true),
          set_config('profilemesh.view_of_columns', pg_get_viewdef('profilemesh_columns'::regclass), true);
END
$$;

ALTER TABLE profilemesh_column_profiles RENAME TO profilemesh_column_profiles_before;
ALTER TABLE profilemesh_column_profiles_before RENAME CONSTRAINT profilemesh_column_profiles_run_id_dataset_name_fkey
  TO profilemesh_column_profiles_before_fkey;
ALTER INDEX profilemesh_column_profiles_pkey RENAME TO profilemesh_column_profiles_before_pkey;
ALTER INDEX profilemesh_column_profiles_series RENAME TO profilemesh_column_profiles_before_series;

CREATE TABLE profilemesh_column_profiles (
  LIKE profilemesh_column_profiles_before INCLUDING DEFAULTS INCLUDING STORAGE INCLUDING COMMENTS,
  PRIMARY KEY (run_id, dataset_name, column_name, profiled_at),
  FOREIGN KEY (run_id, dataset_name)
    REFERENCES profilemesh_runs (run_id, dataset_name) ON DELETE CASCADE
) PARTITION BY RANGE (profiled_at);

-- A metric of a column over time, and with it every metric of a column over time.
CREATE INDEX profilemesh_column_profiles_series
  ON profilemesh_column_profiles (dataset_name, column_name, profiled_at DESC);

ALTER TABLE profilemesh_profile_sketches RENAME TO profilemesh_profile_sketches_before;
ALTER TABLE profilemesh_profile_sketches_before RENAME CONSTRAINT profilemesh_profile_sketches_run_id_dataset_name_fkey
  TO profilemesh_profile_sketches_before_fkey;
ALTER INDEX profilemesh_profile_sketches_pkey RENAME TO profilemesh_profile_sketches_before_pkey;

CREATE TABLE profilemesh_profile_sketches (
  LIKE profilemesh_profile_sketches_before INCLUDING DEFAULTS INCLUDING STORAGE INCLUDING COMMENTS,
  PRIMARY KEY (run_id, dataset_name, column_name, profiled_at),
  FOREIGN KEY (run_id, dataset_name)
    REFERENCES profilemesh_runs (run_id, dataset_name) ON DELETE CASCADE
) PARTITION BY RANGE (profiled_at);

-- The views look at the new tables; replacing keeps who may read them.
DO $$
BEGIN
  EXECUTE 'CREATE OR REPLACE VIEW profilemesh_results AS '
    || current_setting('profilemesh.view_of_results');
  EXECUTE 'CREATE OR REPLACE VIEW profilemesh_columns AS '
    || current_setting('profilemesh.view_of_columns');
END
$$;

-- Makes the partition of a month where there is none. It runs with the rights of its owner, so that the
-- service's role needs to own nothing; therefore it knows its tables and takes no other. A table with a
-- default partition gets months of its own within ten years back and one ahead, so that no record, however
-- odd its time, can fill the database with partitions; and where somebody holds it for long, rows wait in
-- the default partition until the month is made, and are moved then.
CREATE OR REPLACE FUNCTION profilemesh_add_month(journal text, month timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout = '2s' AS $$
DECLARE
  first_day timestamp := date_trunc('month', month AT TIME ZONE 'UTC');
  begins timestamptz := first_day AT TIME ZONE 'UTC';
  ends timestamptz := (first_day + interval '1 month') AT TIME ZONE 'UTC';
  suffix text := to_char(first_day, '"_y"YYYY"m"MM');
  partition text := journal || suffix;
  others text := journal || '_default';
  instant text := CASE journal
    WHEN 'profilemesh_column_profiles' THEN 'profiled_at'
    WHEN 'profilemesh_profile_sketches' THEN 'profiled_at'
    WHEN 'profilemesh_events' THEN 'timestamp'
    WHEN 'profilemesh_audit_logs' THEN 'occurred_at'
    WHEN 'profilemesh_query_history' THEN 'started_at' END;
BEGIN
  IF instant IS NULL THEN
    RAISE EXCEPTION '% has no months', journal USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF to_regclass(quote_ident(partition)) IS NOT NULL THEN
    RETURN;
  END IF;
  IF to_regclass(quote_ident(others)) IS NULL THEN
    -- Two services that begin the same month: one makes it, the other finds it made. It looks into the
    -- catalogue itself: what it keeps in mind of names may be older than the lock.
    PERFORM pg_advisory_xact_lock(hashtext('profilemesh_add_month'));
    IF EXISTS (SELECT FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = to_regclass(quote_ident(journal)) AND c.relname = partition) THEN
      RETURN;
    END IF;
    EXECUTE format(
      'CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
      partition, journal, begins, ends);
    IF journal = 'profilemesh_audit_logs' THEN
      EXECUTE format(
        'CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT'
          || ' EXECUTE FUNCTION profilemesh_refuse_change()',
        'profilemesh_audit_logs_stay', partition);
    END IF;
    RETURN;
  END IF;
  IF NOT (begins >= now() - interval '10 years' AND begins < now() + interval '1 year')
     -- What was there before there were months has its place already.
     OR EXISTS (SELECT FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                 WHERE i.inhparent = to_regclass(quote_ident(journal))
                   AND starts_with(c.relname::text, journal || '_before_y')
                   AND c.relname::text COLLATE "C" > journal || '_before' || suffix) THEN
    RETURN;
  END IF;
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('profilemesh_add_month'));
    IF EXISTS (SELECT FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = to_regclass(quote_ident(journal)) AND c.relname = partition) THEN
      RETURN;
    END IF;
    IF journal <> 'profilemesh_events' THEN
      -- In the order of those who write: runs, then what was measured.
      LOCK TABLE profilemesh_runs IN SHARE ROW EXCLUSIVE MODE;
    END IF;
    EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', others);
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING STORAGE)',
      partition, journal);
    EXECUTE format(
      'WITH moved AS (DELETE FROM %1$I WHERE %2$I >= %3$L AND %2$I < %4$L RETURNING *)'
        || ' INSERT INTO %5$I SELECT * FROM moved',
      others, instant, begins, ends, partition);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
      journal, partition, begins, ends);
  EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
    RETURN;
  END;
END
$$;

-- How long to keep which table, and what was dropped: a rebuild does not make that again. Data of its own.
CREATE TABLE profilemesh_retention (
  table_name     text NOT NULL PRIMARY KEY,
  keep_days      integer CHECK (keep_days > 0),
  dropped_before timestamptz,
  updated_by     text NOT NULL,
  updated_at     timestamptz NOT NULL
);

-- Rows that are there, those who may read and write them, and the first months.
DO $$
DECLARE
  journal text;
  earlier text;
  rightful text;
  filled boolean;
  ends timestamp := date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month';
  until timestamptz := ends AT TIME ZONE 'UTC';
BEGIN
  FOREACH journal IN ARRAY ARRAY['profilemesh_column_profiles', 'profilemesh_profile_sketches'] LOOP
    earlier := journal || '_before';
    FOR rightful IN
      SELECT format('GRANT %s ON %I TO %s%s', a.privilege_type, journal,
                    CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
                    CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
        FROM pg_class c, aclexplode(c.relacl) a
       WHERE c.oid = to_regclass(earlier) AND a.grantee <> c.relowner
    LOOP
      EXECUTE rightful;
    END LOOP;
    EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', journal || '_default', journal);
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', earlier) INTO filled;
    IF filled THEN
      EXECUTE format(
        'WITH moved AS (DELETE FROM %I WHERE profiled_at >= %L RETURNING *)'
          || ' INSERT INTO %I SELECT * FROM moved', earlier, until, journal);
      EXECUTE format('ALTER TABLE %I RENAME TO %I',
        earlier, earlier || to_char(ends, '"_y"YYYY"m"MM'));
      EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%L)',
        journal, earlier || to_char(ends, '"_y"YYYY"m"MM'), until);
    ELSE
      EXECUTE format('DROP TABLE %I', earlier);
    END IF;
    PERFORM profilemesh_add_month(journal, now() + ahead * interval '1 month')
       FROM generate_series(0, 2) AS ahead;
  END LOOP;
END
$$;

COMMENT ON TABLE profilemesh_column_profiles IS 'What was measured: one row per run and column, and one for the table itself. One partition per month (UTC) of profiled_at.';
COMMENT ON TABLE profilemesh_profile_sketches IS 'Mergeable summaries of profiles: one row per run and column that has any. One partition per month (UTC) of profiled_at.';
COMMENT ON FUNCTION profilemesh_add_month(text, timestamptz) IS 'Makes the partition of a month of a table that has months.';

COMMENT ON TABLE profilemesh_retention IS 'How long rows are kept: one row per table with a policy.';
COMMENT ON COLUMN profilemesh_retention.table_name IS 'Table.';
COMMENT ON COLUMN profilemesh_retention.keep_days IS 'Days that rows are kept at least; null: for good.';
COMMENT ON COLUMN profilemesh_retention.dropped_before IS 'Rows from before this instant were dropped; null: none were.';
COMMENT ON COLUMN profilemesh_retention.updated_by IS 'Who changed the policy, or dropped rows, last.';
COMMENT ON COLUMN profilemesh_retention.updated_at IS 'When.';
