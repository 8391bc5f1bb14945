package io.profilemesh.cli.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.cli.Failure;
import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.Migrations;
import io.profilemesh.stack.PostgresEndpoint;
import io.profilemesh.stack.Stacks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresExportIT {

  private static final PostgresEndpoint DATABASE =
      Stacks.shared().createDatabase("export" + System.nanoTime());

  @TempDir Path directory;

  private final TableExport export =
      new PostgresExport(
          new JdbcAddress(DATABASE.jdbcUrl(), DATABASE.username(), DATABASE.password()));

  @BeforeAll
  static void fill() throws SQLException {
    Migrations.of(DATABASE.jdbcUrl(), DATABASE.username(), DATABASE.password())
        .apply(ApplyOptions.all());
    try (Connection connection = DATABASE.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO profilemesh_runs (run_id, dataset_name, source, schema_name, table_name,"
              + " environment, request_id, trigger, tags, requested_at) VALUES"
              + " ('00000000-0000-4000-8000-000000000001', 'shop/public/a', 'shop', '', '=1+1',"
              + " 'test', 'two\nlines, \"quoted\"', 'cli', '{a,\"b,c\"}', '2026-03-01T12:00:00Z')");
      statement.execute(
          "INSERT INTO profilemesh_column_profiles (run_id, dataset_name, column_name, profiled_at,"
              + " ordinal, metric_names, metric_values, histogram) VALUES"
              + " ('00000000-0000-4000-8000-000000000001', 'shop/public/a', 'x',"
              + " '2026-03-01T12:00:00Z', 1, '{mean,min}', '{1.5,NULL}', '{\"edges\": [1, 2]}')");
    }
  }

  @Test
  void shouldWriteEveryTableButThoseWithSecretsAsCsv() throws Exception {
    // when
    List<ExportedTable> written =
        export.write(List.of(), ExportFormat.CSV, directory, (table, done, total) -> {});

    // then
    assertThat(written)
        .extracting(ExportedTable::table)
        .contains("profilemesh_runs", "profilemesh_results", "profilemesh_audit_logs")
        .doesNotContain("profilemesh_api_keys", "profilemesh_users", "profilemesh_sessions");
    assertThat(directory).isDirectoryNotContaining("glob:**.part");
    assertThat(Files.readString(directory.resolve("profilemesh_runs.csv")))
        .startsWith("run_id,dataset_name,")
        .contains(",\"\",=1+1,", "\"two\nlines, \"\"quoted\"\"\"", "2026-03-01 12:00:00+00");
    assertThat(
            export.write(
                List.of("api_keys"), ExportFormat.CSV, directory, (table, done, total) -> {}))
        .hasSize(1);
  }

  @Test
  void shouldKeepTypesNullsAndEmptyTextsInParquet() throws Exception {
    // when
    List<ExportedTable> written =
        export.write(List.of(), ExportFormat.PARQUET, directory, (table, done, total) -> {});

    // then
    assertThat(written)
        .filteredOn(one -> one.table().equals("profilemesh_column_profiles"))
        .extracting(ExportedTable::rows)
        .containsExactly(1L);
    assertThat(
            ask(
                "SELECT typeof(run_id), typeof(tags), tags[2], schema_name, slice,"
                    + " typeof(requested_at), epoch_ms(requested_at), event_rank, request_id"
                    + " FROM 'profilemesh_runs.parquet'"))
        .isEqualTo(
            "UUID|VARCHAR[]|b,c||null|TIMESTAMP WITH TIME ZONE|1772366400000|0|"
                + "two\nlines, \"quoted\"");
    assertThat(
            ask(
                "SELECT typeof(metric_values), metric_values[1], metric_values[2],"
                    + " histogram FROM 'profilemesh_column_profiles.parquet'"))
        .isEqualTo("DOUBLE[]|1.5|null|{\"edges\": [1, 2]}");
  }

  @Test
  void shouldNameTheTablesThereAreWhenOneIsUnknown() {
    assertThatThrownBy(
            () ->
                export.write(
                    List.of("runz"), ExportFormat.CSV, directory, (table, done, total) -> {}))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("runz");
  }

  private String ask(String sql) throws SQLException {
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet row = statement.executeQuery(sql.replace("FROM '", "FROM '" + directory + "/"))) {
      assertThat(row.next()).isTrue();
      StringBuilder line = new StringBuilder();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        line.append(i == 1 ? "" : "|").append(row.getString(i));
      }
      return line.toString();
    }
  }
}
