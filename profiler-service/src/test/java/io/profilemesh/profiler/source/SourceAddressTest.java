package io.profilemesh.profiler.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.configuration.Secret;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceConfig.TlsMode;
import io.profilemesh.configuration.SourceLimits;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.configuration.SourceType;
import org.junit.jupiter.api.Test;

class SourceAddressTest {

  @Test
  void shouldKeepHostileNamesInsideTheirPlace() {
    // given
    SourceConfig config = config("::1", "shop?sslmode=disable&x/y");

    // when
    SourceAddress address = SourceAddress.postgreSql(config);

    // then
    assertThat(address.url())
        .isEqualTo("jdbc:postgresql://[::1]:5432/shop%3Fsslmode%3Ddisable%26x%2Fy");
    assertThat(address.properties()).containsEntry("sslmode", "require");
  }

  @Test
  void shouldNeverHoldThePassword() {
    assertThat(SourceAddress.postgreSql(config("db", "shop")).toString()).doesNotContain("s3cret");
  }

  @Test
  void shouldBeginSessionsReadOnly() {
    assertThat(SourceAddress.postgreSql(config("db", "shop")).initialSql())
        .contains("default_transaction_read_only = on");
  }

  private static SourceConfig config(String host, String database) {
    return new SourceConfig(
        new SourceName("warehouse"),
        SourceType.POSTGRESQL,
        host,
        5432,
        database,
        "reader",
        new Secret("s3cret"),
        TlsMode.REQUIRE,
        null,
        SourceLimits.DEFAULTS,
        true);
  }
}
