-- What was measured. Stored as one row per run and column with its metrics in arrays, read as one row
-- per run, column and metric through the view profilemesh_results: a row per metric would cost seven
-- times the disk and a ninth of the write speed (docs/adr has the figures).
SET LOCAL lock_timeout = '5s';

CREATE TABLE profilemesh_column_profiles (
  run_id              uuid        NOT NULL,
  dataset_name        text        COLLATE "C" NOT NULL,
  column_name         text        COLLATE "C" NOT NULL,
  profiled_at         timestamptz NOT NULL,
  ordinal             integer     NOT NULL,
  data_type           text,
  column_type         text,
  nullable            boolean,
  description         text,
  semantic_type       text,
  semantic_confidence double precision,
  value_policy        text,
  metric_names        text[]             NOT NULL,
  metric_values       double precision[] NOT NULL,
  metric_texts        text[],
  metric_qualities    text[],
  metric_lowers       double precision[],
  metric_uppers       double precision[],
  histogram           jsonb,
  quantiles           jsonb,
  frequent_values     jsonb,

  -- The time is part of the key so that the table can be partitioned by it.
  PRIMARY KEY (run_id, dataset_name, column_name, profiled_at),
  FOREIGN KEY (run_id, dataset_name)
    REFERENCES profilemesh_runs (run_id, dataset_name) ON DELETE CASCADE
);

-- A metric of a column over time, and with it every metric of a column over time.
CREATE INDEX profilemesh_column_profiles_series
  ON profilemesh_column_profiles (dataset_name, column_name, profiled_at DESC);

-- Parts of a wide profile wait here until the set is complete; then they become rows of the table
-- above and leave. What is left belongs to attempts that never finished.
CREATE TABLE profilemesh_profile_parts (
  run_id       uuid    NOT NULL,
  dataset_name text    COLLATE "C" NOT NULL,
  attempt      integer NOT NULL,
  part_index   integer NOT NULL,
  part_count   integer NOT NULL,
  record       bytea   NOT NULL,
  PRIMARY KEY (run_id, dataset_name, attempt, part_index)
);

CREATE VIEW profilemesh_results AS
SELECT c.run_id,
       c.dataset_name,
       r.source,
       r.schema_name,
       r.table_name,
       r.slice,
       c.profiled_at,
       r.status,
       NULLIF(c.column_name, '')   AS column_name,
       c.column_type,
       c.data_type,
       m.metric_name,
       m.metric_value,
       m.metric_text,
       COALESCE(m.quality, 'exact') AS quality,
       m.lower_bound,
       m.upper_bound
  FROM profilemesh_column_profiles c
  JOIN profilemesh_runs r USING (run_id, dataset_name)
 CROSS JOIN LATERAL unnest(c.metric_names, c.metric_values, c.metric_texts,
                           c.metric_qualities, c.metric_lowers, c.metric_uppers)
       AS m (metric_name, metric_value, metric_text, quality, lower_bound, upper_bound);

COMMENT ON TABLE profilemesh_column_profiles IS 'What was measured: one row per run and column, and one for the table itself.';
COMMENT ON COLUMN profilemesh_column_profiles.run_id IS 'Run.';
COMMENT ON COLUMN profilemesh_column_profiles.dataset_name IS 'Dataset id.';
COMMENT ON COLUMN profilemesh_column_profiles.column_name IS 'Column, in the source''s own case; empty: the table itself.';
COMMENT ON COLUMN profilemesh_column_profiles.profiled_at IS 'The instant the profile speaks of.';
COMMENT ON COLUMN profilemesh_column_profiles.ordinal IS 'Position of the column, from 1; 0: the table itself.';
COMMENT ON COLUMN profilemesh_column_profiles.data_type IS 'Type as the source names it, such as numeric(10,2).';
COMMENT ON COLUMN profilemesh_column_profiles.column_type IS 'Class of the type, the same for every engine, such as decimal.';
COMMENT ON COLUMN profilemesh_column_profiles.nullable IS 'Whether the source allows nulls; null: unknown.';
COMMENT ON COLUMN profilemesh_column_profiles.description IS 'Comment in the source.';
COMMENT ON COLUMN profilemesh_column_profiles.semantic_type IS 'What the values look like, such as email; null: nothing known.';
COMMENT ON COLUMN profilemesh_column_profiles.semantic_confidence IS 'Share of the inspected values that look so, 0 to 1.';
COMMENT ON COLUMN profilemesh_column_profiles.value_policy IS 'redacted or published: whether literal text values may be in frequent_values; null: the column was not profiled.';
COMMENT ON COLUMN profilemesh_column_profiles.metric_names IS 'Names of the metrics; the arrays that follow have their values in the same order.';
COMMENT ON COLUMN profilemesh_column_profiles.metric_values IS 'Values; null where a metric is a text.';
COMMENT ON COLUMN profilemesh_column_profiles.metric_texts IS 'Texts, or exact digits a double cannot hold; null: no metric has one.';
COMMENT ON COLUMN profilemesh_column_profiles.metric_qualities IS 'How each was obtained: exact, approximate or estimate; null: all are exact.';
COMMENT ON COLUMN profilemesh_column_profiles.metric_lowers IS 'Lower bounds of the true values; null: no metric has one.';
COMMENT ON COLUMN profilemesh_column_profiles.metric_uppers IS 'Upper bounds of the true values; null: no metric has one.';
COMMENT ON COLUMN profilemesh_column_profiles.histogram IS 'Histogram: edges (ascending), counts, quality.';
COMMENT ON COLUMN profilemesh_column_profiles.quantiles IS 'Quantiles: ranks, values, rankError.';
COMMENT ON COLUMN profilemesh_column_profiles.frequent_values IS 'Most frequent values: values (value or hash, count, countError), total, quality.';

COMMENT ON TABLE profilemesh_profile_parts IS 'Parts of wide profiles whose set is not complete.';
COMMENT ON COLUMN profilemesh_profile_parts.run_id IS 'Run.';
COMMENT ON COLUMN profilemesh_profile_parts.dataset_name IS 'Dataset id.';
COMMENT ON COLUMN profilemesh_profile_parts.attempt IS 'Attempt the part belongs to.';
COMMENT ON COLUMN profilemesh_profile_parts.part_index IS 'Index of the part, from 0.';
COMMENT ON COLUMN profilemesh_profile_parts.part_count IS 'Parts of the set.';
COMMENT ON COLUMN profilemesh_profile_parts.record IS 'The record as it came, in the Confluent wire format.';

COMMENT ON VIEW profilemesh_results IS 'What was measured: one row per run, column and metric.';
COMMENT ON COLUMN profilemesh_results.run_id IS 'Run.';
COMMENT ON COLUMN profilemesh_results.dataset_name IS 'Dataset id.';
COMMENT ON COLUMN profilemesh_results.source IS 'Name of the source.';
COMMENT ON COLUMN profilemesh_results.schema_name IS 'Schema.';
COMMENT ON COLUMN profilemesh_results.table_name IS 'Table.';
COMMENT ON COLUMN profilemesh_results.slice IS 'Slice; null: the whole table.';
COMMENT ON COLUMN profilemesh_results.profiled_at IS 'The instant the profile speaks of.';
COMMENT ON COLUMN profilemesh_results.status IS 'Status of the run.';
COMMENT ON COLUMN profilemesh_results.column_name IS 'Column; null: the table itself.';
COMMENT ON COLUMN profilemesh_results.column_type IS 'Class of the column''s type.';
COMMENT ON COLUMN profilemesh_results.data_type IS 'Type as the source names it.';
COMMENT ON COLUMN profilemesh_results.metric_name IS 'Metric; docs/metrics.md lists them with their units.';
COMMENT ON COLUMN profilemesh_results.metric_value IS 'Value; null where the metric is a text.';
COMMENT ON COLUMN profilemesh_results.metric_text IS 'Text, or exact digits a double cannot hold.';
COMMENT ON COLUMN profilemesh_results.quality IS 'How it was obtained: exact, approximate or estimate.';
COMMENT ON COLUMN profilemesh_results.lower_bound IS 'Lower bound of the true value, for what is not exact.';
COMMENT ON COLUMN profilemesh_results.upper_bound IS 'Upper bound of the true value, for what is not exact.';
