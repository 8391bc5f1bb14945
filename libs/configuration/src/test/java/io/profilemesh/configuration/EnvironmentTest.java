package io.profilemesh.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.configuration.file.Mistake;
import io.profilemesh.configuration.file.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles, and variables over values of the file. */
class EnvironmentTest {

  private static final String FILE =
      """
      environment: development
      sources:
        warehouse:
          type: postgresql
          database: shop
          username: reader
          password: from-file
        old.archive: { type: postgresql, database: old, username: reader }
      datasets:
        - source: warehouse
          include: ["public.*"]
          tags: [gold]
      profiles:
        prod:
          environment: production
          sources:
            warehouse: { host: db.internal, ssl-mode: verify-full, password: ~ }
            old.archive: ~
          datasets:
            - source: warehouse
              include: ["public.*", "sales.*"]
        test:
          sources:
            warehouse: { prt: 1 }
      """;

  @TempDir Path directory;

  @Test
  void shouldLayProfileOverFile() {
    ProfilerConfiguration configuration = valid(Map.of("PROFILEMESH_PROFILE", "prod"));

    assertThat(configuration.environment()).isEqualTo("production");
    assertThat(configuration.sources()).containsOnlyKeys(new SourceName("warehouse"));
    assertThat(server(configuration).host()).isEqualTo("db.internal");
    assertThat(server(configuration).database()).isEqualTo("shop");
    assertThat(server(configuration).password()).isNull();
    assertThat(configuration.datasets()).hasSize(1);
    assertThat(configuration.datasets().get(0).include()).hasSize(2);
    assertThat(configuration.datasets().get(0).tags()).isEmpty();
  }

  @Test
  void shouldIgnoreProfilesWhenNoneIsChosen() {
    assertThat(valid(Map.of()).environment()).isEqualTo("development");
    assertThat(ConfigurationFile.of("test", FILE, directory).profiles())
        .containsExactly("prod", "test");
  }

  @Test
  void shouldNameThePlaceInTheProfileWhenMistaken() {
    assertThat(check(Map.of("PROFILEMESH_PROFILE", "test")).mistakes())
        .extracting(Mistake::toString)
        .containsExactly(
            "profiles.test.sources.warehouse.prt: is not known here; did you mean 'port'?"
                + " (line 24)");
  }

  @Test
  void shouldRefuseProfileThatFileLacks() {
    assertThat(check(Map.of("PROFILEMESH_PROFILE", "prd")).mistakes())
        .singleElement()
        .asString()
        .contains("there are prod, test")
        .contains("did you mean 'prod'?");
  }

  @Test
  void shouldOverrideAnyValueByItsPath() {
    ProfilerConfiguration configuration =
        valid(
            Map.of(
                "PROFILEMESH_ENVIRONMENT", "staging",
                "PROFILEMESH_SOURCES_OLD_ARCHIVE_ENABLED", "no",
                "PROFILEMESH_DATASETS_0_SAMPLING_FRACTION", "0.25",
                "PROFILEMESH_DATASETS_0_TAGS", "[silver, 'b,c']",
                "PROFILEMESH_DATASETS_0_VALUES", "publish",
                "PROFILEMESH_DATASETS_0_EXCLUDE", "*_tmp",
                "PROFILEMESH_DATASETS_0_SLICE_COLUMN", "at",
                "PROFILEMESH_DATASETS_0_SLICE_NAME", "daily",
                "PROFILEMESH_DATASETS_0_SLICE_PERIOD", "P1D"));

    assertThat(configuration.environment()).isEqualTo("staging");
    assertThat(configuration.source(new SourceName("old.archive")).orElseThrow().enabled())
        .isFalse();
    DatasetConfig dataset = configuration.datasets().get(0);
    assertThat(dataset.sampling().fraction()).isEqualTo(0.25);
    assertThat(dataset.tags()).containsExactly("silver", "b,c");
    assertThat(dataset.values().publishAll()).isTrue();
    assertThat(dataset.exclude()).hasSize(1);
    assertThat(dataset.slice()).isNotNull();
  }

  @Test
  void shouldNameVariableWhenItsValueIsMistaken() {
    assertThat(check(Map.of("PROFILEMESH_SOURCES_WAREHOUSE_PORT", "s3cret")).mistakes())
        .singleElement()
        .asString()
        .contains("sources.warehouse.port: must be a whole number")
        .contains("PROFILEMESH_SOURCES_WAREHOUSE_PORT")
        .doesNotContain("s3cret");
  }

  @Test
  void shouldTakeSecretFromFileThatVariableNames() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "from secret file\n");

    ProfilerConfiguration configuration =
        valid(Map.of("PROFILEMESH_SOURCES_WAREHOUSE_PASSWORD_FILE", secret.toString()));

    assertThat(server(configuration).password()).isEqualTo(new Secret("from secret file"));
  }

  @Test
  void shouldPreferVariableToFileWhateverItsForm() {
    ProfilerConfiguration configuration =
        valid(Map.of("PROFILEMESH_SOURCES_WAREHOUSE_PASSWORD", "${not substituted"));

    assertThat(server(configuration).password()).isEqualTo(new Secret("${not substituted"));
  }

  @Test
  void shouldRefuseSecretGivenTwice() {
    Map<String, String> both = new HashMap<>();
    both.put("PROFILEMESH_SOURCES_WAREHOUSE_PASSWORD", "a");
    both.put("PROFILEMESH_SOURCES_WAREHOUSE_PASSWORD_FILE", "b");

    assertThat(check(both).mistakes())
        .singleElement()
        .asString()
        .contains("password and password-file exclude each other");
  }

  @Test
  void shouldMaskSecretsAndNameOrigins() {
    CheckedConfiguration checked =
        check(
            Map.of(
                "PROFILEMESH_PROFILE", "prod",
                "PROFILEMESH_SOURCES_WAREHOUSE_PASSWORD", "s3cret"));

    assertThat(checked.settings().toString()).doesNotContain("s3cret");
    assertThat(checked.settings())
        .contains(
            new Setting(
                "sources.warehouse.password",
                "***",
                "variable PROFILEMESH_SOURCES_WAREHOUSE_PASSWORD"),
            new Setting("sources.warehouse.host", "db.internal", "line 17"),
            new Setting("sources.warehouse.port", "5432", "default"));
  }

  @Test
  void shouldRefuseSourcesThatVariablesCannotTellApart() {
    String text =
        """
        sources:
          a-b: { type: postgresql, database: d, username: u }
          a.b: { type: postgresql, database: d, username: u }
        """;

    assertThat(
            ConfigurationFile.of("test", text, directory)
                .check(CheckOptions.strict(Map.of()))
                .mistakes())
        .extracting(Mistake::path)
        .containsExactly("sources.a.b");
  }

  private static SourceLocation.Server server(ProfilerConfiguration configuration) {
    return (SourceLocation.Server)
        configuration.source(new SourceName("warehouse")).orElseThrow().location();
  }

  private CheckedConfiguration check(Map<String, String> variables) {
    return ConfigurationFile.of("test", FILE, directory).check(CheckOptions.strict(variables));
  }

  private ProfilerConfiguration valid(Map<String, String> variables) {
    CheckedConfiguration checked = check(variables);
    assertThat(checked.mistakes()).isEmpty();
    return checked.configuration().orElseThrow();
  }
}
