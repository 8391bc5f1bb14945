package io.profilemesh.schema.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryConfigTest {

  @Test
  void shouldTakeAddressesAsTextOrList() {
    assertThat(
            RegistryConfig.parse(Map.of("schema.registry.url", " http://a:1/x/ , https://b"))
                .urls())
        .hasToString("[http://a:1/x, https://b]");
    assertThat(
            RegistryConfig.parse(Map.of("schema.registry.url", List.of("http://a:1", "http://b")))
                .urls())
        .hasToString("[http://a:1, http://b]");
  }

  @Test
  void shouldKnowTheScopeOfARegistryInMemory() {
    assertThat(RegistryConfig.parse(Map.of("schema.registry.url", "mock://tests")).mockScope())
        .contains("tests");
    assertThat(RegistryConfig.parse(Map.of("schema.registry.url", "http://a")).mockScope())
        .isEmpty();
  }

  @Test
  void shouldNameTheKeyWhenTheAddressIsMissing() {
    assertThatThrownBy(() -> RegistryConfig.parse(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("schema.registry.url");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8081",
        "ftp://a",
        "http://",
        "file:///etc/passwd",
        "http://a:s3cret@ b"
      })
  void shouldRefuseAnAddressWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> RegistryConfig.parse(Map.of("schema.registry.url", url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }

  @Test
  void shouldRefuseCredentialsThatBreakAHeader() {
    assertThatThrownBy(
            () ->
                RegistryConfig.parse(
                    Map.of("schema.registry.url", "http://a", "bearer.auth.token", "t\r\nX: y")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bearer.auth.token");
  }

  @Test
  void shouldRefuseAnUnknownSourceOfCredentials() {
    assertThatThrownBy(
            () ->
                RegistryConfig.parse(
                    Map.of(
                        "schema.registry.url",
                        "http://a",
                        "basic.auth.credentials.source",
                        "SASL_INHERIT")))
        .hasMessageContaining("basic.auth.credentials.source");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "soon"})
  void shouldRefuseATimeoutThatIsNone(String millis) {
    assertThatThrownBy(
            () ->
                RegistryConfig.parse(
                    Map.of("schema.registry.url", "http://a", "http.read.timeout.ms", millis)))
        .hasMessageContaining("http.read.timeout.ms");
  }
}
