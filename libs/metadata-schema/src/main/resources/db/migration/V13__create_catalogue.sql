-- The catalogue: which tables and columns there are and were, kept from the profiles, and what people
-- wrote about them. What profiles say can be rebuilt from the topics; what people wrote cannot, so the
-- two are kept apart, and no key of one refers to the other.
SET LOCAL lock_timeout = '5s';

CREATE TABLE profilemesh_tables (
  source             text        COLLATE "C" NOT NULL,
  schema_name        text        COLLATE "C" NOT NULL,
  table_name         text        COLLATE "C" NOT NULL,
  environment        text        NOT NULL,
  first_seen_at      timestamptz,
  last_seen_at       timestamptz,
  last_run_id        uuid,
  last_dataset_name  text        COLLATE "C",
  schema_fingerprint text,
  row_count          bigint,
  bytes              bigint,
  column_count       integer,
  owner              text,
  tags               text[]      NOT NULL DEFAULT '{}',
  vanished_at        timestamptz,
  search             tsvector    NOT NULL DEFAULT '',
  active             boolean     NOT NULL GENERATED ALWAYS AS (
    last_seen_at IS NOT NULL AND (vanished_at IS NULL OR last_seen_at > vanished_at)) STORED,
  PRIMARY KEY (source, schema_name, table_name)
);

CREATE TABLE profilemesh_table_schemas (
  source             text        COLLATE "C" NOT NULL,
  schema_name        text        COLLATE "C" NOT NULL,
  table_name         text        COLLATE "C" NOT NULL,
  schema_fingerprint text        COLLATE "C" NOT NULL,
  first_seen_at      timestamptz NOT NULL,
  last_seen_at       timestamptz NOT NULL,
  last_run_id        uuid        NOT NULL,
  columns            jsonb       NOT NULL,
  search             tsvector    NOT NULL,
  PRIMARY KEY (source, schema_name, table_name, schema_fingerprint),
  FOREIGN KEY (source, schema_name, table_name)
    REFERENCES profilemesh_tables (source, schema_name, table_name) ON DELETE CASCADE
);

CREATE TABLE profilemesh_table_notes (
  source      text        COLLATE "C" NOT NULL,
  schema_name text        COLLATE "C" NOT NULL,
  table_name  text        COLLATE "C" NOT NULL,
  owner       text,
  description text,
  tags        text[],
  edited_by   text,
  edited_at   timestamptz NOT NULL,
  revision    bigint      NOT NULL,
  search      tsvector    NOT NULL,
  PRIMARY KEY (source, schema_name, table_name)
);

CREATE TABLE profilemesh_column_notes (
  source      text        COLLATE "C" NOT NULL,
  schema_name text        COLLATE "C" NOT NULL,
  table_name  text        COLLATE "C" NOT NULL,
  column_name text        COLLATE "C" NOT NULL,
  description text,
  tags        text[],
  edited_by   text,
  edited_at   timestamptz NOT NULL,
  revision    bigint      NOT NULL,
  search      tsvector    NOT NULL,
  PRIMARY KEY (source, schema_name, table_name, column_name)
);

-- Words of tables, columns, notes and incidents: what the search looks through.
CREATE INDEX profilemesh_tables_search ON profilemesh_tables USING gin (search);
CREATE INDEX profilemesh_table_schemas_search ON profilemesh_table_schemas USING gin (search);
CREATE INDEX profilemesh_table_notes_search ON profilemesh_table_notes USING gin (search);
CREATE INDEX profilemesh_column_notes_search ON profilemesh_column_notes USING gin (search);
CREATE INDEX profilemesh_incidents_search
  ON profilemesh_incidents USING gin (to_tsvector('simple', message));

CREATE VIEW profilemesh_columns AS
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
         WHERE m.value IS NOT NULL)                AS statistics
  FROM profilemesh_tables t
 CROSS JOIN LATERAL (
       SELECT DISTINCT ON (e.name)
              e.name COLLATE "C"                                  AS column_name,
              e.position,
              e."dataType"                                        AS data_type,
              e."columnType"                                      AS column_type,
              e.nullable,
              e.description,
              s.schema_fingerprint,
              min(s.first_seen_at) OVER (PARTITION BY e.name)     AS first_seen_at,
              s.last_seen_at
         FROM profilemesh_table_schemas s
        CROSS JOIN LATERAL jsonb_to_recordset(s.columns)
              AS e (name text, position integer, "dataType" text, "columnType" text,
                    nullable boolean, description text)
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

COMMENT ON TABLE profilemesh_tables IS 'Catalogue: every table seen, with what its newest profile said.';
COMMENT ON COLUMN profilemesh_tables.source IS 'Name of the source.';
COMMENT ON COLUMN profilemesh_tables.schema_name IS 'Schema; empty where the engine has none.';
COMMENT ON COLUMN profilemesh_tables.table_name IS 'Table.';
COMMENT ON COLUMN profilemesh_tables.environment IS 'Environment of the mesh.';
COMMENT ON COLUMN profilemesh_tables.first_seen_at IS 'The instant the earliest profile speaks of; null: never profiled.';
COMMENT ON COLUMN profilemesh_tables.last_seen_at IS 'The instant the newest profile speaks of; null: never profiled.';
COMMENT ON COLUMN profilemesh_tables.last_run_id IS 'Run of the newest profile.';
COMMENT ON COLUMN profilemesh_tables.last_dataset_name IS 'Dataset id of the newest profile: of the table or of a slice of it.';
COMMENT ON COLUMN profilemesh_tables.schema_fingerprint IS 'Hash of the columns at the newest profile.';
COMMENT ON COLUMN profilemesh_tables.row_count IS 'Rows at the newest profile, of the table or of the slice profiled.';
COMMENT ON COLUMN profilemesh_tables.bytes IS 'Size at the newest profile; null where the engine cannot say.';
COMMENT ON COLUMN profilemesh_tables.column_count IS 'Columns at the newest profile.';
COMMENT ON COLUMN profilemesh_tables.owner IS 'Owner at the newest profile, from configuration.';
COMMENT ON COLUMN profilemesh_tables.tags IS 'Tags at the newest profile, from configuration.';
COMMENT ON COLUMN profilemesh_tables.vanished_at IS 'When the source last said that there is no such table; null: it never did.';
COMMENT ON COLUMN profilemesh_tables.search IS 'Words of its names, owner and tags.';
COMMENT ON COLUMN profilemesh_tables.active IS 'Whether it was seen since it was last missed.';

COMMENT ON TABLE profilemesh_table_schemas IS 'Every set of columns a table was seen with.';
COMMENT ON COLUMN profilemesh_table_schemas.source IS 'Name of the source.';
COMMENT ON COLUMN profilemesh_table_schemas.schema_name IS 'Schema.';
COMMENT ON COLUMN profilemesh_table_schemas.table_name IS 'Table.';
COMMENT ON COLUMN profilemesh_table_schemas.schema_fingerprint IS 'Hash of names, types, nullability and order of the columns.';
COMMENT ON COLUMN profilemesh_table_schemas.first_seen_at IS 'The instant the earliest profile with these columns speaks of.';
COMMENT ON COLUMN profilemesh_table_schemas.last_seen_at IS 'The instant the newest profile with these columns speaks of.';
COMMENT ON COLUMN profilemesh_table_schemas.last_run_id IS 'Run of that profile.';
COMMENT ON COLUMN profilemesh_table_schemas.columns IS 'The columns in order: name, position, dataType, columnType, nullable, description.';
COMMENT ON COLUMN profilemesh_table_schemas.search IS 'Words of the table''s and the columns'' names and of the columns'' comments.';

COMMENT ON TABLE profilemesh_table_notes IS 'What people wrote about tables; it wins over what configuration and source say. Not derived: back it up.';
COMMENT ON COLUMN profilemesh_table_notes.source IS 'Name of the source.';
COMMENT ON COLUMN profilemesh_table_notes.schema_name IS 'Schema.';
COMMENT ON COLUMN profilemesh_table_notes.table_name IS 'Table.';
COMMENT ON COLUMN profilemesh_table_notes.owner IS 'Owner; null: as configured.';
COMMENT ON COLUMN profilemesh_table_notes.description IS 'Description; null: none.';
COMMENT ON COLUMN profilemesh_table_notes.tags IS 'Tags; null: as configured.';
COMMENT ON COLUMN profilemesh_table_notes.edited_by IS 'Who wrote it last.';
COMMENT ON COLUMN profilemesh_table_notes.edited_at IS 'When.';
COMMENT ON COLUMN profilemesh_table_notes.revision IS 'Grows by one with each change.';
COMMENT ON COLUMN profilemesh_table_notes.search IS 'Words of owner, description and tags.';

COMMENT ON TABLE profilemesh_column_notes IS 'What people wrote about columns; it wins over the comments of the source. Not derived: back it up.';
COMMENT ON COLUMN profilemesh_column_notes.source IS 'Name of the source.';
COMMENT ON COLUMN profilemesh_column_notes.schema_name IS 'Schema.';
COMMENT ON COLUMN profilemesh_column_notes.table_name IS 'Table.';
COMMENT ON COLUMN profilemesh_column_notes.column_name IS 'Column.';
COMMENT ON COLUMN profilemesh_column_notes.description IS 'Description; null: the comment of the source.';
COMMENT ON COLUMN profilemesh_column_notes.tags IS 'Tags; null: none.';
COMMENT ON COLUMN profilemesh_column_notes.edited_by IS 'Who wrote it last.';
COMMENT ON COLUMN profilemesh_column_notes.edited_at IS 'When.';
COMMENT ON COLUMN profilemesh_column_notes.revision IS 'Grows by one with each change.';
COMMENT ON COLUMN profilemesh_column_notes.search IS 'Words of description and tags.';

COMMENT ON VIEW profilemesh_columns IS 'Catalogue: every column seen, with what the newest profile of its table said.';
COMMENT ON COLUMN profilemesh_columns.source IS 'Name of the source.';
COMMENT ON COLUMN profilemesh_columns.schema_name IS 'Schema.';
COMMENT ON COLUMN profilemesh_columns.table_name IS 'Table.';
COMMENT ON COLUMN profilemesh_columns.column_name IS 'Column.';
COMMENT ON COLUMN profilemesh_columns.position IS 'Position, from 1, where it was seen last.';
COMMENT ON COLUMN profilemesh_columns.data_type IS 'Type as the source names it.';
COMMENT ON COLUMN profilemesh_columns.column_type IS 'Class of the type, the same for every engine.';
COMMENT ON COLUMN profilemesh_columns.nullable IS 'Whether the source allows nulls; null: unknown.';
COMMENT ON COLUMN profilemesh_columns.description IS 'What people wrote, else the comment of the source.';
COMMENT ON COLUMN profilemesh_columns.tags IS 'Tags people gave it.';
COMMENT ON COLUMN profilemesh_columns.semantic_type IS 'What its values look like; null: nothing known.';
COMMENT ON COLUMN profilemesh_columns.active IS 'Whether the table had it at its newest profile.';
COMMENT ON COLUMN profilemesh_columns.first_seen_at IS 'The instant the earliest profile with it speaks of.';
COMMENT ON COLUMN profilemesh_columns.last_seen_at IS 'The instant the newest profile with it speaks of.';
COMMENT ON COLUMN profilemesh_columns.statistics IS 'Its metrics at the newest profile, by name; null: it was not profiled then.';
