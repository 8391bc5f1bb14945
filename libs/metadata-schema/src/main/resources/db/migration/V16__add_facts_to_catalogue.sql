-- What sources say of tables and columns beyond their names and types. Facts have an order of their own, because a
-- profile may come without them: then the last ones known stay.
SET LOCAL lock_timeout = '5s';

ALTER TABLE profilemesh_tables
  ADD COLUMN described_at      timestamptz,
  ADD COLUMN described_run_id  uuid,
  ADD COLUMN described_dataset_name text COLLATE "C",
  ADD COLUMN table_type        text,
  ADD COLUMN description       text,
  ADD COLUMN storage_format    text,
  ADD COLUMN location          text,
  ADD COLUMN compression_ratio double precision,
  ADD COLUMN partitioning      text,
  ADD COLUMN source_owner      text,
  ADD COLUMN creator           text,
  ADD COLUMN last_accessed_at  timestamptz,
  ADD COLUMN metadata          jsonb;

CREATE OR REPLACE VIEW profilemesh_columns AS
SELECT t.source,
       t.schema_name,
       t.table_name,
       c.column_name,
       c.position,
       c.data_type,
       c.column_type,
       c.nullable,
       COALESCE(n.description, c.description)      AS description,
       COALESCE(n.tags, '{}')                      AS tags,
       p.semantic_type,
       c.schema_fingerprint = t.schema_fingerprint AS active,
       c.first_seen_at,
       c.last_seen_at,
       (SELECT jsonb_object_agg(m.name, m.value)
          FROM unnest(p.metric_names, p.metric_values) AS m (name, value)
         WHERE m.value IS NOT NULL)                AS statistics,
       c.default_value,
       c.primary_key,
       c.indexed,
       c.constraints
  FROM profilemesh_tables t
 CROSS JOIN LATERAL (
       SELECT DISTINCT ON (e.name)
              e.name COLLATE "C"                                  AS column_name,
              e.position,
              e."dataType"                                        AS data_type,
              e."columnType"                                      AS column_type,
              e.nullable,
              e.description,
              e."defaultValue"                                    AS default_value,
              e."primaryKey"                                      AS primary_key,
              e.indexed,
              e.constraints,
              s.schema_fingerprint,
              min(s.first_seen_at) OVER (PARTITION BY e.name)     AS first_seen_at,
              s.last_seen_at
         FROM profilemesh_table_schemas s
        CROSS JOIN LATERAL jsonb_to_recordset(s.columns)
              AS e (name text, position integer, "dataType" text, "columnType" text,
                    nullable boolean, description text, "defaultValue" text,
                    "primaryKey" boolean, indexed boolean, constraints text[])
        WHERE s.source = t.source
          AND s.schema_name = t.schema_name
          AND s.table_name = t.table_name
        ORDER BY e.name, s.last_seen_at DESC, s.last_run_id DESC) c
  LEFT JOIN profilemesh_column_notes n
    ON n.source = t.source
   AND n.schema_name = t.schema_name
   AND n.table_name = t.table_name
   AND n.column_name = c.column_name
  LEFT JOIN profilemesh_column_profiles p
    ON p.run_id = t.last_run_id
   AND p.dataset_name = t.last_dataset_name
   AND p.column_name = c.column_name
   AND p.profiled_at = t.last_seen_at;

COMMENT ON COLUMN profilemesh_tables.owner IS 'Owner at the newest profile, from configuration; source_owner is the database''s.';
COMMENT ON COLUMN profilemesh_tables.search IS 'Words of its names, owner, tags and comment.';
COMMENT ON COLUMN profilemesh_tables.described_at IS 'The instant the newest profile with facts of the source speaks of; null: none had any.';
COMMENT ON COLUMN profilemesh_tables.described_run_id IS 'Run of that profile.';
COMMENT ON COLUMN profilemesh_tables.described_dataset_name IS 'Dataset id of that profile; the columns from here on are what it said, null where the source cannot say.';
COMMENT ON COLUMN profilemesh_tables.table_type IS 'table, partitioned_table, view, materialized_view, foreign_table or file.';
COMMENT ON COLUMN profilemesh_tables.description IS 'Comment in the source; what people wrote in profilemesh_table_notes wins over it.';
COMMENT ON COLUMN profilemesh_tables.storage_format IS 'How rows are stored: access method, storage engine or file format.';
COMMENT ON COLUMN profilemesh_tables.location IS 'Where rows are stored, by the source''s own name: tablespace, server, or file below the source''s directory.';
COMMENT ON COLUMN profilemesh_tables.compression_ratio IS 'Bytes before compression divided by bytes after it.';
COMMENT ON COLUMN profilemesh_tables.partitioning IS 'By what it is divided into partitions, such as RANGE (ordered_at).';
COMMENT ON COLUMN profilemesh_tables.source_owner IS 'Role that owns it at the source.';
COMMENT ON COLUMN profilemesh_tables.creator IS 'Who made it, where the source remembers.';
COMMENT ON COLUMN profilemesh_tables.last_accessed_at IS 'When it was last read at the source before the scan, earlier scans included.';
COMMENT ON COLUMN profilemesh_tables.metadata IS 'What else only this kind of source says, by its own words, such as persistence, rowFormat or partitions.';

COMMENT ON COLUMN profilemesh_table_schemas.columns IS 'The columns in order: name, position, dataType, columnType, nullable, description, defaultValue, primaryKey, indexed, constraints.';

COMMENT ON COLUMN profilemesh_columns.default_value IS 'Default as the source writes it, its literals as question marks where values of the column are not published; null: none.';
COMMENT ON COLUMN profilemesh_columns.primary_key IS 'Whether it belongs to the primary key; null: the source cannot say.';
COMMENT ON COLUMN profilemesh_columns.indexed IS 'Whether it is a key column of an index; null: the source cannot say.';
COMMENT ON COLUMN profilemesh_columns.constraints IS 'Unique, check and foreign key constraints that it belongs to; null: the source cannot say.';
