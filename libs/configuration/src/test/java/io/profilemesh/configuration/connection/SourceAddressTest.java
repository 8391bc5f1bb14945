package io.profilemesh.configuration.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.configuration.Secret;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceLimits;
import io.profilemesh.configuration.SourceLocation;
import io.profilemesh.configuration.SourceLocation.TlsMode;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.configuration.SourceType;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SourceAddressTest {

  @Test
  void shouldKeepHostileNamesInsideTheirPlace() {
    // given
    SourceConfig config = config("::1", "shop?sslmode=disable&x/y");

    // when
    SourceAddress address = SourceAddress.of(config);

    // then
    assertThat(address.url())
        .isEqualTo("jdbc:postgresql://[::1]:5432/shop%3Fsslmode%3Ddisable%26x%2Fy");
    assertThat(address.properties()).containsEntry("sslmode", "require");
  }

  @Test
  void shouldNeverHoldThePassword() {
    assertThat(SourceAddress.of(config("db", "shop")).toString()).doesNotContain("s3cret");
  }

  @Test
  void shouldBeginSessionsReadOnly() {
    assertThat(SourceAddress.of(config("db", "shop")).initialSql())
        .contains("default_transaction_read_only = on");
  }

  @Test
  void shouldOpenFilesForReadingOnlyAndKeepTheirNames() {
    // given
    Path odd = Path.of("/data/what? #1%20.db");
    SourceConfig config =
        new SourceConfig(
            new SourceName("notes"),
            SourceType.SQLITE,
            new SourceLocation.LocalFile(odd),
            SourceLimits.DEFAULTS,
            true);

    // when
    SourceAddress address = SourceAddress.of(config);

    // then
    assertThat(address.url()).isEqualTo("jdbc:sqlite:file:/data/what%3F%20%231%2520.db");
    assertThat(address.properties()).containsEntry("open_mode", "65");
    assertThat(address.initialSql()).contains("query_only");
  }

  @ParameterizedTest
  @EnumSource(SourceType.class)
  void shouldKeepSecretsOutOfUrlsAndPropertiesWhateverTheType(SourceType type) {
    SourceLocation location =
        switch (type.place()) {
          case SERVER ->
              new SourceLocation.Server(
                  "db",
                  type.defaultPort(),
                  "a?user=x&b",
                  "reader",
                  new Secret("s3cret"),
                  TlsMode.VERIFY_FULL,
                  "/ca.pem");
          case FILE -> new SourceLocation.LocalFile(Path.of("/data/x.db"));
          case DIRECTORY -> new SourceLocation.DataFiles(Path.of("/data"), Map.of());
          case SNOWFLAKE ->
              new SourceLocation.Snowflake(
                  "org-account", "SHOP", "WH", null, "reader", new Secret("s3cret"), null);
          case BIGQUERY -> new SourceLocation.BigQuery("project", "EU", Path.of("/key.json"));
        };

    SourceAddress address =
        SourceAddress.of(
            new SourceConfig(new SourceName("any"), type, location, SourceLimits.DEFAULTS, true));

    assertThat(address.url()).startsWith("jdbc:").doesNotContain("?user");
    assertThat(address.toString()).doesNotContain("s3cret");
    if (type.place() == SourceType.Place.SERVER) {
      assertThat(address.properties().toString().toLowerCase(Locale.ROOT))
          .containsAnyOf("verify-full", "verify_identity");
    }
  }

  private static SourceConfig config(String host, String database) {
    return new SourceConfig(
        new SourceName("warehouse"),
        SourceType.POSTGRESQL,
        new SourceLocation.Server(
            host, 5432, database, "reader", new Secret("s3cret"), TlsMode.REQUIRE, null),
        SourceLimits.DEFAULTS,
        true);
  }
}
