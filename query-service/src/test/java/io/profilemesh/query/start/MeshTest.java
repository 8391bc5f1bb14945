package io.profilemesh.query.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeshTest {

  @Test
  void shouldReadItsPlaceFromTheConfiguration() {
    // when
    Mesh mesh =
        mesh(
            Map.of(
                "profilemesh.environment", "production",
                "profilemesh.topic-prefix", "pm.",
                "kafka.bootstrap.servers", "broker:9092",
                "kafka.security.protocol", "SSL",
                "profilemesh.schema-registry.basic-auth-user-info", "me:secret"));

    // then
    assertThat(mesh.environment()).isEqualTo("production");
    assertThat(mesh.topics().runEvents().name()).isEqualTo("pm.run-events");
    assertThat(mesh.group("pm.run-events")).isEqualTo("pm.query-service.run-events");
    assertThat(mesh.kafka())
        .containsEntry("bootstrap.servers", "broker:9092")
        .containsEntry("security.protocol", "SSL");
    assertThat(mesh.registry()).containsEntry("basic.auth.credentials.source", "USER_INFO");
    assertThat(mesh.deduplication()).isTrue();
  }

  @Test
  void shouldRefuseToForgetDeduplicationOutsideOfTests() {
    assertThatThrownBy(
            () ->
                mesh(
                    Map.of(
                        "profilemesh.environment", "production",
                        "profilemesh.chaos.deduplication", "false")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("profilemesh.chaos.deduplication");
    assertThat(
            mesh(Map.of(
                    "profilemesh.environment", "test-crash",
                    "profilemesh.chaos.deduplication", "false"))
                .deduplication())
        .isFalse();
  }

  private static Mesh mesh(Map<String, String> values) {
    return Mesh.of(new SmallRyeConfigBuilder().withDefaultValues(values).build());
  }
}
