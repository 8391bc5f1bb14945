package io.profilemesh.profiler.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteChangeTokensTest {

  private static final ChangeTokens TOKENS = new SqliteDialect().changeTokens().orElseThrow();
  private static final TableRef ORDERS = new TableRef("", "orders", RelationKind.TABLE);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void shouldStayTheSameWhileNobodyWrites(String journal) throws SQLException {
    try (Connection writer = open(journal);
        Connection reader = open()) {
      execute(writer, "CREATE TABLE orders (id int)", "INSERT INTO orders VALUES (1)");
      String before = token(reader);

      execute(reader, "SELECT count(*) FROM orders");

      assertThat(token(reader)).isEqualTo(before);
      assertThat(token(writer)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void shouldMoveWithEveryTransactionOfAnotherConnection(String journal) throws SQLException {
    try (Connection writer = open(journal);
        Connection reader = open()) {
      execute(writer, "CREATE TABLE orders (id int)");
      for (String change :
          List.of(
              "INSERT INTO orders VALUES (1)",
              "UPDATE orders SET id = 2",
              "DELETE FROM orders",
              "ALTER TABLE orders ADD COLUMN note text")) {
        String before = token(reader);
        execute(writer, change);
        assertThat(token(reader)).as(change).isNotEqualTo(before);
      }
    }
  }

  /** The space of a log that was checkpointed is used again: its size and header stand still. */
  @Test
  void shouldMoveWhenTheLogIsWrittenOverFromItsBeginning() throws Exception {
    try (Connection writer = open("WAL");
        Connection reader = open()) {
      execute(writer, "PRAGMA wal_autocheckpoint = 0", "CREATE TABLE orders (id int)");
      for (int i = 0; i < 20; i++) {
        execute(writer, "INSERT INTO orders VALUES (" + i + ")");
      }
      execute(writer, "PRAGMA wal_checkpoint(RESTART)", "INSERT INTO orders VALUES (100)");
      long size = Files.size(Path.of(file() + "-wal"));
      String before = token(reader);

      execute(writer, "INSERT INTO orders VALUES (101)");

      assertThat(Files.size(Path.of(file() + "-wal"))).isEqualTo(size);
      assertThat(token(reader)).isNotEqualTo(before);
    }
  }

  @Test
  void shouldGiveNoTokenWithoutAFile() throws SQLException {
    try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      assertThat(TOKENS.look(memory, List.of(ORDERS)).get(ORDERS).whyNoToken()).contains("file");
    }
  }

  private String token(Connection connection) throws SQLException {
    return TOKENS.look(connection, List.of(ORDERS)).get(ORDERS).token();
  }

  private Path file() {
    return directory.resolve("shop.db");
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file());
  }

  private Connection open(String journal) throws SQLException {
    Connection connection = open();
    execute(connection, "PRAGMA journal_mode = " + journal);
    return connection;
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
