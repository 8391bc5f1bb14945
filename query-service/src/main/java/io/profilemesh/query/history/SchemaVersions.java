package io.profilemesh.query.history;

import io.profilemesh.query.history.SchemaVersion.Applied;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/** Questions about the tables themselves. */
public final class SchemaVersions {

  private static final String ALL = "SELECT * FROM profilemesh_schema_version ORDER BY version";

  private SchemaVersions() {}

  /** The version of the tables and its history. */
  public static Question<SchemaVersion> current() {
    return sight -> {
      List<Applied> history = new ArrayList<>();
      try (PreparedStatement statement = sight.prepare(ALL);
          ResultSet rows = statement.executeQuery()) {
        Fields row = new Fields(rows);
        while (row.next()) {
          history.add(
              new Applied(
                  row.number("version"),
                  row.instant("applied_at"),
                  row.text("description"),
                  row.text("migration_script"),
                  row.intOrNull("checksum")));
        }
      }
      return new SchemaVersion(
          history.stream().mapToInt(Applied::version).max().orElse(0), history);
    };
  }
}
