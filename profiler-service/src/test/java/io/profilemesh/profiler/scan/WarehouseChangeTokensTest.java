package io.profilemesh.profiler.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.profiler.dialect.BigQueryDialect;
import io.profilemesh.profiler.dialect.JdbcDialect;
import io.profilemesh.profiler.dialect.RedshiftDialect;
import io.profilemesh.profiler.dialect.RelationKind;
import io.profilemesh.profiler.dialect.SnowflakeDialect;
import io.profilemesh.profiler.dialect.TableLook;
import io.profilemesh.profiler.dialect.TableRef;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The warehouses' questions about changes, asked of DuckDB with stand-ins for their metadata. */
class WarehouseChangeTokensTest {

  private static final TableRef ORDERS = new TableRef("shop", "orders", RelationKind.TABLE);
  private static final TableRef SHOWN = new TableRef("shop", "shown", RelationKind.VIEW);

  private final List<String> statements = new ArrayList<>();
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    execute("CREATE SCHEMA shop");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void shouldTellByTheTimeSnowflakeKeeps() throws Exception {
    execute(
        "CREATE TABLE listed (table_schema VARCHAR, table_name VARCHAR, table_type VARCHAR,"
            + " created TIMESTAMP, last_altered TIMESTAMP, row_count BIGINT, bytes BIGINT)",
        "INSERT INTO listed VALUES"
            + " ('shop', 'orders', 'BASE TABLE', '2024-01-01', '2024-01-02 03:04:05.678', 7, 99),"
            + " ('shop', 'shown', 'VIEW', '2024-01-01', '2024-01-02', NULL, NULL),"
            + " ('other', 'orders', 'BASE TABLE', '2024-01-01', '2024-01-03', 8, 100)");
    UnaryOperator<String> standIn = sql -> sql.replace("information_schema.tables", "main.listed");

    Map<TableRef, TableLook> before = look(new SnowflakeDialect(), standIn);
    Map<TableRef, TableLook> again = look(new SnowflakeDialect(), standIn);
    execute("UPDATE listed SET last_altered = '2024-01-02 03:04:05.679'");

    assertTold(before, again, look(new SnowflakeDialect(), standIn));
  }

  @Test
  void shouldTellByTheTimeBigQueryKeeps() throws Exception {
    execute(
        "CREATE TABLE shop.__TABLES__ (dataset_id VARCHAR, table_id VARCHAR, creation_time BIGINT,"
            + " last_modified_time BIGINT, row_count BIGINT, size_bytes BIGINT, type BIGINT)",
        "INSERT INTO shop.__TABLES__ VALUES ('shop', 'orders', 1, 1700000000000, 7, 99, 1),"
            + " ('shop', 'shown', 1, 1700000000000, 0, 0, 2)");
    UnaryOperator<String> standIn = sql -> sql.replace("`", "\"").replace("STRING", "VARCHAR");

    Map<TableRef, TableLook> before = look(new BigQueryDialect(), standIn);
    Map<TableRef, TableLook> again = look(new BigQueryDialect(), standIn);
    execute("UPDATE shop.__TABLES__ SET last_modified_time = last_modified_time + 1");

    assertTold(before, again, look(new BigQueryDialect(), standIn));
  }

  @Test
  void shouldKnowSizesOfRedshiftOnly() throws Exception {
    execute(
        "CREATE TABLE svv_table_info (\"schema\" VARCHAR, \"table\" VARCHAR,"
            + " estimated_visible_rows DOUBLE, size BIGINT)",
        "INSERT INTO svv_table_info VALUES ('shop', 'orders', 7, 3)");

    Map<TableRef, TableLook> looks = look(new RedshiftDialect(), UnaryOperator.identity());

    assertThat(looks.get(ORDERS).token()).isNull();
    assertThat(looks.get(ORDERS).rows()).isEqualTo(7);
    assertThat(looks.get(ORDERS).bytes()).isEqualTo(3 << 20);
    assertThat(looks.get(SHOWN).whyNoToken()).endsWith(".");
  }

  private static void assertTold(
      Map<TableRef, TableLook> before,
      Map<TableRef, TableLook> again,
      Map<TableRef, TableLook> after) {
    assertThat(before).isEqualTo(again).containsOnlyKeys(ORDERS, SHOWN);
    assertThat(before.get(ORDERS).token()).isNotNull();
    assertThat(before.get(ORDERS).rows()).isEqualTo(7);
    assertThat(before.get(ORDERS).bytes()).isEqualTo(99);
    assertThat(before.get(SHOWN).token()).isNull();
    assertThat(after.get(ORDERS).token()).isNotEqualTo(before.get(ORDERS).token());
  }

  private Map<TableRef, TableLook> look(JdbcDialect dialect, UnaryOperator<String> standIn)
      throws Exception {
    Map<TableRef, TableLook> looks =
        dialect
            .changeTokens()
            .orElseThrow()
            .look(
                TranslatedConnection.of(connection, standIn, statements::add),
                List.of(ORDERS, SHOWN));
    for (String statement : statements) {
      CCJSqlParserUtil.parse(statement);
    }
    return looks;
  }

  private void execute(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
