package io.profilemesh.metadata.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.Migrations;
import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.metadata.months.Months;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Months go when a policy says so, and nothing else does. */
class RetentionIT {

  private static final Instant NOW = Instant.now();

  private final PostgresEndpoint database =
      Stacks.shared().createDatabase("retention" + System.nanoTime());
  private final Migrations migrations =
      Migrations.of(database.jdbcUrl(), database.username(), database.password());
  private final List<Drop> done = new ArrayList<>();

  @BeforeEach
  void migrate() throws SQLException {
    migrations.apply(ApplyOptions.upTo(16));
  }

  @Test
  void shouldDropNothingWithoutAPolicy() throws SQLException {
    migrations.apply(ApplyOptions.all());
    event("old", 700);

    apply();

    assertThat(done).isEmpty();
    assertThat(events()).containsExactly("old");
    try (Connection connection = database.connect()) {
      assertThat(Retention.status(connection))
          .hasSize(MonthlyTable.values().length)
          .allMatch(table -> table.keepDays() == null && table.droppedBefore() == null);
    }
  }

  @Test
  void shouldDropWholeMonthsThatAreOlderAndRememberIt() throws SQLException {
    // given
    migrations.apply(ApplyOptions.all());
    for (int days : List.of(0, 40, 100, 140, 5_000)) {
      event("days_" + days, days);
    }
    keep(MonthlyTable.EVENTS, 60);

    // when
    List<Drop> due;
    try (Connection connection = database.connect()) {
      due = Retention.due(connection, NOW);
    }
    assertThat(events()).hasSize(5);
    apply();

    // then
    assertThat(done).isEqualTo(due);
    assertThat(done)
        .extracting(Drop::whole, Drop::rows)
        .containsExactly(tuple(true, 1L), tuple(true, 1L), tuple(false, 1L));
    assertThat(events()).containsExactly("days_0", "days_40");
    try (Connection connection = database.connect()) {
      assertThat(Retention.dropped(connection))
          .isEqualTo(Map.of(MonthlyTable.EVENTS, done.get(2).to()));
      assertThat(Retention.due(connection, NOW)).isEmpty();
    }
    assertThat(texts("SELECT action || ' ' || resource_name FROM profilemesh_audit_logs"))
        .contains("put events", "drop " + done.get(0).partition());
    assertThat(migrations.validate().differences()).isEmpty();

    // and an old event that comes later finds its place, until the next time
    event("days_139", 139);
    assertThat(events()).contains("days_139");
  }

  @Test
  void shouldKeepWhatWasThereBeforeThereWereMonthsUntilAllOfItIsOlder() throws SQLException {
    // given
    texts(insert("first", 400) + " RETURNING event_id");
    migrations.apply(ApplyOptions.all());
    keep(MonthlyTable.EVENTS, 30);

    // when / then
    apply();
    assertThat(done).isEmpty();
    assertThat(events()).containsExactly("first");
    try (Connection connection = database.connect()) {
      Retention.apply(connection, NOW.plusSeconds(100L * 24 * 60 * 60), "test", done::add);
    }
    assertThat(done).extracting(Drop::rows).contains(1L);
    assertThat(events()).isEmpty();
  }

  @Test
  void shouldLeaveEverythingWhenTheRoleOwnsNothing() throws SQLException {
    // given
    migrations.apply(ApplyOptions.all());
    event("old", 200);
    keep(MonthlyTable.EVENTS, 60);
    String role = "other" + System.nanoTime();
    texts("CREATE ROLE " + role + " LOGIN PASSWORD 'o'");
    texts("GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + role);

    // when / then
    try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), role, "o")) {
      assertThatThrownBy(() -> Retention.apply(connection, NOW, role, done::add))
          .isInstanceOf(SQLException.class)
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("42501");
    }
    assertThat(done).isEmpty();
    assertThat(events()).containsExactly("old");
    try (Connection connection = database.connect()) {
      assertThat(Retention.dropped(connection)).isEmpty();
    }
    texts("DROP OWNED BY " + role);
    texts("DROP ROLE " + role);
  }

  private void keep(MonthlyTable table, int days) throws SQLException {
    try (Connection connection = database.connect()) {
      Retention.keep(connection, table, days, "test", NOW);
    }
  }

  private void apply() throws SQLException {
    try (Connection connection = database.connect()) {
      Retention.apply(connection, NOW, "test", done::add);
    }
  }

  private void event(String id, int daysAgo) throws SQLException {
    try (Connection connection = database.connect()) {
      Months.add(
          connection,
          List.of(MonthlyTable.EVENTS),
          List.of(NOW.minusSeconds(daysAgo * 24L * 60 * 60)));
    }
    texts(insert(id, daysAgo) + " RETURNING event_id");
  }

  private static String insert(String id, int daysAgo) {
    return ("INSERT INTO profilemesh_events (event_id, event_type, \"timestamp\", dataset_name,"
            + " source, schema_name, table_name, environment, request_id) VALUES ('%s', 'drift',"
            + " '%s', 'd', 's', 'p', 't', 'e', 'r')")
        .formatted(id, NOW.minusSeconds(daysAgo * 24L * 60 * 60));
  }

  private List<String> events() throws SQLException {
    return texts("SELECT event_id FROM profilemesh_events ORDER BY 1");
  }

  private List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            texts.add(rows.getString(1));
          }
        }
      }
    }
    return texts;
  }
}
