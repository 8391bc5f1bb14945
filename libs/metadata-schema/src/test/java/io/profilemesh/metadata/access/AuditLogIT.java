package io.profilemesh.metadata.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.Migrations;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit log grows by itself and in no other way. */
class AuditLogIT {

  private static final PostgresEndpoint DATABASE =
      Stacks.shared().createDatabase("audit" + System.nanoTime());
  private static final String WRITER = "writer" + System.nanoTime();

  @BeforeAll
  static void migrate() throws SQLException {
    Migrations.of(DATABASE.jdbcUrl(), DATABASE.username(), DATABASE.password())
        .apply(ApplyOptions.all());
    execute(
        "CREATE ROLE " + WRITER + " LOGIN PASSWORD 'w'",
        "GRANT INSERT, SELECT ON profilemesh_audit_logs TO " + WRITER);
    write(DATABASE.connect(), "2026-11-30T23:59:59Z");
  }

  @Test
  void shouldMakeTheMonthsThatItNeeds() throws SQLException {
    write(DATABASE.connect(), "2027-01-01T00:00:00Z", "2026-12-31T23:59:59.999999Z");
    write(DATABASE.connect(), "2027-01-15T00:00:00Z");

    assertThat(number("SELECT count(*) FROM profilemesh_audit_logs_y2026m12")).isEqualTo(1);
    assertThat(number("SELECT count(*) FROM profilemesh_audit_logs_y2027m01")).isEqualTo(2);
  }

  @Test
  void shouldLetARoleWriteThatOwnsNothing() throws SQLException {
    long before = number("SELECT count(*) FROM profilemesh_audit_logs");

    write(DriverManager.getConnection(DATABASE.jdbcUrl(), WRITER, "w"), "2031-05-01T00:00:00Z");

    assertThat(number("SELECT count(*) FROM profilemesh_audit_logs")).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE profilemesh_audit_logs SET actor = 'nobody'",
        "DELETE FROM profilemesh_audit_logs",
        "DELETE FROM profilemesh_audit_logs_y2026m11",
        "TRUNCATE profilemesh_audit_logs",
        "TRUNCATE profilemesh_audit_logs_y2026m11"
      })
  void shouldRefuseEveryOtherChangeEvenOfItsOwner(String sql) {
    assertThatThrownBy(() -> execute(sql)).hasMessageContaining("only grows");
  }

  @Test
  void shouldMakeMonthsOfItsJournalsOnly() {
    assertThatThrownBy(() -> execute("SELECT profilemesh_add_month('profilemesh_runs', now())"))
        .hasMessageContaining("has no months");
  }

  @Test
  void shouldKeepHostileTextsAndNoKey() throws SQLException {
    ApiKeySecret secret = ApiKeySecret.random(new java.security.SecureRandom());
    AuditEntry hostile =
        entry(
            "2026-11-02T00:00:00Z",
            "a\0b '; drop table x;-- " + secret.reveal(),
            "{\"name\":\"x\\u0000y " + secret.reveal() + "\"}");

    try (Connection connection = DATABASE.connect()) {
      AuditLog.write(connection, List.of(hostile));
    }

    assertThat(
            number(
                "SELECT count(*) FROM profilemesh_audit_logs a WHERE a::text LIKE '%"
                    + secret.reveal().substring(14)
                    + "%'"))
        .isZero();
    assertThat(number("SELECT count(*) FROM profilemesh_audit_logs WHERE actor LIKE 'a%drop%'"))
        .isEqualTo(1);
  }

  private static AuditEntry entry(String at, String actor, String after) {
    return new AuditEntry(
        Instant.parse(at),
        actor,
        "key",
        null,
        "put",
        "policy",
        "p",
        null,
        AuditEntry.Outcome.DONE,
        null,
        "127.0.0.1",
        "x".repeat(10_000),
        null,
        after);
  }

  private static void write(Connection connection, String... times) throws SQLException {
    try (connection) {
      AuditLog.write(
          connection, java.util.stream.Stream.of(times).map(at -> entry(at, "ada", "{}")).toList());
    }
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = DATABASE.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static long number(String sql) throws SQLException {
    try (Connection connection = DATABASE.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
