package io.profilemesh.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.schema.Topic;
import io.profilemesh.schema.Topics;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/topics.md lists what {@link Topics} declares. */
class TopicsPageTest {

  private final Markdown page = new Markdown(Repository.read("docs/topics.md"));

  static List<Topic> topics() {
    return new Topics("").all();
  }

  @ParameterizedTest
  @MethodSource("topics")
  void shouldListTheTopicAsItIsCreated(Topic topic) {
    List<String> expected =
        List.of(
            "`" + topic.name() + "`",
            topic.key(),
            value(topic),
            topic.cleanup().policy().replace(",", ", "),
            retention(topic),
            Integer.toString(topic.partitions()));

    List<List<String>> rows = page.rows("`" + topic.name() + "`");

    assertThat(rows).as("rows of " + topic.name() + " in docs/topics.md").hasSize(1);
    assertThat(rows.get(0)).as("docs/topics.md").startsWith(expected.toArray(String[]::new));
  }

  @Test
  void shouldListTheChangelogOfEveryStore() {
    List<String> stores =
        Pattern.compile("String [A-Z_]+ = \"([a-z-]+)\";")
            .matcher(
                Repository.read(
                    "drift-service/src/main/java/io/profilemesh/drift/store/Stores.java"))
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();

    assertThat(stores).isNotEmpty();
    assertThat(page.firstCells().stream().filter(cell -> cell.endsWith("-changelog`")))
        .containsExactlyInAnyOrderElementsOf(
            stores.stream().map(store -> "`drift-service-" + store + "-changelog`").toList());
  }

  @Test
  void shouldStateTheLargestRecord() {
    assertThat(page.text()).contains(Topics.MAX_MESSAGE_BYTES / 1024 / 1024 + " MiB");
  }

  private static String value(Topic topic) {
    return topic.valueSchema() == null ? "JSON" : "`" + topic.valueSchema().getName() + "`";
  }

  private static String retention(Topic topic) {
    long millis = Long.parseLong(topic.config().getOrDefault("retention.ms", "-1"));
    return millis < 0 ? "unlimited" : Duration.ofMillis(millis).toDays() + " days";
  }
}
