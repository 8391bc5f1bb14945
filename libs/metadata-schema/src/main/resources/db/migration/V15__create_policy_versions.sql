-- Every version of every policy: what was judged under an older one can be judged so again. The topic keeps only the
-- newest of each, so this is memory of its own that no rebuild brings back.
SET LOCAL lock_timeout = '5s';

CREATE TABLE profilemesh_policy_versions (
  version    bigint NOT NULL PRIMARY KEY,
  policy_id  text   COLLATE "C" NOT NULL,
  definition jsonb,
  updated_by text,
  updated_at timestamptz
);

-- Of each policy the newest up to a version.
CREATE INDEX profilemesh_policy_versions_by_policy
  ON profilemesh_policy_versions (policy_id, version DESC);

INSERT INTO profilemesh_policy_versions (version, policy_id, definition, updated_by, updated_at)
SELECT version, policy_id, definition, updated_by, updated_at FROM profilemesh_policies;

COMMENT ON TABLE profilemesh_policy_versions IS 'Policies as they were, each version of each.';
COMMENT ON COLUMN profilemesh_policy_versions.version IS 'Offset of the record, which is the version of all policies from then on.';
COMMENT ON COLUMN profilemesh_policy_versions.policy_id IS 'Id of the policy.';
COMMENT ON COLUMN profilemesh_policy_versions.definition IS 'The whole policy, as it was written; null: it was removed.';
COMMENT ON COLUMN profilemesh_policy_versions.updated_by IS 'Who wrote this version; null: not known.';
COMMENT ON COLUMN profilemesh_policy_versions.updated_at IS 'When.';
