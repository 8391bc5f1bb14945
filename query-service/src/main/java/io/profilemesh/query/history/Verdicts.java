package io.profilemesh.query.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Questions about verdicts. */
public final class Verdicts {

  private static final String ALL = "SELECT * FROM profilemesh_verdicts v";

  private static final String OF_RUNS =
      "SELECT * FROM profilemesh_verdicts WHERE run_id = ANY (?) AND dataset_name = ?";

  private static final String FINDINGS =
      "SELECT run_id, policy_version, finding_ids FROM profilemesh_verdicts"
          + " WHERE run_id = ANY (?) AND dataset_name = ?";

  /**
   * Findings of a verdict.
   *
   * @param policyVersion version of the policies, a part of the ids
   * @param ids ids of all findings
   */
  public record Findings(long policyVersion, Set<String> ids) {

    public Findings {
      ids = Set.copyOf(ids);
    }
  }

  private Verdicts() {}

  /** What the verdicts of runs of one dataset found, by run; those that have none are missing. */
  public static Question<Map<UUID, Findings>> findings(List<UUID> runs, String datasetId) {
    return sight -> {
      Map<UUID, Findings> found = new HashMap<>();
      try (PreparedStatement statement = sight.prepare(FINDINGS)) {
        statement.setArray(1, sight.connection().createArrayOf("uuid", runs.toArray()));
        statement.setString(2, datasetId);
        try (ResultSet rows = statement.executeQuery()) {
          Fields row = new Fields(rows);
          while (row.next()) {
            found.put(
                UUID.fromString(row.text("run_id")),
                new Findings(row.whole("policy_version"), Set.copyOf(row.texts("finding_ids"))));
          }
        }
      }
      return found;
    };
  }

  /** The verdicts of runs of one dataset, by run; those that have none are missing. */
  public static Question<Map<UUID, VerdictView>> ofRuns(List<UUID> runs, String datasetId) {
    return sight -> {
      Map<UUID, VerdictView> verdicts = new HashMap<>();
      try (PreparedStatement statement = sight.prepare(OF_RUNS)) {
        statement.setArray(1, sight.connection().createArrayOf("uuid", runs.toArray()));
        statement.setString(2, datasetId);
        try (ResultSet rows = statement.executeQuery()) {
          Fields row = new Fields(rows);
          while (row.next()) {
            VerdictView verdict = verdict(row);
            verdicts.put(verdict.runId(), verdict);
          }
        }
      }
      return verdicts;
    };
  }

  /** The verdict of a run of one dataset. */
  public static Question<Optional<VerdictView>> of(UUID runId, String datasetId) {
    Where where = new Where().equal("v.run_id", runId).equal("v.dataset_name", datasetId);
    return sight -> {
      Where visible = sight.narrowed(where, Belonging.toTables("v"));
      try (PreparedStatement statement = sight.prepare(ALL + visible.sql())) {
        visible.bind(statement);
        try (ResultSet rows = statement.executeQuery()) {
          Fields row = new Fields(rows);
          return row.next() ? Optional.of(verdict(row)) : Optional.empty();
        }
      }
    };
  }

  private static VerdictView verdict(Fields row) throws SQLException {
    return new VerdictView(
        UUID.fromString(row.text("run_id")),
        row.text("dataset_name"),
        row.text("source"),
        row.text("schema_name"),
        row.text("table_name"),
        row.textOrNull("slice"),
        row.text("environment"),
        row.text("request_id"),
        row.textOrNull("requester"),
        row.textOrNull("owner"),
        row.texts("tags"),
        row.instant("profiled_at"),
        row.text("outcome"),
        row.text("strategy"),
        row.texts("baseline_run_ids"),
        row.whole("policy_version"),
        row.number("low_findings"),
        row.number("medium_findings"),
        row.number("high_findings"),
        row.texts("finding_ids"),
        row.texts("event_ids"),
        row.number("open_incidents"),
        row.jsonOrNull("not_evaluated"),
        row.jsonOrNull("judgements"));
  }
}
