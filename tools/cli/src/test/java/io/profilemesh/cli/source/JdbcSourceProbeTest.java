package io.profilemesh.cli.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.profilemesh.cli.check.Finding;
import io.profilemesh.cli.check.Finding.State;
import io.profilemesh.configuration.ConfigurationFile;
import io.profilemesh.configuration.ConfigurationMistakes;
import io.profilemesh.configuration.ProfilerConfiguration;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcSourceProbeTest {

  @TempDir Path directory;

  @Test
  void shouldCountTheTablesOfAnyEngine() throws Exception {
    run("CREATE TABLE orders (id bigint)", "CREATE VIEW recent AS SELECT * FROM orders");

    List<Finding> findings = examine("duckdb", "shop.duckdb");

    assertThat(findings)
        .extracting(Finding::subject, Finding::state)
        .containsExactly(tuple("shop: connection", State.OK), tuple("shop: tables", State.OK));
    assertThat(findings.get(1).what()).isEqualTo("2 tables visible");
  }

  @Test
  void shouldSayThatNothingIsVisible() throws Exception {
    run("SELECT 1");

    assertThat(examine("duckdb", "shop.duckdb"))
        .last()
        .satisfies(
            finding -> {
              assertThat(finding.state()).isEqualTo(State.PROBLEM);
              assertThat(finding.remedy()).contains("SELECT");
            });
  }

  @Test
  void shouldSayWhatToDoWhereNothingAnswers() throws Exception {
    assertThat(examine("duckdb", "nowhere.duckdb"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.state()).isEqualTo(State.PROBLEM);
              assertThat(finding.what()).contains("does not exist").contains("correct 'path'");
            });
    assertThat(examine("mariadb", ""))
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).contains("mariadb-java-client"));
  }

  private List<Finding> examine(String type, String file) throws ConfigurationMistakes {
    String place =
        file.isEmpty()
            ? "host: 127.0.0.1, database: shop, username: reader, password: s3cret"
            : "path: " + directory.resolve(file);
    ProfilerConfiguration configuration =
        ConfigurationFile.parse(
            "test.yaml",
            "sources: { shop: { type: %s, %s } }".formatted(type, place),
            directory,
            Map.of());
    return new JdbcSourceProbe(List.of())
        .examine(configuration.sources().values().iterator().next(), configuration);
  }

  private void run(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("shop.duckdb"));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
