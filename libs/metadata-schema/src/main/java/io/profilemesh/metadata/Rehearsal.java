package io.profilemesh.metadata;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs migrations in one transaction and rolls it back. */
final class Rehearsal {

  /** What Flyway creates before the first migration, which a later one may build upon. */
  private static final String HISTORY =
      "CREATE TABLE IF NOT EXISTS "
          + Migrations.HISTORY_TABLE
          + """
           (
            installed_rank integer PRIMARY KEY,
            version varchar(50),
            description varchar(200) NOT NULL,
            type varchar(20) NOT NULL,
            script varchar(1000) NOT NULL,
            checksum integer,
            installed_by varchar(100) NOT NULL,
            installed_on timestamp NOT NULL DEFAULT now(),
            execution_time integer NOT NULL,
            success boolean NOT NULL
          )
          """;

  private Rehearsal() {}

  /**
   * Runs every statement that can run in a transaction, then undoes them all.
   *
   * @throws SQLException when one fails; nothing remains of the others either
   */
  static List<ApplyResult.Step> run(Connection connection, List<ScriptResources.Script> scripts)
      throws SQLException {
    connection.setAutoCommit(false);
    List<ApplyResult.Step> steps = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute(HISTORY);
      for (ScriptResources.Script script : scripts) {
        steps.add(run(statement, script));
      }
    } finally {
      connection.rollback();
    }
    return steps;
  }

  private static ApplyResult.Step run(Statement statement, ScriptResources.Script script)
      throws SQLException {
    List<String> left = new ArrayList<>();
    long start = System.nanoTime();
    for (String sql : SqlStatements.split(script.sql())) {
      if (SqlStatements.needsNoTransaction(sql)) {
        left.add(sql);
      } else {
        statement.execute(sql);
      }
    }
    long milliseconds = (System.nanoTime() - start) / 1_000_000;
    return new ApplyResult.Step(script.version(), script.name(), script.sql(), milliseconds, left);
  }
}
