package io.profilemesh.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That asyncapi.yaml says of the public topics what {@link Topics} says. */
class AsyncApiTest {

  private static final Topics TOPICS = new Topics("");
  private JsonNode document;

  @BeforeEach
  void read() throws IOException {
    document =
        new ObjectMapper(new YAMLFactory())
            .readTree(Contract.module().resolve("asyncapi.yaml").toFile());
  }

  @Test
  void shouldDescribeThePublicTopicsAndNoOthers() {
    List<String> addresses = new ArrayList<>();
    document.path("channels").forEach(channel -> addresses.add(channel.path("address").asText()));

    assertThat(addresses)
        .containsExactlyInAnyOrderElementsOf(
            publicTopics().stream().map(topic -> "{prefix}" + topic.name()).toList());
  }

  @Test
  void shouldCreateTopicsAsTheServicesDo() {
    assertThat(publicTopics())
        .allSatisfy(
            topic -> {
              JsonNode kafka = channel(topic).at("/bindings/kafka");
              JsonNode config = kafka.path("topicConfiguration");
              assertThat(kafka.path("partitions").intValue()).isEqualTo(topic.partitions());
              assertThat(texts(config.path("cleanup.policy")))
                  .containsExactlyInAnyOrder(topic.cleanup().policy().split(","));
              topic
                  .config()
                  .forEach((key, value) -> assertThat(config.path(key).asText()).isEqualTo(value));
            });
  }

  @Test
  void shouldNameKeyAndSchemaOfEveryTopic() {
    assertThat(publicTopics())
        .allSatisfy(
            topic -> {
              JsonNode message = message(topic);
              assertThat(message.at("/bindings/kafka/key/description").asText())
                  .isEqualTo(topic.key());
              if (topic.valueSchema() != null) {
                assertThat(schema(message).getFullName())
                    .isEqualTo(topic.valueSchema().getFullName());
              } else {
                assertThat(message.path("contentType").asText()).isEqualTo("application/json");
              }
            });
  }

  @Test
  void shouldPointEveryReferenceAtSomething() {
    List<JsonNode> references = document.findValues("$ref");

    assertThat(references)
        .isNotEmpty()
        .allSatisfy(
            reference -> {
              String target = reference.asText();
              assertThat(
                      target.startsWith("#")
                          ? !document.at(target.substring(1)).isMissingNode()
                          : Files.exists(Contract.module().resolve(target)))
                  .as(target)
                  .isTrue();
            });
  }

  @Test
  void shouldDescribeTheHeadersThatAreSent() {
    List<String> described = new ArrayList<>();
    document
        .at("/components/schemas/eventHeaders/properties")
        .fieldNames()
        .forEachRemaining(described::add);
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            StreamSupport.stream(
                    new EventHeaders("1", "t", "/s", Instant.EPOCH, trace)
                        .toHeaders()
                        .spliterator(),
                    false)
                .map(header -> header.key())
                .toList());
  }

  private static List<Topic> publicTopics() {
    return TOPICS.all().stream().filter(topic -> !topic.internal()).toList();
  }

  private JsonNode channel(Topic topic) {
    return StreamSupport.stream(document.path("channels").spliterator(), false)
        .filter(channel -> channel.path("address").asText().equals("{prefix}" + topic.name()))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode message(Topic topic) {
    String reference = channel(topic).path("messages").iterator().next().path("$ref").asText();
    return document.at(reference.substring(1));
  }

  private static Schema schema(JsonNode message) {
    try {
      return new Schema.Parser()
          .parse(Contract.module().resolve(message.at("/payload/schema/$ref").asText()).toFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
