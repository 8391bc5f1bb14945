package io.profilemesh.profiler.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.configuration.ConfigurationFile;
import io.profilemesh.configuration.ConfigurationMistakes;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.plan.FakeTableStates;
import io.profilemesh.profiler.plan.Planning;
import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.profiler.publish.RunEvents;
import io.profilemesh.profiler.trigger.Answer.DatasetOutcome;
import io.profilemesh.profiler.work.TestClock;
import io.profilemesh.schema.Expectation;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.SchemaRegistration;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestAnswersTest {

  private static final Topics TOPICS = new Topics("answers.");
  private static final DatasetId ORDERS = DatasetId.of("warehouse", "public", "orders");

  private final TestClock clock = new TestClock();
  private final SchemaRegistryClient registry =
      SchemaRegistryClient.of(Map.of("schema.registry.url", "mock://request-answers"));
  private ProfilerConfiguration configuration;
  private RequestAnswers answers;

  @BeforeEach
  void prepare() throws ConfigurationMistakes {
    SchemaRegistration.register(registry, TOPICS.all());
    configuration =
        ConfigurationFile.parse(
            "test",
            """
            sources: { warehouse: { type: postgresql, database: d, username: u } }
            datasets:
              - { source: warehouse, table: public.orders, schedule: { cron: "0 2 * * *" },
                  owner: shop-team, tags: [shop] }
              - { source: warehouse, table: public.customers }
            """,
            Path.of("."),
            Map.of());
    answers =
        new RequestAnswers(
            configuration,
            new MeshRecords(
                TOPICS, "test", registry, Map.of("schema.registry.url", "mock://request-answers")),
            new RunEvents("test"),
            "test",
            clock);
  }

  @Test
  void shouldExpectARunOfAScheduledTableWhenItIsAccepted() {
    // when
    List<Expectation> expected = expectations(accepted("public.orders"));

    // then
    assertThat(expected).hasSize(1);
    Expectation expectation = expected.get(0);
    assertThat(RecordRules.check(ORDERS.toString(), expectation)).isEmpty();
    assertThat(expectation.getDueAt()).isEqualTo(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    assertThat(expectation.getGraceSeconds()).as("a quarter of a day").isEqualTo(6 * 3_600);
    assertThat(expectation.getSchedule()).isEqualTo("0 2 * * *");
    assertThat(expectation.getPipeline()).isEqualTo("warehouse:public.orders");
    assertThat(expectation.getOwner()).isEqualTo("shop-team");
    assertThat(expectation.getTags()).containsExactly("shop");
  }

  @Test
  void shouldExpectNothingWhenATableHasNoSchedule() {
    assertThat(expectations(accepted("public.customers"))).isEmpty();
  }

  @Test
  void shouldExpectTheNextFiringWhenATableIsUnchanged() {
    // when
    List<Expectation> expected = expectations(declined(ReasonCode.UNCHANGED));

    // then
    Instant due = expected.get(0).getDueAt();
    assertThat(due).isAfter(clock.instant());
    assertThat(due.toString()).endsWith("T02:00:00Z");
  }

  @Test
  void shouldNotMoveTheDueTimeWhenARequestIsRefused() {
    assertThat(expectations(declined(ReasonCode.DUPLICATE_REQUEST))).isEmpty();
  }

  private Answer accepted(String table) {
    FakeCatalog catalog = new FakeCatalog().with("public", "orders").with("public", "customers");
    FakeTableStates states = new FakeTableStates();
    return new RequestPlanner(
            configuration,
            new RequestExpansion(catalog),
            new Planning(configuration, catalog, states, clock),
            clock)
        .plan(received(table), new BatchMemory(new FakeLedger(), states));
  }

  private static Answer declined(ReasonCode code) {
    RunId run = RunId.derivedFrom("r1");
    return new Answer(
        run,
        "r1",
        true,
        List.of(
            new DatasetOutcome.Declined(
                ORDERS, run, RunEventType.SKIPPED, code, "Not now.", null)));
  }

  private List<Expectation> expectations(Answer answer) {
    RecordDecoder<Expectation> decoder = new RecordDecoder<>(registry, Expectation.class);
    return answers.records(received("public.orders"), answer).stream()
        .filter(record -> record.topic().equals(TOPICS.expectations().name()))
        .map(record -> expectation(decoder, record))
        .toList();
  }

  private static Expectation expectation(
      RecordDecoder<Expectation> decoder, ProducerRecord<byte[], byte[]> record) {
    if (decoder.decode(record.value()) instanceof Decoded.Value<Expectation> value) {
      assertThat(new String(record.key(), StandardCharsets.UTF_8))
          .isEqualTo(value.record().getDatasetId());
      return value.record();
    }
    throw new AssertionError("not decodable");
  }

  private static ReceivedRequest received(String table) {
    return new ReceivedRequest(
        ProfileRequest.newBuilder()
            .setRequestId("r1")
            .setSource("warehouse")
            .setTable(table)
            .build(),
        null,
        "profile-requests/0/0",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  }
}
