package io.profilemesh.query.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Questions about verdicts. */
public final class Verdicts {

  private static final String ALL = "SELECT * FROM profilemesh_verdicts v";

  private Verdicts() {}

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
