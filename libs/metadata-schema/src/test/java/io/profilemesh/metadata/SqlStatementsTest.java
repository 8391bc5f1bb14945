package io.profilemesh.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlStatementsTest {

  @Test
  void shouldSplitAtSemicolonsOutsideOfQuotesAndComments() {
    // given
    String script =
        """
        -- a; comment
        CREATE TABLE a (b text DEFAULT 'x;''y'); /* another; one */
        COMMENT ON TABLE "a;b" IS 'done';
        """;

    // when / then
    assertThat(SqlStatements.split(script))
        .containsExactly(
            "CREATE TABLE a (b text DEFAULT 'x;''y')", "COMMENT ON TABLE \"a;b\" IS 'done'");
  }

  @Test
  void shouldKeepDollarQuotedBodiesWhole() {
    // given
    String script = "DO $body$ BEGIN PERFORM 1; END $body$; SELECT $$;$$, $1";

    // when / then
    assertThat(SqlStatements.split(script))
        .containsExactly("DO $body$ BEGIN PERFORM 1; END $body$", "SELECT $$;$$, $1");
  }

  @Test
  void shouldRecogniseStatementsThatNeedNoTransaction() {
    assertThat(SqlStatements.needsNoTransaction("CREATE INDEX CONCURRENTLY i ON t (c)")).isTrue();
    assertThat(SqlStatements.needsNoTransaction("create unique index concurrently i on t (c)"))
        .isTrue();
    assertThat(SqlStatements.needsNoTransaction("VACUUM ANALYZE t")).isTrue();
    assertThat(SqlStatements.needsNoTransaction("ALTER SYSTEM SET x = 1")).isTrue();
    assertThat(SqlStatements.needsNoTransaction("CREATE INDEX concurrently_named ON t (c)"))
        .isFalse();
    assertThat(SqlStatements.needsNoTransaction("CREATE TABLE vacuum_log (a int)")).isFalse();
  }
}
