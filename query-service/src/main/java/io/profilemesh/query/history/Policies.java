package io.profilemesh.query.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Questions about policies, and about how far what was written has come. */
public final class Policies {

  private static final String PATTERN = "split_part(p.definition ->> 'datasetPattern', '/', %d)";

  private static final Listing<PolicyView> BY_ID =
      new Listing<>(
          "p.*",
          "profilemesh_policies p",
          // A pattern over several sources is seen by those who may see every source.
          Belonging.to(PATTERN.formatted(1), PATTERN.formatted(2)),
          List.of("p.policy_id"),
          List.of("text"),
          false,
          Policies::policy,
          policy -> List.of(policy.policyId()));

  private static final String POSITION =
      "SELECT next_offset FROM profilemesh_sink_progress WHERE topic = ? AND partition = ?";

  private Policies() {}

  /** Policies by id; conditions speak of {@code p}. */
  public static Question<Page<PolicyView>> byId(Where where, PageRequest request) {
    return sight -> Pages.read(sight, BY_ID, where, request);
  }

  /** A policy; empty when there is none. */
  public static Question<Optional<PolicyView>> of(String id) {
    Where where = new Where().equal("p.policy_id", id);
    return sight ->
        Pages.read(sight, BY_ID, where, new PageRequest(1, 0, null, false)).items().stream()
            .findFirst();
  }

  /** Whether the rows of a record are stored. */
  public static Question<Boolean> isStored(String topic, int partition, long offset) {
    return sight -> {
      try (PreparedStatement statement = sight.prepare(POSITION)) {
        statement.setString(1, topic);
        statement.setInt(2, partition);
        try (ResultSet rows = statement.executeQuery()) {
          return rows.next() && rows.getLong(1) > offset;
        }
      }
    };
  }

  private static PolicyView policy(Fields row) throws SQLException {
    return new PolicyView(
        row.text("policy_id"),
        row.number("rank"),
        Boolean.TRUE.equals(row.flagOrNull("enabled")),
        row.whole("version"),
        row.textOrNull("updated_by"),
        row.instantOrNull("updated_at"),
        row.jsonOrNull("definition"));
  }
}
