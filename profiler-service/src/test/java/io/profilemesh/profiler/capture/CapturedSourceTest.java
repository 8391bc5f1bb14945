package io.profilemesh.profiler.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.profilemesh.configuration.CaptureConfig;
import io.profilemesh.configuration.ChangeRules;
import io.profilemesh.configuration.SourceConfig;
import io.profilemesh.configuration.SourceLimits;
import io.profilemesh.configuration.SourceLocation;
import io.profilemesh.configuration.SourceName;
import io.profilemesh.configuration.SourceType;
import io.profilemesh.profiler.capture.ChangeTally.Kind;
import io.profilemesh.profiler.publish.Chaos;
import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.profiler.publish.TransactionalWriter;
import io.profilemesh.profiler.work.RunKey;
import io.profilemesh.profiler.work.TestClock;
import io.profilemesh.schema.CaptureState;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.Trigger;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CapturedSourceTest {

  private static final Topics TOPICS = new Topics("m.");
  private static final CapturedTable ORDERS = new CapturedTable("public", "orders");
  private static final CapturedTable ITEMS = new CapturedTable("public", "items");
  private static final Map<String, String> REGISTRY =
      Map.of("schema.registry.url", "mock://captured-source", "auto.register.schemas", "true");

  private final SchemaRegistryClient registry = SchemaRegistryClient.of(REGISTRY);
  private final TestClock clock = new TestClock();
  private final FakeFeeds feeds = new FakeFeeds();
  private final CaptureMembership membership = new CaptureMembership();
  private final Set<RunKey> ended = new HashSet<>();
  private final Set<RunKey> failed = new HashSet<>();
  private final Set<String> refused = new HashSet<>();
  private final Set<String> declined = new HashSet<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<MockProducer<byte[], byte[]>> producers = new CopyOnWriteArrayList<>();
  private CapturedSource source;

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void shouldKeepCountsAndPositionInOneTransaction() {
    // given
    follow(new SourceBook());
    int before = states().size();
    long commits = commits();

    // when
    boolean kept = read(position(5), ORDERS, Kind.INSERT, 3);

    // then
    assertThat(kept).isTrue();
    List<CaptureState> written = states().subList(before, states().size());
    assertThat(written).hasSize(2);
    assertThat(written.get(0).getInserted()).isEqualTo(3);
    assertThat(written.get(1).getPosition().array()).containsExactly(5);
    assertThat(commits()).isEqualTo(commits + 1);
  }

  @Test
  void shouldRefuseToKeepWhenTheGroupGaveTheSourceAway() {
    // given
    follow(new SourceBook());
    last().sendOffsetsToTransactionException = new CommitFailedException();

    // when: it would try for ever, but the former owner is told to stop
    Thread reader =
        new Thread(() -> assertThat(read(position(5), ORDERS, Kind.INSERT, 3)).isFalse());
    reader.start();
    await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);
    source.stop();

    // then
    await().until(() -> !reader.isAlive());
    assertThat(states()).noneMatch(state -> state.getInserted() > 0);
  }

  @Test
  void shouldAskAndStartCountingAnewInOneTransaction() {
    // given
    follow(new SourceBook());
    read(position(5), ORDERS, Kind.UPDATE, 7);
    long commits = commits();

    // when
    clock.advance(Duration.ofSeconds(1));
    source.tick();
    source.tick();

    // then
    assertThat(requests()).hasSize(1);
    ProfileRequest request = requests().get(0);
    assertThat(request.getTable()).isEqualTo("\"public\".\"orders\"");
    assertThat(request.getTrigger()).isEqualTo(Trigger.CHANGE_CAPTURE);
    assertThat(request.getReason()).isEqualTo("7 rows updated, then none for 1s.");
    CaptureState last = states().get(states().size() - 1);
    assertThat(last.getUpdated()).isZero();
    assertThat(last.getRequestId()).isEqualTo(request.getRequestId());
    assertThat(commits()).isEqualTo(commits + 1);
  }

  @Test
  void shouldAskTheSameQuestionAgainWhenItsFateIsUnknown() {
    // given
    follow(new SourceBook());
    read(position(5), ORDERS, Kind.UPDATE, 7);
    clock.advance(Duration.ofSeconds(1));

    // when
    MockProducer<byte[], byte[]> silent = last();
    silent.commitTransactionException = new TimeoutException("no answer");
    source.tick();
    List<ProfileRequest> first =
        values(silent.uncommittedRecords(), TOPICS.profileRequests().name(), ProfileRequest.class);
    source.tick();

    // then: with the same id, so that the ledger answers it once
    assertThat(first).hasSize(1);
    assertThat(requests())
        .extracting(ProfileRequest::getRequestId)
        .containsExactly(first.get(0).getRequestId());
  }

  @Test
  void shouldCountLaterChangesAsNotAskedForWhenTheFateOfARequestIsUnknown() {
    // given
    follow(new SourceBook());
    read(position(5), ORDERS, Kind.UPDATE, 7);
    clock.advance(Duration.ofSeconds(1));
    last().commitTransactionException = new TimeoutException("no answer");
    source.tick();

    // when: a run of that request may have read the table before
    read(position(6), ORDERS, Kind.INSERT, 2);

    // then: the request is settled first, and what came after it waits for the next
    assertThat(requests()).hasSize(1);
    ended.add(
        new RunKey(CaptureRecords.run(requests().get(0).getRequestId()), ORDERS.in("warehouse")));
    clock.advance(Duration.ofSeconds(1));
    source.tick();
    assertThat(requests()).hasSize(2);
    assertThat(requests().get(1).getReason()).startsWith("2 rows inserted");
    assertThat(requests().get(1).getRequestId()).isNotEqualTo(requests().get(0).getRequestId());
  }

  @Test
  void shouldLookAtATableWhoseChangesWereOutOfSight() {
    // given
    follow(new SourceBook());

    // when
    feeds.added = Set.of(ITEMS);

    // then
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> states().stream().anyMatch(state -> state.getMissed() != null));
    source.tick();
    assertThat(requests()).hasSize(1);
    assertThat(requests().get(0).getReason())
        .isEqualTo("Changes of the table could not be seen until now.");
    assertThat(requests().get(0).getTrigger()).isEqualTo(Trigger.SWEEP);
  }

  @Test
  void shouldHaveOneRequestUnderWayOnly() {
    // given
    follow(new SourceBook());
    read(position(5), ORDERS, Kind.UPDATE, 7);
    clock.advance(Duration.ofSeconds(1));
    source.tick();
    read(position(6), ORDERS, Kind.UPDATE, 1);
    clock.advance(Duration.ofMinutes(10));

    // when
    source.tick();

    // then
    assertThat(requests()).hasSize(1);

    // when
    ended.add(
        new RunKey(CaptureRecords.run(requests().get(0).getRequestId()), ORDERS.in("warehouse")));
    source.tick();

    // then
    assertThat(requests()).hasSize(2);
    assertThat(requests().get(1).getRequestId()).isNotEqualTo(requests().get(0).getRequestId());
  }

  @Test
  void shouldNotWaitForARequestThatWasDeclined() {
    // given
    follow(new SourceBook());
    read(position(5), ORDERS, Kind.UPDATE, 7);
    clock.advance(Duration.ofSeconds(1));
    source.tick();
    read(position(6), ORDERS, Kind.UPDATE, 1);
    clock.advance(Duration.ofSeconds(1));

    // when
    declined.add(requests().get(0).getRequestId());
    source.tick();

    // then
    assertThat(requests()).hasSize(2);
  }

  @Test
  void shouldAskAgainWhenARunFailed() {
    // given
    follow(new SourceBook());
    read(position(5), ORDERS, Kind.UPDATE, 7);
    clock.advance(Duration.ofSeconds(1));
    source.tick();
    RunKey run =
        new RunKey(CaptureRecords.run(requests().get(0).getRequestId()), ORDERS.in("warehouse"));
    ended.add(run);
    failed.add(run);

    // when
    clock.advance(Duration.ofSeconds(59));
    source.tick();

    // then
    assertThat(requests()).hasSize(1);

    // when
    clock.advance(Duration.ofSeconds(1));
    source.tick();

    // then
    assertThat(requests()).hasSize(2);
    ProfileRequest again = requests().get(1);
    assertThat(again.getTrigger()).isEqualTo(Trigger.SWEEP);
    assertThat(again.getReason()).isEqualTo("The last request for the table came to nothing.");

    // when: refused this time, and the pause is longer
    declined.add(again.getRequestId());
    refused.add(again.getRequestId());
    clock.advance(Duration.ofSeconds(90));
    source.tick();
    int early = requests().size();
    clock.advance(Duration.ofSeconds(30));
    source.tick();

    // then
    assertThat(early).isEqualTo(2);
    assertThat(requests()).hasSize(3);

    // when: declined because nothing has changed
    declined.add(requests().get(2).getRequestId());
    clock.advance(Duration.ofHours(2));
    source.tick();

    // then
    assertThat(requests()).hasSize(3);
  }

  @Test
  void shouldGoOnWithWhatTheFormerOwnerKnew() {
    // given
    SourceBook book = new SourceBook();
    follow(new SourceBook());
    read(position(5), ORDERS, Kind.DELETE, 2);
    states().forEach(book::apply);
    source.close();

    // when
    follow(book);
    clock.advance(Duration.ofSeconds(1));
    source.tick();

    // then
    assertThat(feeds.openedAt).isEqualTo(position(5));
    assertThat(requests()).hasSize(1);
    assertThat(requests().get(0).getReason()).startsWith("2 rows deleted");
  }

  @Test
  void shouldLookAtEverythingWhenChangesMayHaveBeenMissed() {
    // given
    SourceBook book = new SourceBook();
    follow(new SourceBook());
    read(position(5), ORDERS, Kind.DELETE, 2);
    states().forEach(book::apply);
    source.close();
    feeds.gap = "The slot was gone.";

    // when
    follow(book);
    source.tick();

    // then
    assertThat(feeds.openedAt).isEqualTo(FakeFeeds.START);
    assertThat(requests()).extracting(ProfileRequest::getReason).containsOnly("The slot was gone.");
    assertThat(requests())
        .extracting(ProfileRequest::getTrigger)
        .containsExactlyInAnyOrder(Trigger.CHANGE_CAPTURE, Trigger.SWEEP);
  }

  @Test
  void shouldLetGoOfALogThatGrowsTooLong() {
    // given
    follow(new SourceBook());

    // when
    feeds.lagBytes = CaptureConfig.DEFAULT_MAX_LAG_BYTES + 1;

    // then
    await().atMost(Duration.ofSeconds(20)).until(() -> feeds.resets.get() == 1 && feeds.isOpen());
    source.tick();
    assertThat(requests()).hasSize(2).allMatch(one -> one.getTrigger() == Trigger.SWEEP);
    assertThat(requests().get(0).getReason()).contains("capture let go of them");
  }

  @Test
  void shouldSayWhatIsMissingAndTryAgain() {
    // given
    feeds.failure = new CaptureFailure(ReasonCode.CAPTURE_NO_SLOT, "No slot is left.");

    // when
    start(new SourceBook());

    // then
    await().until(() -> source.status().state() == CaptureStatus.State.WAITING);
    assertThat(source.status().describe()).isEqualTo("waiting: No slot is left.");
    assertThat(
            meters
                .get("profilemesh.capture.failures")
                .tag("code", "CAPTURE_NO_SLOT")
                .counter()
                .count())
        .isPositive();

    // when
    feeds.failure = null;

    // then
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> source.status().state() == CaptureStatus.State.FOLLOWING);
  }

  @Test
  void shouldCountNothingOfTablesThatAreNotCaptured() {
    // given
    follow(new SourceBook());

    // when
    read(position(5), new CapturedTable("audit", "log"), Kind.INSERT, 3);

    // then
    assertThat(states()).noneMatch(state -> "warehouse/audit/log".equals(state.getDatasetId()));
  }

  private void follow(SourceBook book) {
    start(book);
    await().until(feeds::isOpen);
  }

  private void start(SourceBook book) {
    feeds.tables = Set.of(ORDERS, ITEMS);
    membership.joined(new ConsumerGroupMetadata("capture"));
    ChangeRules rules =
        new ChangeRules(
            true, null, null, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofHours(24));
    SourceConfig config =
        new SourceConfig(
            new SourceName("warehouse"),
            SourceType.POSTGRESQL,
            new SourceLocation.Server(
                "localhost", 5432, "shop", "reader", null, SourceLocation.TlsMode.PREFER, null),
            SourceLimits.DEFAULTS,
            true);
    MeshRecords mesh = new MeshRecords(TOPICS, "test", registry, REGISTRY);
    mesh.learnSchemas();
    source =
        new CapturedSource(
            new CaptureScope(
                config,
                CaptureConfig.embedded(),
                table -> table.schema().equals("public") ? Optional.of(rules) : Optional.empty()),
            book,
            new CaptureLog(
                new TransactionalWriter(this::producer, Chaos.NONE),
                membership,
                new TopicPartition(TOPICS.captureState().name(), 2)),
            new CaptureRecords(mesh, TOPICS.captureState().name(), "test", clock),
            feeds,
            table -> OptionalLong.empty(),
            new RequestsUnderWay(
                ended::contains,
                failed::contains,
                declined::contains,
                refused::contains,
                Duration.ofHours(2)),
            new CaptureMetrics(meters),
            clock);
    source.start();
  }

  private boolean read(LogPosition position, CapturedTable table, Kind kind, long rows) {
    boolean[] kept = new boolean[1];
    feeds.read(
        sink -> {
          sink.count(table, kind, rows);
          kept[0] = sink.store(position);
        });
    return kept[0];
  }

  private static LogPosition position(int number) {
    return new LogPosition("key".getBytes(StandardCharsets.UTF_8), new byte[] {(byte) number});
  }

  private MockProducer<byte[], byte[]> producer() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    producers.add(producer);
    return producer;
  }

  private MockProducer<byte[], byte[]> last() {
    return producers.get(producers.size() - 1);
  }

  private long commits() {
    return producers.stream().mapToLong(MockProducer::commitCount).sum();
  }

  private List<ProducerRecord<byte[], byte[]>> history() {
    List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>();
    producers.forEach(producer -> all.addAll(producer.history()));
    return all;
  }

  private List<CaptureState> states() {
    return values(history(), TOPICS.captureState().name(), CaptureState.class);
  }

  private List<ProfileRequest> requests() {
    return values(history(), TOPICS.profileRequests().name(), ProfileRequest.class);
  }

  private <T extends SpecificRecord> List<T> values(
      List<ProducerRecord<byte[], byte[]>> records, String topic, Class<T> type) {
    RecordDecoder<T> decoder = new RecordDecoder<>(registry, type);
    return records.stream()
        .filter(record -> record.topic().equals(topic))
        .map(record -> ((Decoded.Value<T>) decoder.decode(record.value())).record())
        .toList();
  }
}
