package io.profilemesh.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicChecksTest {

  private static final Topics TOPICS = new Topics("test.");
  private static final TopicSettings SETTINGS = new TopicSettings(6, (short) 2);
  private final Map<String, ExistingTopic> existing = new HashMap<>();

  @Test
  void shouldFindNothingWhenNothingExists() {
    assertThat(problems()).isEmpty();
  }

  @Test
  void shouldFindNothingWhenAllFits() {
    TOPICS.all().forEach(topic -> existing.put(topic.name(), fitting(topic)));

    assertThat(problems()).isEmpty();
  }

  @Test
  void shouldAcceptMorePartitionsWhenAllDatasetTopicsHaveThem() {
    TOPICS
        .all()
        .forEach(
            topic ->
                existing.put(
                    topic.name(),
                    new ExistingTopic(
                        topic.onePartition() ? 1 : 12, 3, fitting(topic).cleanup(), 100_000_000)));

    assertThat(problems()).isEmpty();
  }

  @Test
  void shouldRefuseSeveralPartitionsWhenOneOrderCounts() {
    existing.put(
        TOPICS.driftPolicies().name(), new ExistingTopic(6, 2, Set.of("compact"), 9 << 20));

    assertThat(problems())
        .singleElement()
        .asString()
        .contains("test.drift-policies", "6 partitions but needs exactly one");
  }

  @Test
  void shouldNameTheTopicWhoseCleanupIsWrong() {
    Topic events = TOPICS.runEvents();
    existing.put(events.name(), new ExistingTopic(6, 2, Set.of("compact"), 10_000_000));

    assertThat(problems())
        .singleElement()
        .asString()
        .contains("test.run-events", "cleanup.policy compact", "needs delete");
  }

  @Test
  void shouldNotCareForTheOrderOfPolicies() {
    Topic ledger = TOPICS.runLedger();
    existing.put(
        ledger.name(), new ExistingTopic(6, 2, ExistingTopic.policies("delete, compact"), 9 << 20));

    assertThat(problems()).isEmpty();
  }

  @Test
  void shouldNameTheTopicThatTakesTooSmallRecords() {
    existing.put(
        TOPICS.tableProfiles().name(), new ExistingTopic(6, 2, Set.of("delete"), 1_048_588));

    assertThat(problems())
        .singleElement()
        .asString()
        .contains("test.table-profiles", "max.message.bytes 1048588", "4194304");
  }

  @Test
  void shouldNameTheTopicWithTooFewReplicas() {
    existing.put(TOPICS.tableProfiles().name(), new ExistingTopic(6, 1, Set.of("delete"), 9 << 20));

    assertThat(problems()).singleElement().asString().contains("1 replicas but 2");
  }

  @Test
  void shouldRefuseToMixPartitionsOfDatasetTopics() {
    existing.put(
        TOPICS.tableProfiles().name(), new ExistingTopic(12, 2, Set.of("delete"), 9 << 20));

    assertThat(problems())
        .singleElement()
        .asString()
        .contains("test.table-profiles", "12 partitions", "6", "profilemesh.topics.partitions");
  }

  @Test
  void shouldLetOtherTopicsHaveAnyPartitions() {
    existing.put(
        TOPICS.profileRequests().name(), new ExistingTopic(1, 2, Set.of("delete"), 9 << 20));

    assertThat(problems()).isEmpty();
  }

  private List<String> problems() {
    return TopicChecks.problems(TOPICS.all(), existing, SETTINGS);
  }

  private static ExistingTopic fitting(Topic topic) {
    return new ExistingTopic(
        topic.partitions(),
        2,
        ExistingTopic.policies(topic.cleanup().policy()),
        Topics.MAX_MESSAGE_BYTES);
  }
}
