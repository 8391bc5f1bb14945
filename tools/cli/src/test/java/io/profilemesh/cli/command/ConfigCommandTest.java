package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.profilemesh.cli.command.Terminal.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {

  private static final String VALID =
      """
      sources:
        warehouse:
          type: postgresql
          database: shop
          username: reader
          password: ${SHOP_PASSWORD}
      datasets:
        - source: warehouse
          include: ["public.*"]
      profiles:
        prod:
          sources:
            warehouse: { host: db.internal }
      """;

  @TempDir Path directory;

  private final Terminal terminal = new Terminal();

  @Test
  void shouldListEveryMistakeByLineAndPathWhenValidating() throws IOException {
    Path file =
        file(
            """
            sources:
              warehouse:
                type: postgresql
                databse: shop
                username: reader
            datasets:
              - source: warehous
                table: public.orders
                sampling: { fraction: 1.5 }
            """);

    Result result = terminal.type("config validate " + file);

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out())
        .contains(
            file + ":4: sources.warehouse.databse: is not known here; did you mean 'database'?",
            file + ":3: sources.warehouse.database: is missing",
            file
                + ":7: datasets[0].source: names no source of this file; did you mean 'warehouse'?",
            file + ":9: datasets[0].sampling.fraction: must be a number above 0 and at most 1");
    assertThat(result.err()).contains("4 mistakes.");
  }

  @Test
  void shouldSucceedWhenFileAndProfilesAreValid() throws IOException {
    terminal.environment.put("SHOP_PASSWORD", "s3cret");

    Result result = terminal.type("config validate " + file(VALID));

    assertThat(result.code()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("1 source, 1 dataset entry").contains("prod");
  }

  @Test
  void shouldCheckEveryProfileWhenNoneIsChosen() throws IOException {
    terminal.environment.put("SHOP_PASSWORD", "s3cret");
    Path file = file(VALID.replace("host: db.internal", "port: many"));

    Result all = terminal.type("config validate --format json " + file);
    Result one = terminal.type("config validate --profile none " + file);

    assertThat(all.code()).isEqualTo(1);
    JsonNode mistake = Fakes.json(all.out()).path("items").path(0);
    assertThat(mistake.path("path").asText()).isEqualTo("profiles.prod.sources.warehouse.port");
    assertThat(mistake.path("line").asInt()).isEqualTo(13);
    assertThat(mistake.path("profile").asText()).isEqualTo("prod");
    assertThat(one.out()).contains("has no mapping 'none'").contains("there are prod");
  }

  @Test
  void shouldPassOverUnsetVariablesWhenAsked() throws IOException {
    Path file = file(VALID);

    assertThat(terminal.type("config validate " + file).out())
        .contains("sources.warehouse.password: the environment variable SHOP_PASSWORD is not set");
    assertThat(terminal.type("config validate --ignore-unset-variables " + file).code()).isZero();
  }

  @Test
  void shouldWarnWhenVariableSetsNothing() throws IOException {
    terminal.environment.put("SHOP_PASSWORD", "s3cret");
    terminal.environment.put("PROFILEMESH_SOURCES_WAREHOUSE_PASSWROD", "s3cret");

    Result result = terminal.type("config validate " + file(VALID));

    assertThat(result.code()).isZero();
    assertThat(result.err()).contains("PROFILEMESH_SOURCES_WAREHOUSE_PASSWROD sets nothing");
  }

  @Test
  void shouldShowValuesAndOriginsWithoutSecrets() throws IOException {
    terminal.environment.put("SHOP_PASSWORD", "s3cret");
    terminal.environment.put("PROFILEMESH_SOURCES_WAREHOUSE_PORT", "6000");
    terminal.environment.put("PROFILEMESH_CONFIG", file(VALID).toString());

    Result result = terminal.type("config show --format csv --profile prod");

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("sources.warehouse.port,6000,variable PROFILEMESH_SOURCES_WAREHOUSE_PORT")
        .contains("sources.warehouse.host,db.internal,line 13")
        .contains("sources.warehouse.password,***,\"line 6, variable SHOP_PASSWORD\"")
        .contains("datasets[0].histogram-bins,10,default")
        .doesNotContain("s3cret");
  }

  @Test
  void shouldNameTheRemedyWhenThereIsNoFile() {
    assertThat(terminal.type("config validate").err()).contains("PROFILEMESH_CONFIG");
    Result missing = terminal.type("config validate " + directory.resolve("none.yaml"));
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.out()).contains("does not exist");
  }

  @Test
  void shouldPrintSchemaForEditors() {
    JsonNode schema = Fakes.json(terminal.type("config schema").out());

    assertThat(schema.path("definitions").path("a-source").path("properties").has("type")).isTrue();
  }

  @Test
  void shouldTrySourcesOnlyWhenAsked() throws IOException {
    Path file =
        file(
            """
            sources:
              gone: { type: postgresql, host: 127.0.0.1, port: 1, database: d, username: u,
                password: s3cret, connect-timeout: 1s }
              house: { type: snowflake, account: a, database: d, username: u, password: s3cret }
              nofile: { type: sqlite, path: none.db }
              off: { type: sqlite, path: none.db, enabled: false }
            """);

    Result unasked = terminal.type("config validate " + file);
    Result asked = terminal.type("config validate --connect --drivers /none " + file);

    assertThat(unasked.code()).isZero();
    assertThat(asked.code()).isEqualTo(1);
    assertThat(asked.out())
        .contains("sources.gone: The source does not answer: check 'host', 'port'")
        .contains("sources.house: The driver of snowflake is not there: put snowflake-jdbc")
        .contains("sources.nofile: The file " + directory.resolve("none.db") + " does not exist")
        .doesNotContain("sources.off", "s3cret");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("profilemesh.yaml"), text);
  }
}
