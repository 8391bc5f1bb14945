package io.profilemesh.profiler.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.profiler.dialect.ColumnFacts;
import io.profilemesh.profiler.dialect.Dialect;
import io.profilemesh.profiler.dialect.PostgreSqlDialect;
import io.profilemesh.profiler.dialect.TableFacts;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgreSqlDialectIT extends DialectConformance {

  private static final PostgreSqlDialect DIALECT = new PostgreSqlDialect();
  private static final PostgreSqlTableScan SCAN = new PostgreSqlTableScan(Clock.systemUTC());

  private static PostgresEndpoint database;

  @BeforeAll
  static void openDatabase() {
    database = Stacks.shared().createDatabase("conformance");
  }

  @BeforeEach
  void beginWithAnEmptySchema() throws SQLException {
    execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
  }

  @Override
  Dialect dialect() {
    return DIALECT;
  }

  @Override
  TableScan scan() {
    return SCAN;
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.username(), database.password());
  }

  @Override
  Connection connectAsOwner() throws SQLException {
    return connect();
  }

  @Override
  String schema() {
    return "public";
  }

  @Override
  boolean hasMaterializedViews() {
    return true;
  }

  @Override
  Map<ColumnType, String> types() {
    Map<ColumnType, String> types = new LinkedHashMap<>();
    types.put(ColumnType.INTEGER, "int8");
    types.put(ColumnType.FLOAT, "float8");
    types.put(ColumnType.DECIMAL, "numeric(10, 2)");
    types.put(ColumnType.TEXT, "text");
    types.put(ColumnType.BOOLEAN, "boolean");
    types.put(ColumnType.DATE, "date");
    types.put(ColumnType.TIME, "time");
    types.put(ColumnType.TIMESTAMP, "timestamp");
    types.put(ColumnType.TIMESTAMP_WITH_ZONE, "timestamptz");
    types.put(ColumnType.UUID, "uuid");
    types.put(ColumnType.BINARY, "bytea");
    types.put(ColumnType.JSON, "jsonb");
    return types;
  }

  @Test
  void shouldTellWhatTheCatalogueSaysOfATable() throws SQLException {
    // given
    execute(
        "CREATE TABLE parents (id int PRIMARY KEY)",
        "CREATE TABLE \"Odd one\" (\"the day\" date NOT NULL, state text DEFAULT 'new'"
            + " CHECK (state IN ('new', 'gone')), n int GENERATED ALWAYS AS IDENTITY,"
            + " parent int REFERENCES parents (id)) PARTITION BY RANGE (\"the day\")",
        "CREATE TABLE part PARTITION OF \"Odd one\" FOR VALUES FROM ('2026-01-01') TO"
            + " ('2027-01-01')",
        "CREATE INDEX ON \"Odd one\" (\"the day\") INCLUDE (n)",
        "COMMENT ON TABLE \"Odd one\" IS 'What is odd'",
        "CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one");

    // when
    TableFacts facts = facts("Odd one");
    TableFacts kept = facts("kept");

    // then
    assertThat(facts.type()).isEqualTo(TableFacts.Type.PARTITIONED_TABLE);
    assertThat(facts.comment()).isEqualTo("What is odd");
    assertThat(facts.partitioning()).isEqualTo("RANGE (\"the day\")");
    assertThat(facts.owner()).isEqualTo(database.username());
    assertThat(facts.creator()).isNull();
    assertThat(facts.location()).isEqualTo("pg_default");
    assertThat(facts.properties()).containsEntry("partitions", "1");
    assertThat(facts.columns())
        .extracting(ColumnFacts::indexed)
        .containsExactly(true, false, false, false);
    assertThat(facts.columns())
        .extracting(ColumnFacts::defaultValue)
        .containsExactly(null, "'new'::text", "GENERATED ALWAYS AS IDENTITY", null);
    assertThat(facts.columns().get(1).constraints())
        .singleElement()
        .satisfies(check -> assertThat(check.sql()).startsWith("CHECK").contains("'gone'"))
        .satisfies(check -> assertThat(check.valuesOf()).containsExactly(new ColumnName("state")));
    assertThat(facts.columns().get(3).constraints())
        .extracting(ColumnFacts.Constraint::sql)
        .containsExactly("FOREIGN KEY (parent) REFERENCES parents(id)");
    assertThat(kept.type()).isEqualTo(TableFacts.Type.MATERIALIZED_VIEW);
    assertThat(kept.storageFormat()).isEqualTo("heap");
  }

  @Override
  String bytes(String hex) {
    return "'\\x" + hex + "'::bytea";
  }

  @Override
  Map<String, String> strangeTypes() {
    return Map.of(
        "int[]", "'{1,2}'",
        "interval", "'1 day'",
        "inet", "'10.0.0.1'",
        "point", "'(1,2)'",
        "int4range", "'[1,5)'",
        "money", "'12.34'",
        "tsvector", "'a b'",
        "bit(3)", "B'101'",
        "xml", "'<a/>'",
        "pg_lsn", "'16/B374D848'");
  }
}
