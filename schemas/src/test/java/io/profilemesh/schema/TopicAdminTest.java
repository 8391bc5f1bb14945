package io.profilemesh.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class TopicAdminTest {

  private static final Topics TOPICS = new Topics("test.");
  private static final TopicSettings SETTINGS = new TopicSettings(12, (short) 3);

  private final FakeCluster cluster = new FakeCluster();

  @Test
  void shouldCreateWhatIsMissingAsConfigured() {
    TopicAdmin.ensure(cluster.admin(), TOPICS.all(), SETTINGS);

    assertThat(cluster.created())
        .containsExactlyInAnyOrderElementsOf(TOPICS.all().stream().map(Topic::name).toList());
    NewTopic events = cluster.topic("test.run-events");
    assertThat(events.numPartitions()).isEqualTo(12);
    assertThat(events.replicationFactor()).isEqualTo((short) 3);
    assertThat(events.configs())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "cleanup.policy", "delete",
                "retention.ms", "-1",
                "max.message.bytes", "4194304"));
  }

  @Test
  void shouldCreateNothingWhenAllExist() {
    TopicAdmin.ensure(cluster.admin(), TOPICS.all(), SETTINGS);
    cluster.created().clear();

    TopicAdmin.ensure(cluster.admin(), TOPICS.all(), SETTINGS);

    assertThat(cluster.created()).isEmpty();
  }

  @Test
  void shouldCreateNothingWhenOneDoesNotFit() {
    cluster.with(new NewTopic("test.run-events", 12, (short) 3));

    assertThatThrownBy(() -> TopicAdmin.ensure(cluster.admin(), TOPICS.all(), SETTINGS))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("test.run-events")
        .hasMessageContaining("max.message.bytes");
    assertThat(cluster.created()).isEmpty();
  }

  @Test
  void shouldWaitForATopicThatAnotherServiceHasJustCreated() {
    cluster
        .with(
            new NewTopic("test.run-events", 5, (short) 3)
                .configs(Map.of("max.message.bytes", "9000000")))
        .unheard("test.run-events", 3);

    assertThatThrownBy(() -> TopicAdmin.ensure(cluster.admin(), TOPICS.all(), SETTINGS))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("'test.run-events' has 5 partitions");
    assertThat(cluster.created()).isEmpty();
  }

  @Test
  void shouldSayWhatIsMissingOrDoesNotFitWithoutChangingAnything() {
    TopicAdmin.ensure(cluster.admin(), TOPICS.all(), SETTINGS);
    cluster.created().clear();

    assertThat(TopicAdmin.problems(cluster.admin(), TOPICS.all())).isEmpty();
    cluster.with(new NewTopic("test.run-events", 12, (short) 3));
    assertThat(TopicAdmin.problems(cluster.admin(), TOPICS.all()))
        .singleElement()
        .satisfies(problem -> assertThat(problem).contains("test.run-events", "max.message.bytes"));
    assertThat(TopicAdmin.problems(new FakeCluster().admin(), TOPICS.all()))
        .hasSameSizeAs(TOPICS.all())
        .allSatisfy(problem -> assertThat(problem).endsWith("does not exist."));
    assertThat(cluster.created()).isEmpty();
  }

  @Test
  void shouldRefuseSettingsWithoutPartitionsOrReplicas() {
    assertThatThrownBy(() -> new TopicSettings(0, (short) 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TopicSettings(1, (short) 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
