package io.profilemesh.schema.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpSchemaRegistryTest {

  private static final Schema SCHEMA =
      SchemaBuilder.record("Thing").fields().optionalString("name").endRecord();
  private static final String UNKNOWN = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

  private FakeRegistryServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeRegistryServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldRegisterOnce() {
    server.answer("POST /subjects/orders-value/versions", 200, "{\"id\":7}");
    SchemaRegistryClient client = client();

    assertThat(client.register("orders-value", SCHEMA)).isEqualTo(7);
    assertThat(client.register("orders-value", SCHEMA)).isEqualTo(7);
    assertThat(server.asked()).hasSize(1);
    assertThat(server.asked().get(0).body()).contains("\\\"name\\\":\\\"Thing\\\"");
  }

  @Test
  void shouldEscapeTheSubject() {
    server.answer("POST /subjects/a%2Fb%20c-value/versions", 200, "{\"id\":7}");

    assertThat(client().register("a/b c-value", SCHEMA)).isEqualTo(7);
  }

  @Test
  void shouldSayThatASchemaIsRefused() {
    server.answer(
        "POST /subjects/orders-value/versions",
        409,
        "{\"error_code\":409,\"message\":\"incompatible\"}");

    assertThatThrownBy(() -> client().register("orders-value", SCHEMA))
        .isInstanceOfSatisfying(
            RegistryRefusedException.class, refused -> assertThat(refused.code()).isEqualTo(409))
        .hasMessageContaining("incompatible");
  }

  @Test
  void shouldFindAnIdAndKeepIt() {
    server.answer("POST /subjects/orders-value", 200, "{\"id\":7,\"version\":1}");
    SchemaRegistryClient client = client();

    assertThat(client.idOf("orders-value", SCHEMA)).isEqualTo(OptionalInt.of(7));
    server.close();
    assertThat(client.idOf("orders-value", SCHEMA)).isEqualTo(OptionalInt.of(7));
  }

  @Test
  void shouldFindNoIdWhenSubjectOrSchemaIsUnknown() {
    server.answer("POST /subjects/a", 404, UNKNOWN);
    server.answer("POST /subjects/b", 404, "{\"error_code\":40401,\"message\":\"no subject\"}");

    assertThat(client().idOf("a", SCHEMA)).isEmpty();
    assertThat(client().idOf("b", SCHEMA)).isEmpty();
  }

  @Test
  void shouldKeepSchemasOfIdsWhenTheRegistryGoesAway() {
    server.answer("GET /schemas/ids/7", 200, "{\"schema\":\"" + escaped(SCHEMA) + "\"}");
    SchemaRegistryClient client = client();

    assertThat(client.schemaOf(7)).contains(SCHEMA);
    server.close();
    assertThat(client.schemaOf(7)).contains(SCHEMA);
    assertThatThrownBy(() -> client.schemaOf(8)).isInstanceOf(RegistryUnavailableException.class);
  }

  @Test
  void shouldKnowNoSchemaWhenTheRegistrySaysSo() {
    server.answer("GET /schemas/ids/7", 404, UNKNOWN);
    SchemaRegistryClient client = client();

    assertThat(client.schemaOf(7)).isEmpty();
    assertThat(client.schemaOf(7)).isEmpty();
    assertThat(server.asked()).as("questions within a second").hasSize(1);
    assertThat(client.schemaOf(-1)).isEmpty();
    assertThat(client.schemaOf(0)).isEmpty();
  }

  @Test
  void shouldNotTakeAProxysNotFoundForAnUnknownId() {
    assertThatThrownBy(() -> client().schemaOf(7))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("schema.registry.url");
  }

  @Test
  void shouldTakeAnUnparseableSchemaForUnusable() {
    server.answer("GET /schemas/ids/7", 200, "{\"schema\":\"not avro\"}");
    server.answer("GET /schemas/ids/8", 200, "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}");
    server.answer(
        "GET /schemas/ids/9",
        200,
        "{\"schema\":\"" + "{\\\"type\\\":\\\"array\\\",\\\"items\\\":".repeat(5_000) + "\"}");

    for (int id : new int[] {7, 8, 9}) {
      assertThat(client().schemaOf(id)).contains(UnusableSchema.SCHEMA);
    }
  }

  @Test
  void shouldReadTheNewestVersion() {
    server.answer(
        "GET /subjects/orders-value/versions/latest",
        200,
        "{\"id\":7,\"version\":3,\"schema\":\"" + escaped(SCHEMA) + "\"}");
    server.answer(
        "GET /subjects/none/versions/latest",
        404,
        "{\"error_code\":40401,\"message\":\"Subject not found\"}");

    assertThat(client().latest("orders-value"))
        .contains(new RegisteredSchema("orders-value", 3, 7, SCHEMA));
    assertThat(client().latest("none")).isEmpty();
  }

  @Test
  void shouldTellWhatStandsAgainstASchema() {
    server.answer(
        "POST /compatibility/subjects/a/versions?verbose=true",
        200,
        "{\"is_compatible\":false,\"messages\":[\"a field went\"]}");
    server.answer(
        "POST /compatibility/subjects/b/versions?verbose=true", 200, "{\"is_compatible\":true}");

    assertThat(client().incompatibilities("a", SCHEMA)).containsExactly("a field went");
    assertThat(client().incompatibilities("b", SCHEMA)).isEmpty();
  }

  @Test
  void shouldTellInItsOwnWordsWhatARegistryOnlyRefuses() {
    Schema other = SchemaBuilder.record("Thing").fields().requiredInt("name").endRecord();
    server.answer(
        "POST /compatibility/subjects/a/versions?verbose=true", 200, "{\"is_compatible\":false}");
    server.answer(
        "GET /subjects/a/versions/latest",
        200,
        "{\"id\":7,\"version\":1,\"schema\":\"" + escaped(other) + "\"}");

    assertThat(client().incompatibilities("a", SCHEMA))
        .isNotEmpty()
        .allSatisfy(reason -> assertThat(reason).contains("/fields/0/type"));
  }

  @Test
  void shouldSetAndReadTheLevel() {
    server.answer("PUT /config/a", 200, "{\"compatibility\":\"FULL_TRANSITIVE\"}");
    server.answer("GET /config/a", 200, "{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
    server.answer("GET /config/b", 404, "{\"error_code\":40408,\"message\":\"none\"}");
    SchemaRegistryClient client = client();

    client.setCompatibility("a", Compatibility.FULL_TRANSITIVE);

    assertThat(server.asked().get(0).body()).isEqualTo("{\"compatibility\":\"FULL_TRANSITIVE\"}");
    assertThat(client.compatibility("a")).contains(Compatibility.FULL_TRANSITIVE);
    assertThat(client.compatibility("b")).isEmpty();
  }

  @Test
  void shouldListSubjectsInOrder() {
    server.answer("GET /subjects", 200, "[\"b\",\"a\"]");

    assertThat(client().subjects()).containsExactly("a", "b");
  }

  @Test
  void shouldAskTheNextAddressWhenOneFails() throws IOException {
    try (FakeRegistryServer broken = new FakeRegistryServer()) {
      broken.answer("GET /subjects", 500, "{\"error_code\":50001,\"message\":\"store\"}");
      server.answer("GET /subjects", 200, "[]");
      SchemaRegistryClient client =
          SchemaRegistryClient.of(
              Map.of(
                  "schema.registry.url",
                  "http://127.0.0.1:1," + broken.url() + "," + server.url() + "/"));

      client.subjects();
      client.subjects();

      assertThat(broken.asked()).hasSize(1);
      assertThat(server.asked()).as("the one that answered is asked first").hasSize(2);
    }
  }

  @Test
  void shouldBeUnavailableWhenNoAddressAnswers() {
    SchemaRegistryClient client =
        SchemaRegistryClient.of(Map.of("schema.registry.url", "http://127.0.0.1:1"));

    assertThatThrownBy(client::subjects)
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("http://127.0.0.1:1");
  }

  @Test
  void shouldBeUnavailableWhenAnAnswerNeverEnds() {
    server.stallOn("GET /subjects");

    assertThatThrownBy(() -> client(Map.of("http.read.timeout.ms", "300")).subjects())
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("Timeout");
  }

  @Test
  void shouldBeUnavailableWhenAnAnswerIsHuge() {
    server.answer("GET /subjects", 200, "[\"" + "x".repeat(5 << 20) + "\"]");

    assertThatThrownBy(() -> client().subjects()).isInstanceOf(RegistryUnavailableException.class);
  }

  @Test
  void shouldSendCredentialsAndNeverShowThem() {
    Map<String, String> config =
        Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "ada:s3cret");
    server.answer("GET /subjects", 401, "{\"error_code\":401,\"message\":\"no\"}");
    SchemaRegistryClient client = client(config);

    assertThatThrownBy(client::subjects)
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageNotContaining("s3cret")
        .hasMessageContaining("credentials");
    assertThat(server.asked().get(0).authorization()).isEqualTo("Basic YWRhOnMzY3JldA==");
    assertThat(client.toString()).doesNotContain("s3cret").doesNotContain("YWRh");
  }

  @Test
  void shouldTakeCredentialsFromTheAddress() {
    server.answer("GET /subjects", 200, "[]");
    SchemaRegistryClient client =
        SchemaRegistryClient.of(
            Map.of("schema.registry.url", server.url().replace("://", "://ada:s3cret@")));

    assertThat(client.subjects()).isEmpty();
    assertThat(server.asked().get(0).authorization()).isEqualTo("Basic YWRhOnMzY3JldA==");
    assertThat(client.toString()).isEqualTo("registry at " + server.url());
  }

  @Test
  void shouldSendATokenWhenOneIsGiven() {
    server.answer("GET /subjects", 200, "[]");

    assertThat(client(Map.of("bearer.auth.token", "t0ken")).subjects()).isEqualTo(List.of());
    assertThat(server.asked().get(0).authorization()).isEqualTo("Bearer t0ken");
  }

  private SchemaRegistryClient client() {
    return client(Map.of());
  }

  private SchemaRegistryClient client(Map<String, String> more) {
    Map<String, String> config = new HashMap<>(more);
    config.put("schema.registry.url", server.url());
    return SchemaRegistryClient.of(config);
  }

  private static String escaped(Schema schema) {
    return schema.toString().replace("\"", "\\\"");
  }
}
