-- The version of these tables, readable without knowing the migration tool. Its history keeps times
-- without a zone; they are written in sessions set to UTC.
SET LOCAL lock_timeout = '5s';

CREATE VIEW profilemesh_schema_version AS
SELECT version::integer                  AS version,
       installed_on AT TIME ZONE 'UTC'   AS applied_at,
       description::text                 AS description,
       script::text                      AS migration_script,
       checksum                          AS checksum
  FROM profilemesh_schema_history
 WHERE success
   AND version IS NOT NULL;

COMMENT ON VIEW profilemesh_schema_version IS 'Migrations applied: one row per version, the highest is the current one.';
COMMENT ON COLUMN profilemesh_schema_version.version IS 'Version, from 1.';
COMMENT ON COLUMN profilemesh_schema_version.applied_at IS 'When it was applied.';
COMMENT ON COLUMN profilemesh_schema_version.description IS 'What it does.';
COMMENT ON COLUMN profilemesh_schema_version.migration_script IS 'File it came from.';
COMMENT ON COLUMN profilemesh_schema_version.checksum IS 'Checksum of that file, with which a later edit is noticed.';
