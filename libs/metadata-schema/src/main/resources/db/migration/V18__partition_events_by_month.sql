-- Events by month of their instant, as results are since version 17: rows that are there become one partition, up to the
-- end of this month. The key takes in the instant, as keys of such tables must; whoever writes looks for the id first.
SET LOCAL lock_timeout = '5s';

ALTER TABLE profilemesh_events RENAME TO profilemesh_events_before;
ALTER TABLE profilemesh_events_before DROP CONSTRAINT profilemesh_events_pkey;
ALTER INDEX profilemesh_events_newest_drift RENAME TO profilemesh_events_before_newest_drift;
ALTER INDEX profilemesh_events_drift_by_table RENAME TO profilemesh_events_before_drift_by_table;
ALTER INDEX profilemesh_events_drift_by_severity RENAME TO profilemesh_events_before_drift_by_severity;
ALTER INDEX profilemesh_events_by_run RENAME TO profilemesh_events_before_by_run;
ALTER INDEX profilemesh_events_by_incident RENAME TO profilemesh_events_before_by_incident;

CREATE TABLE profilemesh_events (
  LIKE profilemesh_events_before INCLUDING DEFAULTS INCLUDING STORAGE INCLUDING COMMENTS,
  PRIMARY KEY (event_id, "timestamp")
) PARTITION BY RANGE ("timestamp");

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

-- Rows that are there, those who may read and write them, and the first months.
DO $$
DECLARE
  rightful text;
  ends timestamp := date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month';
  until timestamptz := ends AT TIME ZONE 'UTC';
  earlier text := 'profilemesh_events_before' || to_char(ends, '"_y"YYYY"m"MM');
BEGIN
  FOR rightful IN
    SELECT format('GRANT %s ON profilemesh_events TO %s%s', a.privilege_type,
                  CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
                  CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
      FROM pg_class c, aclexplode(c.relacl) a
     WHERE c.oid = to_regclass('profilemesh_events_before') AND a.grantee <> c.relowner
  LOOP
    EXECUTE rightful;
  END LOOP;
  CREATE TABLE profilemesh_events_default PARTITION OF profilemesh_events DEFAULT;
  IF EXISTS (SELECT FROM profilemesh_events_before) THEN
    EXECUTE format(
      'WITH moved AS (DELETE FROM profilemesh_events_before WHERE "timestamp" >= %L RETURNING *)'
        || ' INSERT INTO profilemesh_events SELECT * FROM moved', until);
    EXECUTE format('ALTER TABLE profilemesh_events_before RENAME TO %I', earlier);
    EXECUTE format(
      'ALTER TABLE profilemesh_events ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%L)',
      earlier, until);
  ELSE
    DROP TABLE profilemesh_events_before;
  END IF;
  PERFORM profilemesh_add_month('profilemesh_events', now() + ahead * interval '1 month')
     FROM generate_series(0, 2) AS ahead;
END
$$;

COMMENT ON TABLE profilemesh_events IS 'Steps of runs, and drift events. One partition per month (UTC) of timestamp.';
