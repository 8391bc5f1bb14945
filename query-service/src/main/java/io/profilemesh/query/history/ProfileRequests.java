package io.profilemesh.query.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Questions about requests to profile. */
public final class ProfileRequests {

  private static final int MOST_RUNS = 500;

  private static final Belonging TABLES = Belonging.toTables("r");

  private ProfileRequests() {}

  /** What became of a request; empty while none of its runs is known. */
  public static Question<Optional<ProfileRequestView>> of(String requestId) {
    Where where = new Where().equal("r.request_id", requestId);
    return sight -> {
      List<RunSummary> runs =
          Runs.newest(where, new PageRequest(MOST_RUNS, 0, null, false)).ask(sight).items();
      if (runs.isEmpty()) {
        return Optional.empty();
      }
      RunCounts counts = counts(sight, sight.narrowed(where, TABLES));
      return Optional.of(new ProfileRequestView(requestId, counts.status(), counts, runs));
    };
  }

  private static RunCounts counts(Sight sight, Where where) throws SQLException {
    String sql = "SELECT " + RunCounts.COLUMNS + " FROM profilemesh_runs r" + where.sql();
    try (PreparedStatement statement = sight.prepare(sql)) {
      where.bind(statement);
      try (ResultSet rows = statement.executeQuery()) {
        Fields row = new Fields(rows);
        row.next();
        return RunCounts.read(row, "");
      }
    }
  }
}
