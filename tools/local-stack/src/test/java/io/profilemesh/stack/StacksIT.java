package io.profilemesh.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class StacksIT {

  @Test
  void shouldServeKafkaRegistryAndPostgresWhenStarted() throws Exception {
    // given
    Stack stack = Stacks.shared();

    // when
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic("greetings", 3, (short) 1))).all().get();
      assertThat(admin.listTopics().names().get()).contains("greetings");
    }
    HttpResponse<String> subjects =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(stack.schemaRegistryUrl() + "/subjects")).build(),
                HttpResponse.BodyHandlers.ofString());

    // then
    assertThat(subjects.statusCode()).isEqualTo(200);
    PostgresEndpoint own = stack.createDatabase("stacks_it", "stacks_it_owner");
    try (var connection = own.connect();
        var rows = connection.createStatement().executeQuery("SHOW wal_level")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("logical");
    }
  }
}
