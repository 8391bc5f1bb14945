package io.profilemesh.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.Migrations;
import io.profilemesh.sink.rebuild.DerivedTables;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/**
 * Backup and restore of what no topic holds, as docs/operations.md has them, into an empty
 * database.
 */
class BackupIT {

  private static final Path GUIDE =
      Path.of(System.getProperty("profilemesh.home"), "docs", "operations.md");

  private final PostgresEndpoint lost = database();

  @TempDir Path directory;

  @Test
  void shouldRestoreEveryRowOfItsOwnIntoAnEmptyDatabase() throws Exception {
    // given
    List<String> own = own();
    String guide = Files.readString(GUIDE);
    String command =
        guide
            .lines()
            .filter(line -> line.contains("export --output backup"))
            .findFirst()
            .orElseThrow();
    List<String> order =
        Pattern.compile("--table (\\w+)")
            .matcher(command)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(order).map(table -> "profilemesh_" + table).containsExactlyInAnyOrderElementsOf(own);
    fill();
    Map<String, String> before = hashes(lost, own);
    assertThat(before.values()).noneMatch(hash -> hash.startsWith("0:"));

    // when
    new PostgresExport(new JdbcAddress(lost.jdbcUrl(), lost.username(), lost.password()))
        .write(order, ExportFormat.CSV, directory, (table, done, total) -> {});
    PostgresEndpoint restored = database();
    execute(restored, months(guide));
    for (String table : order) {
      copyIn(restored, "profilemesh_" + table);
    }

    // then
    assertThat(hashes(restored, own)).isEqualTo(before);
    assertThat(
            Migrations.of(restored.jdbcUrl(), restored.username(), restored.password())
                .validate()
                .differences())
        .isEmpty();
  }

  /** Tables that the topics do not make, but for what the migration tool and the sinks remember. */
  private List<String> own() throws SQLException {
    List<String> tables =
        texts(
            lost,
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                + " AND relkind IN ('r', 'p') AND NOT relispartition"
                + " AND relname NOT IN ('profilemesh_schema_history', 'profilemesh_sink_progress')"
                + " ORDER BY 1");
    tables.removeAll(DerivedTables.ALL);
    return tables;
  }

  private static String months(String guide) {
    return Pattern.compile("SELECT profilemesh_add_month[^;]+")
        .matcher(guide)
        .results()
        .map(MatchResult::group)
        .findFirst()
        .orElseThrow();
  }

  private void copyIn(PostgresEndpoint database, String table) throws Exception {
    try (Connection connection = database.connect();
        Reader csv = Files.newBufferedReader(directory.resolve(table + ".csv"))) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY " + table + " FROM STDIN (FORMAT csv, HEADER true)", csv);
    }
  }

  private void fill() throws SQLException {
    String user = "'00000000-0000-4000-8000-000000000001'";
    String key = "'00000000-0000-4000-8000-000000000002'";
    execute(
        lost,
        "INSERT INTO profilemesh_users (user_id, name, display_name, email, password_hash,"
            + " created_at, created_by, updated_at) VALUES ("
            + user
            + ", 'ada', E'Ada, \"the first\"\n\\\\.', '', '$argon2id$v=19$x', now(), 'cli', now())",
        "INSERT INTO profilemesh_api_keys (key_id, prefix, secret_hash, name, user_id, created_at,"
            + " created_by, expires_at) VALUES ("
            + key
            + ", 'abc', sha256('x'), '=1+1', "
            + user
            + ", now(), 'ada', 'infinity')",
        "INSERT INTO profilemesh_grants (key_id, role, source_pattern, schema_pattern) VALUES ("
            + key
            + ", 'reader', 'shop', '*')",
        "INSERT INTO profilemesh_sessions (session_id, token_hash, user_id, created_at, expires_at,"
            + " last_used_at) VALUES (gen_random_uuid(), sha256('y'), "
            + user
            + ", now(), now(), now())",
        "INSERT INTO profilemesh_table_notes (source, schema_name, table_name, owner, tags,"
            + " edited_at, revision, search) VALUES ('shop', '', 't', 'ada', '{a,\"b,c\",NULL}',"
            + " now(), 1, to_tsvector('simple', 'it''s a note'))",
        "INSERT INTO profilemesh_column_notes (source, schema_name, table_name, column_name,"
            + " description, edited_at, revision, search)"
            + " VALUES ('shop', 'public', 't', 'c', 'emoji 😀', now(), 1, '')",
        "INSERT INTO profilemesh_policy_versions (version, policy_id, definition) VALUES (7,"
            + " 'orders', '{\"text\": \"a \\\\\\\\ \\\"quoted\\\" one\"}'), (8, 'gone', NULL)",
        "INSERT INTO profilemesh_retention VALUES ('profilemesh_events', 90, now(), 'ada', now())",
        "SELECT profilemesh_add_month(t, m) FROM unnest(ARRAY['profilemesh_audit_logs',"
            + " 'profilemesh_query_history']) t, unnest(ARRAY[now(), now() - interval '70 days'])"
            + " m",
        "INSERT INTO profilemesh_audit_logs (occurred_at, audit_id, actor, actor_kind, action,"
            + " resource_type, outcome, before) SELECT at, gen_random_uuid(), 'ada', 'user', 'put',"
            + " 'policy', 'done', '{\"a\": null}'"
            + " FROM unnest(ARRAY[now(), now() - interval '70 days']) at",
        "INSERT INTO profilemesh_query_history (started_at, query_id, actor, actor_kind, kind,"
            + " route, status, bytes, duration_ms, completed_at) SELECT at, gen_random_uuid(),"
            + " 'ada', 'user', 'rest', 'GET /x', 200, 1, 0.1 + 0.2, at"
            + " FROM unnest(ARRAY[now(), now() - interval '70 days']) at");
  }

  private static Map<String, String> hashes(PostgresEndpoint database, List<String> tables)
      throws SQLException {
    Map<String, String> hashes = new TreeMap<>();
    for (String table : tables) {
      hashes.put(
          table,
          texts(
                  database,
                  "SELECT count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)::numeric),"
                      + " 0) FROM "
                      + table
                      + " t")
              .get(0));
    }
    return hashes;
  }

  private static PostgresEndpoint database() {
    PostgresEndpoint database = Stacks.shared().createDatabase("backup" + System.nanoTime());
    Migrations.of(database.jdbcUrl(), database.username(), database.password())
        .apply(ApplyOptions.all());
    return database;
  }

  private static void execute(PostgresEndpoint database, String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> texts(PostgresEndpoint database, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
