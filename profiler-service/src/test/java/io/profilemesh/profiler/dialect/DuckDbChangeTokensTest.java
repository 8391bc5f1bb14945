package io.profilemesh.profiler.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbChangeTokensTest {

  private static final ChangeTokens TOKENS = new DuckDbDialect().changeTokens().orElseThrow();
  private static final TableRef ORDERS = new TableRef("main", "orders", RelationKind.TABLE);

  @TempDir Path directory;

  @Test
  void shouldMoveWithEveryChangeAndStayOtherwise() throws SQLException {
    // given
    Set<String> tokens = new HashSet<>();
    write("CREATE TABLE orders (id INTEGER)");
    tokens.add(token());

    // when
    for (String change :
        List.of(
            "INSERT INTO orders VALUES (1)",
            "UPDATE orders SET id = 2",
            "DELETE FROM orders",
            "ALTER TABLE orders ADD COLUMN note VARCHAR")) {
      write(change);
      tokens.add(token());
      tokens.add(token());
    }

    // then
    assertThat(tokens).hasSize(5);
  }

  /** What a writer leaves behind that ends before it has put its log into the file. */
  @Test
  void shouldMoveWhenTheLogAloneGrows() throws SQLException {
    write("CREATE TABLE orders (id INTEGER)");
    String before = token();

    write("PRAGMA disable_checkpoint_on_shutdown", "INSERT INTO orders VALUES (1)");

    assertThat(token()).isNotEqualTo(before);
  }

  @Test
  void shouldHaveNoSignOfADatabaseInMemory() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      TableLook look = TOKENS.look(connection, List.of(ORDERS)).get(ORDERS);
      assertThat(look.token()).isNull();
      assertThat(look.whyNoToken()).endsWith(".");
    }
  }

  private String token() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("duckdb.read_only", "true");
    try (Connection connection = DriverManager.getConnection(url(), properties)) {
      return TOKENS.look(connection, List.of(ORDERS)).get(ORDERS).token();
    }
  }

  private void write(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private String url() {
    return "jdbc:duckdb:" + directory.resolve("a b.duckdb");
  }
}
