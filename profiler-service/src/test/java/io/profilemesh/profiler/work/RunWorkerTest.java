package io.profilemesh.profiler.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.publish.Chaos;
import io.profilemesh.profiler.publish.MeshRecords;
import io.profilemesh.profiler.publish.ProfileRecords;
import io.profilemesh.profiler.publish.ProfilerMetrics;
import io.profilemesh.profiler.publish.RunEvents;
import io.profilemesh.profiler.publish.TransactionalWriter;
import io.profilemesh.profiler.work.RunScanner.Outcome;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.RunEvent;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.RunWork;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.serde.AvroSerializer;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import io.profilemesh.schema.serde.SchemaRegistration;
import io.profilemesh.schema.serde.SchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The worker's control loop, driven step by step on the test's thread. */
class RunWorkerTest {

  private static final Map<String, String> REGISTRY =
      Map.of("schema.registry.url", "mock://worker");

  private final Topics topics = new Topics("test.");
  private final TopicPartition partition = new TopicPartition(topics.runWork().name(), 0);
  private final TestClock clock = new TestClock();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
  private final MockProducer<byte[], byte[]> announced = producer();
  private final FakeScanner scanner = new FakeScanner();
  private final TestLedger ledger = new TestLedger();
  private final SchemaRegistryClient registry = SchemaRegistryClient.of(REGISTRY);
  private final AvroSerializer<RunWork> serializer = new AvroSerializer<>(registry);
  private RunWorker worker;
  private long nextOffset;

  @BeforeEach
  void assemble() {
    SchemaRegistration.register(registry, topics.all());
    MeshRecords mesh = new MeshRecords(topics, "test", registry, REGISTRY);
    RunRecords records =
        new RunRecords(mesh, new RunEvents("test"), new ProfileRecords("test"), clock);
    ProfilerConfiguration configuration =
        new ProfilerConfiguration(null, Map.of(), List.of(), Map.of());
    worker =
        new RunWorker(
            topics.runWork().name(),
            consumer,
            new WorkReader(new RecordDecoder<>(registry, RunWork.class), configuration),
            ledger,
            scanner,
            source -> 2,
            records,
            new Announcements(announced),
            new EndPublisher(
                new TransactionalWriter(
                    () -> {
                      MockProducer<byte[], byte[]> fresh = producer();
                      producers.add(fresh);
                      return fresh;
                    },
                    Chaos.NONE),
                mesh,
                "test"),
            new WorkerSettings(
                3,
                500,
                Duration.ofMinutes(30),
                Duration.ofMinutes(2),
                Duration.ofMillis(500),
                Duration.ofSeconds(15),
                Duration.ofSeconds(1)),
            new ProfilerMetrics(new SimpleMeterRegistry()),
            clock,
            sentence -> {});
    worker.subscribe();
    assign();
  }

  @Test
  void shouldEndARunWithProfileEventLedgerAndOffsetInOneTransaction() {
    // given
    accept("r1", "orders");

    // when
    stepUntil(() -> ends().size() == 1);

    // then
    assertThat(ends().get(0).getType()).isEqualTo(RunEventType.COMPLETED);
    assertThat(ends().get(0).getStatements())
        .singleElement()
        .satisfies(one -> assertThat(one.getText()).isEqualTo("SELECT n FROM orders WHERE day = ?"))
        .satisfies(one -> assertThat(one.getRows()).isEqualTo(3));
    assertThat(RecordRules.check(ends().get(0))).isEmpty();
    assertThat(written())
        .extracting(ProducerRecord::topic)
        .containsExactly(
            topics.tableProfiles().name(),
            topics.runEvents().name(),
            topics.tableStates().name(),
            topics.runLedger().name());
    assertThat(committedOffset()).isEqualTo(1);
    assertThat(announcedTypes()).containsExactly(RunEventType.STARTED);
    assertThat(ledger.hasEnded(key("r1", "orders"))).isTrue();
  }

  @Test
  void shouldCommitOnlyUpToTheLowestRunNotEnded() {
    // given
    CountDownLatch gate = scanner.hold("slow");
    accept("r1", "slow");
    accept("r2", "quick");

    // when
    stepUntil(() -> ends().size() == 1);

    // then
    assertThat(committedOffset()).isEqualTo(-1);
    gate.countDown();
    stepUntil(() -> ends().size() == 2);
    assertThat(committedOffset()).isEqualTo(2);
  }

  @Test
  void shouldPassOverRunsTheLedgerKnows() {
    ledger.rememberEnd(key("r1", "orders"));
    accept("r1", "orders");
    accept("r2", "orders");

    stepUntil(() -> ends().size() == 1);

    assertThat(ends().get(0).getRequestId()).isEqualTo("r2");
    assertThat(scanner.begun()).containsExactly("orders");
    assertThat(committedOffset()).isEqualTo(2);
  }

  @Test
  void shouldWaitForTheLedgerBeforeItBegins() {
    // given
    consumer.rebalance(List.of());
    ledger.known = new CompletableFuture<>();
    assign();
    accept("r1", "orders");

    // when
    for (int i = 0; i < 5; i++) {
      worker.step();
    }

    // then
    assertThat(scanner.begun()).isEmpty();
    ledger.known.complete(null);
    stepUntil(() -> ends().size() == 1);
  }

  @Test
  void shouldScanADatasetOnceAtATimeInOrder() {
    CountDownLatch gate = scanner.hold("orders");
    accept("r1", "orders");
    accept("r2", "orders");

    stepUntil(() -> scanner.begun().size() == 1);
    for (int i = 0; i < 5; i++) {
      worker.step();
    }
    assertThat(scanner.begun()).hasSize(1);
    gate.countDown();
    stepUntil(() -> ends().size() == 2);

    assertThat(ends()).extracting(RunEvent::getRequestId).containsExactly("r1", "r2");
  }

  @Test
  void shouldKeepToTheSourcesLimit() {
    CountDownLatch gate = scanner.hold("a");
    scanner.hold("b");
    scanner.hold("c");
    accept("r1", "a");
    accept("r2", "b");
    accept("r3", "c");

    stepUntil(() -> scanner.begun().size() == 2);
    worker.step();
    assertThat(scanner.begun()).containsExactlyInAnyOrder("a", "b");
    gate.countDown();

    stepUntil(() -> scanner.begun().contains("c"));
  }

  @Test
  void shouldDropResultsWhenThePartitionIsLost() {
    // given
    scanner.hold("orders");
    accept("r1", "orders");
    stepUntil(() -> scanner.begun().size() == 1);

    // when
    consumer.rebalance(List.of());
    for (int i = 0; i < 20; i++) {
      worker.step();
    }

    // then
    assertThat(ends()).isEmpty();
  }

  @Test
  void shouldRetryWhenTheSourceIsAwayAndThenEnd() {
    // given
    Outcome away = new Outcome.Failed(ReasonCode.SOURCE_UNREACHABLE, "The source is away.");
    scanner.outcomes("orders", away, away);
    accept("r1", "orders");

    // when
    stepUntil(
        () -> {
          clock.advance(Duration.ofMillis(100));
          return ends().size() == 1;
        });

    // then
    assertThat(ends().get(0).getType()).isEqualTo(RunEventType.COMPLETED);
    assertThat(ends().get(0).getAttempt()).isEqualTo(1);
    assertThat(scanner.begun()).hasSize(3);
    assertThat(announcedTypes()).containsExactly(RunEventType.STARTED);
  }

  @Test
  void shouldGiveUpWhenTheSourceStaysAway() {
    Outcome away = new Outcome.Failed(ReasonCode.SOURCE_UNREACHABLE, "The source is away.");
    Outcome[] always = new Outcome[200];
    Arrays.fill(always, away);
    scanner.outcomes("orders", always);
    accept("r1", "orders");

    stepUntil(
        () -> {
          clock.advance(Duration.ofSeconds(5));
          return ends().size() == 1;
        });

    assertThat(ends().get(0).getType()).isEqualTo(RunEventType.FAILED);
    assertThat(ends().get(0).getCode()).isEqualTo(ReasonCode.SOURCE_UNREACHABLE.name());
    assertThat(scanner.begun()).hasSizeBetween(3, 30);
  }

  @Test
  void shouldNotRetryWhatTimeDoesNotHeal() {
    scanner.outcomes(
        "orders", new Outcome.Failed(ReasonCode.PERMISSION_DENIED, "The source refuses."));
    accept("r1", "orders");

    stepUntil(() -> ends().size() == 1);

    assertThat(ends().get(0).getCode()).isEqualTo(ReasonCode.PERMISSION_DENIED.name());
    assertThat(scanner.begun()).hasSize(1);
  }

  @Test
  void shouldEndAScanAtItsDeadline() {
    scanner.hold("orders");
    accept("r1", "orders");
    stepUntil(() -> scanner.begun().size() == 1);

    clock.advance(Duration.ofMinutes(31));
    stepUntil(() -> ends().size() == 1);

    assertThat(ends().get(0).getType()).isEqualTo(RunEventType.FAILED);
    assertThat(ends().get(0).getCode()).isEqualTo(ReasonCode.RUN_TIME_EXCEEDED.name());
    assertThat(ends().get(0).getMessage()).contains("max-run-time").contains("1800 s");
  }

  @Test
  void shouldEndAScanAtTheDeadlineOfItsRequest() {
    scanner.hold("orders");
    accept("r1", "orders", work -> work.setDeadline(clock.instant().plusSeconds(60)));
    stepUntil(() -> scanner.begun().size() == 1);

    clock.advance(Duration.ofSeconds(61));
    stepUntil(() -> ends().size() == 1);

    assertThat(ends().get(0).getType()).isEqualTo(RunEventType.FAILED);
    assertThat(ends().get(0).getCode()).isEqualTo(ReasonCode.DEADLINE_EXPIRED.name());
  }

  @Test
  void shouldEndAScanThatIsCancelledWithoutAProfile() {
    scanner.hold("orders");
    accept("r1", "orders");
    stepUntil(() -> scanner.begun().size() == 1);

    ledger.cancelled.put(key("r1", "orders"), order("ada", "Wrong table"));
    stepUntil(() -> ends().size() == 1);

    assertThat(ends().get(0).getType()).isEqualTo(RunEventType.CANCELLED);
    assertThat(ends().get(0).getCode()).isEqualTo(ReasonCode.CANCELLED.name());
    assertThat(ends().get(0).getMessage()).isEqualTo("Cancelled by ada: Wrong table.");
    assertThat(written())
        .extracting(ProducerRecord::topic)
        .containsExactly(topics.runEvents().name(), topics.runLedger().name());
    assertThat(ledger.hasEnded(key("r1", "orders"))).isTrue();
    assertThat(committedOffset()).isEqualTo(1);
  }

  @Test
  void shouldPublishNoProfileWhenAScanOutrunsItsCancellation() {
    scanner.deaf("orders");
    CountDownLatch gate = scanner.hold("orders");
    accept("r1", "orders");
    stepUntil(() -> scanner.begun().size() == 1);

    ledger.cancelled.put(key("r1", "orders"), order("ada", null));
    worker.step();
    gate.countDown();
    stepUntil(() -> ends().size() == 1);

    assertThat(ends().get(0).getType()).isEqualTo(RunEventType.CANCELLED);
    assertThat(written())
        .extracting(ProducerRecord::topic)
        .doesNotContain(topics.tableProfiles().name());
  }

  @Test
  void shouldNotBeginARunThatIsCancelledWhileItWaits() {
    // given
    scanner.hold("orders");
    accept("r1", "orders");
    accept("r2", "orders");
    stepUntil(() -> scanner.begun().size() == 1);

    // when
    ledger.cancelled.put(key("r2", "orders"), order("", null));
    stepUntil(() -> ends().size() == 1);

    // then
    assertThat(ends().get(0).getRequestId()).isEqualTo("r2");
    assertThat(ends().get(0).getType()).isEqualTo(RunEventType.CANCELLED);
    assertThat(ends().get(0).getMessage()).isEqualTo("Cancelled before its scan began.");
    assertThat(scanner.begun()).hasSize(1);
  }

  @Test
  void shouldNotBeginARunThatWasCancelledBeforeItWasAccepted() {
    ledger.cancelled.put(key("r1", "orders"), order("ada", null));
    accept("r1", "orders");

    stepUntil(() -> ends().size() == 1);

    assertThat(ends().get(0).getType()).isEqualTo(RunEventType.CANCELLED);
    assertThat(scanner.begun()).isEmpty();
  }

  @Test
  void shouldCancelARunThatWaitsForItsNextTry() {
    scanner.outcomes(
        "orders", new Outcome.Failed(ReasonCode.SOURCE_UNREACHABLE, "The source is away."));
    accept("r1", "orders");
    stepUntil(() -> scanner.begun().size() == 1);

    ledger.cancelled.put(key("r1", "orders"), order("ada", null));
    stepUntil(() -> ends().size() == 1);

    assertThat(ends().get(0).getType()).isEqualTo(RunEventType.CANCELLED);
    assertThat(scanner.begun()).hasSize(1);
  }

  @Test
  void shouldLeaveARunAloneThatEndedBeforeItWasCancelled() {
    accept("r1", "orders");
    stepUntil(() -> ends().size() == 1);

    ledger.cancelled.put(key("r1", "orders"), order("ada", null));
    for (int i = 0; i < 5; i++) {
      worker.step();
    }

    assertThat(ends()).extracting(RunEvent::getType).containsExactly(RunEventType.COMPLETED);
  }

  @Test
  void shouldGiveAPartitionAwayOnlyWhenItsScanHasEnded() {
    // given
    scanner.hold("orders");
    scanner.slowToEnd("orders", Duration.ofMillis(150));
    accept("r1", "orders");
    stepUntil(() -> scanner.begun().size() == 1);

    // when
    consumer.rebalance(List.of());

    // then
    assertThat(scanner.ended()).containsExactly("orders");
  }

  @Test
  void shouldKeepToTheServicesLimit() {
    for (String table : List.of("a", "b", "c", "d")) {
      scanner.hold(table);
      accept(
          "r-" + table,
          table,
          work ->
              work.setDatasetId(DatasetId.of("source-of-" + table, "public", table).toString()));
    }

    stepUntil(() -> scanner.begun().size() == 3);
    for (int i = 0; i < 5; i++) {
      worker.step();
    }

    assertThat(scanner.begun()).hasSize(3);
  }

  @Test
  void shouldCountOnFromTheAttemptsTheLedgerKnows() {
    ledger.attempts = 2;
    accept("r1", "orders");

    stepUntil(() -> ends().size() == 1);

    assertThat(ends().get(0).getAttempt()).isEqualTo(3);
  }

  @Test
  void shouldPublishAgainWhenATransactionAborts() {
    // given
    accept("r1", "orders");
    worker.step();
    stepUntil(() -> !scanner.begun().isEmpty());
    stepUntil(() -> !producers.isEmpty());

    // when
    stepUntil(() -> ends().size() == 1);
    producers.get(0).sendOffsetsToTransactionException = new CommitFailedException();
    accept("r2", "orders");
    stepUntil(() -> scanner.begun().size() == 2);
    for (int i = 0; i < 10; i++) {
      worker.step();
    }
    assertThat(ends()).hasSize(1);
    producers.get(0).sendOffsetsToTransactionException = null;

    // then
    stepUntil(
        () -> {
          clock.advance(Duration.ofMillis(100));
          return ends().size() == 2;
        });
    assertThat(scanner.begun()).hasSize(2);
  }

  @Test
  void shouldNotPublishTwiceWhenACommitWithALostAnswerTookPlace() {
    // given
    accept("r0", "orders");
    stepUntil(() -> ends().size() == 1);
    producers.get(0).commitTransactionException = new TimeoutException("lost");
    accept("r1", "orders");

    // when: the ledger tells that the transaction took place
    stepUntil(
        () -> {
          clock.advance(Duration.ofMillis(100));
          if (scanner.begun().size() == 2) {
            ledger.ended.add(key("r1", "orders"));
          }
          return producers.size() == 2;
        });
    accept("r2", "orders");
    stepUntil(
        () -> {
          clock.advance(Duration.ofMillis(100));
          return ends().size() == 2;
        });

    // then
    assertThat(ends()).extracting(RunEvent::getRequestId).containsExactly("r0", "r2");
    assertThat(scanner.begun()).hasSize(3);
  }

  @Test
  void shouldPublishAgainWhenACommitWithALostAnswerDidNotTakePlace() {
    accept("r0", "orders");
    stepUntil(() -> ends().size() == 1);
    producers.get(0).commitTransactionException = new TimeoutException("lost");
    accept("r1", "orders");

    stepUntil(
        () -> {
          clock.advance(Duration.ofMillis(100));
          return ends().size() == 2;
        });

    assertThat(ends()).extracting(RunEvent::getRequestId).containsExactly("r0", "r1");
    assertThat(scanner.begun()).hasSize(2);
  }

  @Test
  void shouldPutABadRecordAsideOnceItsTurnHasCome() {
    // given
    CountDownLatch gate = scanner.hold("slow");
    accept("r1", "slow");
    receive("x", new byte[] {9, 9, 9, 9, 9, 9});
    accept("r2", "quick");

    // when
    stepUntil(() -> ends().size() == 1);
    assertThat(deadLetters()).isZero();
    gate.countDown();
    stepUntil(() -> ends().size() == 2);

    // then
    assertThat(deadLetters()).isEqualTo(1);
    assertThat(committedOffset()).isEqualTo(3);
  }

  @Test
  void shouldPauseAPartitionThatHoldsEnough() {
    scanner.hold("orders");
    for (int i = 0; i < 500; i++) {
      accept("r" + i, "orders");
    }

    stepUntil(() -> consumer.paused().contains(partition));
  }

  private void assign() {
    consumer.updateBeginningOffsets(Map.of(partition, 0L));
    consumer.rebalance(List.of(partition));
  }

  private void accept(String requestId, String table) {
    accept(requestId, table, work -> {});
  }

  private void accept(String requestId, String table, Consumer<RunWork> change) {
    RunWork work = Runs.work(requestId, table);
    change.accept(work);
    receive(work.getDatasetId(), serializer.serialize(topics.runWork().name(), work));
  }

  private void receive(String key, byte[] value) {
    consumer.addRecord(
        new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            nextOffset++,
            key.getBytes(StandardCharsets.UTF_8),
            value));
  }

  private void stepUntil(BooleanSupplier reached) {
    await()
        .atMost(Duration.ofSeconds(10))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .pollInSameThread()
        .until(
            () -> {
              worker.step();
              return reached.getAsBoolean();
            });
  }

  private List<ProducerRecord<byte[], byte[]>> written() {
    return producers.stream().flatMap(producer -> producer.history().stream()).toList();
  }

  private List<RunEvent> ends() {
    return events(written());
  }

  private List<RunEventType> announcedTypes() {
    return events(announced.history()).stream().map(RunEvent::getType).toList();
  }

  private List<RunEvent> events(List<ProducerRecord<byte[], byte[]>> records) {
    RecordDecoder<RunEvent> decoder = new RecordDecoder<>(registry, RunEvent.class);
    return records.stream()
        .filter(record -> record.topic().equals(topics.runEvents().name()))
        .map(record -> ((Decoded.Value<RunEvent>) decoder.decode(record.value())).record())
        .toList();
  }

  private long deadLetters() {
    return written().stream()
        .filter(record -> record.topic().equals(topics.deadLetters().name()))
        .count();
  }

  private long committedOffset() {
    return producers.stream()
        .flatMap(producer -> producer.consumerGroupOffsetsHistory().stream())
        .flatMap(groups -> groups.values().stream())
        .filter(offsets -> offsets.containsKey(partition))
        .mapToLong(offsets -> offsets.get(partition).offset())
        .max()
        .orElse(-1);
  }

  private CancelOrder order(String actor, String reason) {
    return new CancelOrder(actor, reason, clock.instant());
  }

  private static RunKey key(String requestId, String table) {
    return new RunKey(RunId.derivedFrom(requestId), DatasetId.of("warehouse", "public", table));
  }

  private static MockProducer<byte[], byte[]> producer() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A ledger under the test's control. */
  private static final class TestLedger implements Ledger {
    private final Set<RunKey> ended = new HashSet<>();
    private final Map<RunKey, CancelOrder> cancelled = new HashMap<>();
    private CompletableFuture<Void> known = CompletableFuture.completedFuture(null);
    private int attempts;

    @Override
    public boolean hasEnded(RunKey run) {
      return ended.contains(run);
    }

    @Override
    public int attempts(RunKey run) {
      return attempts;
    }

    @Override
    public Optional<AnsweredRequest> request(String requestId) {
      return Optional.empty();
    }

    @Override
    public Optional<CancelOrder> cancelOrder(RunKey run) {
      return Optional.ofNullable(cancelled.get(run));
    }

    @Override
    public CompletableFuture<Void> caughtUp() {
      return known;
    }

    @Override
    public void rememberEnd(RunKey run) {
      ended.add(run);
    }

    @Override
    public void rememberAttempt(RunKey run, int attempt) {}

    @Override
    public void rememberRequest(String requestId, AnsweredRequest answer) {}
  }
}
