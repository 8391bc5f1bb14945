package io.profilemesh.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts that fill the compose file's PostgreSQL, run in their order on a real one. */
class SampleShopIT {

  private static final String DEMO = "tools/cli/src/main/resources/demo/";

  private static PostgresEndpoint shop;

  @BeforeAll
  static void runTheScripts() throws SQLException {
    shop = Stacks.shared().createDatabase("compose_shop");
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "DO $$ BEGIN CREATE ROLE profilemesh_reader; EXCEPTION WHEN duplicate_object THEN NULL;"
              + " END $$");
      for (String script :
          List.of(
              DEMO + "tables.sql",
              "docker/postgres/30-shop.sql",
              "docker/postgres/40-real-tables.sql",
              "docker/postgres/50-grants.sql")) {
        statement.execute(Repository.read(script).replace("/sample/", Repository.path(DEMO) + "/"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "customers, 5000",
    "products, 400",
    "orders, 45000",
    "seattle_weather, 1461",
    "bird_strikes, 10000"
  })
  void shouldFillTheTable(String table, long rows) throws SQLException {
    assertThat(number("SELECT count(*) FROM public." + table)).isEqualTo(rows);
  }

  @Test
  void shouldMakeBelievableOrders() throws SQLException {
    assertThat(number("SELECT count(*) FROM orders WHERE total <> unit_price * quantity")).isZero();
    assertThat(number("SELECT count(*) FROM orders WHERE shipped_on <= order_day")).isZero();
    assertThat(number("SELECT count(DISTINCT order_day) FROM orders")).isEqualTo(90);
    assertThat(number("SELECT count(DISTINCT customer_id) FROM orders")).isEqualTo(5000);
    assertThat(number("SELECT 100 * count(email) / count(*) FROM customers")).isEqualTo(98);
  }

  @Test
  void shouldLetTheReaderReadAndNothingElse() throws SQLException {
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE profilemesh_reader");

      statement.executeQuery("SELECT * FROM public.orders LIMIT 1").close();
      assertThat(refused(statement, "DELETE FROM public.orders")).isTrue();
    }
  }

  private static boolean refused(Statement statement, String sql) {
    try {
      statement.execute(sql);
      return false;
    } catch (SQLException e) {
      return "42501".equals(e.getSQLState());
    }
  }

  private static long number(String query) throws SQLException {
    try (Connection connection = shop.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      assertThat(result.next()).isTrue();
      return result.getLong(1);
    }
  }
}
