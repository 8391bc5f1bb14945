package io.profilemesh.query.history;

import io.profilemesh.core.profile.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Questions about what runs are compared with. */
public final class Baselines {

  private static final String PIN =
      "SELECT kind, run_id, actor, reason, issued_at FROM profilemesh_drift_commands"
          + " WHERE dataset_name = ? AND kind IN ('pin', 'unpin', 'forget')"
          + " ORDER BY issued_at DESC, command_id DESC LIMIT 1";

  private static final String JUDGED =
      "SELECT v.run_id, v.strategy, v.baseline_run_ids FROM profilemesh_verdicts v"
          + " JOIN profilemesh_table_state t ON t.dataset_name = v.dataset_name"
          + " AND t.verdict_run_id = v.run_id WHERE v.dataset_name = ?";

  private static final String KNOWN = "SELECT 1 FROM profilemesh_table_state t%s";

  private Baselines() {}

  /** What the runs of a dataset are compared with; empty: there is no such dataset. */
  public static Question<Optional<BaselineView>> of(String datasetId) {
    return sight ->
        isKnown(sight, datasetId)
            ? Optional.of(baseline(sight.connection(), datasetId))
            : Optional.empty();
  }

  private static boolean isKnown(Sight sight, String datasetId) throws SQLException {
    Where visible =
        sight.narrowed(new Where().equal("t.dataset_name", datasetId), Belonging.toTables("t"));
    try (PreparedStatement statement = sight.prepare(KNOWN.formatted(visible.sql()))) {
      visible.bind(statement);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static BaselineView baseline(Connection connection, String datasetId)
      throws SQLException {
    List<UUID> leftOut =
        StoredRuns.confirmed(connection, datasetId).stream().map(RunId::value).sorted().toList();
    try (PreparedStatement pins = connection.prepareStatement(PIN);
        PreparedStatement verdicts = connection.prepareStatement(JUDGED)) {
      pins.setString(1, datasetId);
      verdicts.setString(1, datasetId);
      try (ResultSet pinRows = pins.executeQuery();
          ResultSet verdictRows = verdicts.executeQuery()) {
        Fields pin = new Fields(pinRows);
        Fields verdict = new Fields(verdictRows);
        boolean pinned = pin.next() && pin.text("kind").equals("pin");
        boolean judged = verdict.next();
        return new BaselineView(
            datasetId,
            pinned ? UUID.fromString(pin.text("run_id")) : null,
            pinned ? pin.textOrNull("actor") : null,
            pinned ? pin.instant("issued_at") : null,
            pinned ? pin.textOrNull("reason") : null,
            judged ? UUID.fromString(verdict.text("run_id")) : null,
            judged ? verdict.text("strategy") : null,
            judged ? verdict.texts("baseline_run_ids") : List.of(),
            leftOut);
      }
    }
  }
}
