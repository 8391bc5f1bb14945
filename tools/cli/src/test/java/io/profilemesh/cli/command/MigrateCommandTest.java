package io.profilemesh.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.cli.command.Terminal.Result;
import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.metadata.ApplyOptions;
import io.profilemesh.metadata.ApplyResult;
import io.profilemesh.metadata.HistoryEntry;
import io.profilemesh.metadata.Migration;
import io.profilemesh.metadata.MigrationStatus;
import io.profilemesh.metadata.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrateCommandTest {

  private final Terminal terminal = new Terminal();

  @Test
  void shouldShowEveryMigrationWhenStatus() {
    terminal.mesh.migrationStatus =
        new MigrationStatus(
            1,
            2,
            List.of(
                new Migration(
                    1,
                    "create runs",
                    "V1__create_runs.sql",
                    Migration.State.APPLIED,
                    Instant.parse("2026-11-20T10:00:00Z"),
                    17),
                new Migration(
                    2,
                    "create results",
                    "V2__create_results.sql",
                    Migration.State.PENDING,
                    null,
                    null)));

    Result result = terminal.type("migrate status");

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("applied").contains("pending").contains("create results");
    assertThat(result.err()).contains("version 1 of 2").contains("migrate apply");
  }

  @Test
  void shouldFailWhenValidationFindsDifferences() {
    terminal.mesh.validation =
        new Validation(
            List.of(
                new Validation.Difference(
                    Validation.Kind.MISSING_OBJECT, "profilemesh_runs", "The table is gone.")));

    Result result = terminal.type("migrate validate");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("missing_object").contains("The table is gone.");
  }

  @Test
  void shouldSucceedWhenValidationIsClean() {
    Result result = terminal.type("migrate validate --format json");

    assertThat(result.code()).isZero();
    assertThat(Fakes.json(result.out()).path("items").isEmpty()).isTrue();
  }

  @Test
  void shouldPrintSqlAndChangeNothingWhenDryRun() {
    terminal.mesh.applyResult =
        new ApplyResult(
            0,
            1,
            true,
            List.of(
                new ApplyResult.Step(
                    1, "V1__create_runs.sql", "CREATE TABLE x ();\n", 3, List.of("VACUUM"))));

    Result result = terminal.type("migrate apply --dry-run --target 1");

    assertThat(terminal.mesh.applied).containsExactly(new ApplyOptions(1, true));
    assertThat(result.out())
        .contains("-- V1__create_runs.sql")
        .contains("CREATE TABLE x ();")
        .contains("not rehearsed, needs no transaction: VACUUM");
    assertThat(result.err()).contains("nothing has changed");
  }

  @Test
  void shouldApplyEverythingWhenNoTarget() {
    terminal.mesh.applyResult =
        new ApplyResult(
            0, 1, false, List.of(new ApplyResult.Step(1, "V1__x.sql", "", 30, List.of())));

    Result result = terminal.type("migrate apply");

    assertThat(result.code()).isZero();
    assertThat(terminal.mesh.applied).containsExactly(ApplyOptions.all());
    assertThat(result.err()).contains("from version 0 to 1");
  }

  @Test
  void shouldTakePasswordFromEnvironmentOnly() {
    terminal.environment.put("PROFILEMESH_METADATA_PASSWORD", "geheim");

    terminal.type("migrate status --jdbc-url jdbc:postgresql://db.example/meta --username app");

    assertThat(terminal.mesh.databases)
        .containsExactly(new JdbcAddress("jdbc:postgresql://db.example/meta", "app", "geheim"));
    assertThat(terminal.mesh.databases.get(0).toString()).doesNotContain("geheim");
  }

  @ParameterizedTest
  @ValueSource(strings = {"migrate", "migrate apply --target 0", "migrate apply --target one"})
  void shouldRefuseWhenCommandLineIsWrong(String line) {
    assertThat(terminal.type(line).code()).isEqualTo(2);
    assertThat(terminal.mesh.applied).isEmpty();
  }

  @Test
  void shouldShowWhatWasDone() {
    terminal.mesh.history =
        List.of(
            new HistoryEntry(
                1,
                "1",
                "create runs",
                "SQL",
                "V1__create_runs.sql",
                17,
                "ada",
                Instant.parse("2026-11-20T10:00:00Z"),
                12,
                true));

    assertThat(terminal.type("migrate history").out())
        .contains("create runs", "ada", "2026-11-20 10:00:00", "yes");
    assertThat(
            Fakes.json(terminal.type("migrate history --format json").out())
                .at("/items/0/checksum"))
        .hasToString("17");
  }

  @Test
  void shouldSayWhatWasRepairedAndTakenFor() {
    assertThat(terminal.type("migrate repair").out()).contains("failed: none", "V2__b.sql");
    assertThat(terminal.type("migrate baseline").out()).contains("version 13");
  }

  @Test
  void shouldWriteTheNextMigration(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("V9__a.sql"), "");
    Files.writeString(directory.resolve("V10__b.sql"), "");

    Result made =
        terminal.run("migrate", "new", "add owner to runs", "--directory", directory.toString());

    Path file = directory.resolve("V11__add_owner_to_runs.sql");
    assertThat(made.code()).isZero();
    assertThat(made.out()).contains(file.toString());
    assertThat(file).content().contains("-- Why: add owner to runs.");
    assertThat(terminal.run("migrate", "new", "!!", "--directory", directory.toString()).code())
        .isEqualTo(2);
    assertThat(terminal.run("migrate", "new", "add owner").code()).isEqualTo(2);
  }
}
