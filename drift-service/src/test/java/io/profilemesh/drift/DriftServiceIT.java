package io.profilemesh.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.Profiles;
import io.profilemesh.schema.DriftEvent;
import io.profilemesh.schema.DriftPolicy;
import io.profilemesh.schema.IncidentState;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunVerdict;
import io.profilemesh.schema.TopicAdmin;
import io.profilemesh.schema.TopicSettings;
import io.profilemesh.schema.Topics;
import io.profilemesh.schema.VerdictOutcome;
import io.profilemesh.stack.Stack;
import io.profilemesh.stack.Stacks;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class DriftServiceIT {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String BASELINES = "/api/v1/baselines/";
  private static final String FORWARDED = "X-ProfileMesh-Forwarded";
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String[] SHOWN = {"Authorization", "Bearer " + KEY};

  @TempDir Path directory;

  private Stack stack;
  private Topics topics;
  private MeshClient mesh;
  private final List<ServiceProcess> services = new ArrayList<>();

  @BeforeEach
  void prepare(TestInfo test) {
    stack = Stacks.shared();
    topics = new Topics("it-" + Integer.toHexString(test.getDisplayName().hashCode()) + ".");
    mesh = new MeshClient(stack, topics);
    mesh.registerSchemas();
  }

  @AfterEach
  void stop() {
    services.forEach(ServiceProcess::close);
    mesh.close();
  }

  @Test
  void shouldJudgeRunsWithinASecondWhenProfilesArrive() {
    // given
    ready(start(Map.of()));
    mesh.subscribe();
    Profiles good = Profiles.orders().withRun("run-1");
    mesh.send(WireProfiles.whole(good));
    awaitVerdicts(1);

    // when
    mesh.send(
        WireProfiles.whole(
            good.withRun("run-2")
                .withScannedAt(WireProfiles.day(1))
                .withNullPercent("email", 35.1)));
    awaitVerdicts(2);

    // then
    assertThat(mesh.verdicts())
        .extracting(RunVerdict::getOutcome)
        .containsExactly(VerdictOutcome.NOT_EVALUATED, VerdictOutcome.DRIFT);
    assertThat(mesh.events())
        .extracting(DriftEvent::getMessage)
        .containsExactly(
            "email of orders: 35.1 % of values are missing, 2 % in the run before (2026-03-02"
                + " 06:00 UTC).");
    assertThat(mesh.verdicts().get(1).getFindingIds())
        .containsExactly(mesh.events().get(0).getEventId());
    String metrics = services.get(0).body("/q/metrics");
    assertThat(metrics)
        .contains("profilemesh_drift_events_total{incident=\"opened\",severity=\"high\"} 1.0")
        .contains("profilemesh_drift_verdicts_total{outcome=\"drift\"} 1.0")
        .doesNotContain("orders");
  }

  @Test
  void shouldSoonPublishWhenManyRunsFollowEachOther() {
    // given
    ready(start(Map.of()));
    mesh.subscribe();
    Profiles profiles = Profiles.orders();
    List<Long> millis = new ArrayList<>();

    // when
    for (int i = 0; i < 60; i++) {
      mesh.send(
          WireProfiles.whole(profiles.withRun("run-" + i).withScannedAt(WireProfiles.day(i))));
      awaitVerdicts(i + 1);
      ConsumerRecord<String, byte[]> last = mesh.records(topics.runVerdicts()).get(i);
      millis.add(System.currentTimeMillis() - last.timestamp());
    }

    // then
    Collections.sort(millis);
    System.out.printf(
        "profile to verdict: median %d ms, p95 %d ms%n", millis.get(30), millis.get(57));
    assertThat(millis.get(30)).isLessThan(1_000);
  }

  @Test
  void shouldLoseAndDoubleNothingWhenKilled() {
    // given
    Map<String, String> settings = Map.of("profilemesh.instance-id", "drift-0");
    ServiceProcess service = ready(start(settings));
    mesh.subscribe();
    int runs = 60;

    // when
    for (int i = 0; i < runs; i++) {
      Profiles orders =
          Profiles.orders()
              .withDataset(DatasetId.of("shop", "public", "orders" + i % 7))
              .withRun("run-" + i)
              .withScannedAt(WireProfiles.day(i));
      mesh.send(WireProfiles.whole(i % 3 == 0 ? orders.withNullPercent("email", 60) : orders));
      if (i % 20 == 10) {
        service.kill();
        service = start(settings);
      }
    }
    awaitVerdicts(runs);

    // then
    mesh.poll(Duration.ofSeconds(1));
    assertThat(mesh.verdicts())
        .hasSize(runs)
        .extracting(RunVerdict::getRunId)
        .doesNotHaveDuplicates();
    assertThat(mesh.events())
        .isNotEmpty()
        .extracting(DriftEvent::getEventId)
        .doesNotHaveDuplicates();
    Map<String, List<String>> promised = new HashMap<>();
    mesh.verdicts().forEach(verdict -> promised.put(verdict.getRunId(), verdict.getFindingIds()));
    Map<String, List<String>> found = new HashMap<>();
    promised.keySet().forEach(run -> found.put(run, new ArrayList<>()));
    List<String> all = promised.values().stream().flatMap(List::stream).toList();
    mesh.events().stream()
        .filter(
            event ->
                event.getIncidentState() != IncidentState.RESOLVED
                    || all.contains(event.getEventId()))
        .forEach(event -> found.get(event.getRunId()).add(event.getEventId()));
    assertThat(found).as("no fault of this log goes on for two runs").isEqualTo(promised);
  }

  @Test
  void shouldGoOnFromTheStandbyWhenAnInstanceIsKilled() {
    // given: two instances, each of which follows the partitions of the other
    int datasets = 12;
    Map<String, ServiceProcess> instances = new HashMap<>();
    for (String name : List.of("drift-0", "drift-1")) {
      ServiceProcess instance =
          start(
              Map.of(
                  "profilemesh.instance-id",
                  name,
                  "profilemesh.state-dir",
                  directory.resolve(name).toString(),
                  "kafka.session.timeout.ms",
                  "6000",
                  "kafka.heartbeat.interval.ms",
                  "1000",
                  "profilemesh.drift.question-key",
                  KEY));
      instances.put(instance.address(), instance);
    }
    instances.values().forEach(DriftServiceIT::ready);
    mesh.subscribe();
    sendRuns(datasets, 0, 3);
    awaitVerdicts(3 * datasets);
    Map<String, String> owners = new HashMap<>();
    await()
        .atMost(LONG)
        .until(
            () -> {
              for (int i = 0; i < datasets; i++) {
                String dataset = dataset(i).toString();
                for (ServiceProcess instance : instances.values()) {
                  JsonObject answer = baseline(instance, dataset);
                  if (runs(answer) != 3 || answer.getBoolean("stale")) {
                    return false;
                  }
                  owners.put(dataset, answer.getString("answeredBy"));
                }
              }
              return owners.values().stream().distinct().count() == 2;
            });
    String killed = owners.get(dataset(0).toString());
    ServiceProcess survivor =
        instances.values().stream()
            .filter(instance -> !instance.address().equals(killed))
            .findFirst()
            .orElseThrow();
    List<String> orphans =
        owners.keySet().stream().filter(dataset -> owners.get(dataset).equals(killed)).toList();
    await()
        .atMost(LONG)
        .until(
            () ->
                orphans.stream()
                    .allMatch(
                        dataset -> runs(baseline(survivor, dataset, FORWARDED, "STANDBY")) == 3));
    assertThat(survivor.ask(BASELINES + "shop/public/nothing", SHOWN).statusCode()).isEqualTo(404);
    assertThat(survivor.ask(BASELINES + "nothing", SHOWN).statusCode()).isEqualTo(400);
    assertThat(survivor.ask(BASELINES + "shop/public/nothing").statusCode()).isEqualTo(401);
    assertThat(survivor.ask(BASELINES + dataset(0), "Authorization", "Bearer 1" + KEY).statusCode())
        .isEqualTo(401);
    double restored = survivor.metric("profilemesh_drift_restored_records_total");

    // when
    instances.get(killed).kill();

    // then: its standby answers at once, and says that it may be behind
    JsonObject stale = baseline(survivor, orphans.get(0));
    assertThat(runs(stale)).isEqualTo(3);
    assertThat(stale.getBoolean("stale")).isTrue();
    assertThat(survivor.metric("profilemesh_drift_standby_records_total")).isPositive();

    // and it goes on where the other was
    sendRuns(datasets, 3, 5);
    awaitVerdicts(5 * datasets);
    mesh.poll(Duration.ofSeconds(1));
    assertThat(mesh.verdicts())
        .hasSize(5 * datasets)
        .extracting(verdict -> verdict.getDatasetId() + " " + verdict.getRunId())
        .doesNotHaveDuplicates();
    assertThat(mesh.verdicts())
        .filteredOn(verdict -> verdict.getOutcome() == VerdictOutcome.NOT_EVALUATED)
        .as("first runs, and no others")
        .hasSize(datasets);
    for (String dataset : owners.keySet()) {
      JsonObject answer = baseline(survivor, dataset);
      assertThat(runs(answer)).isEqualTo(5);
      assertThat(answer.getBoolean("stale")).isFalse();
      assertThat(answer.getString("answeredBy")).isEqualTo(survivor.address());
    }
    double whole = 3 * orphans.size() * (1 + Profiles.orders().build().columns().size());
    System.out.printf(
        "records restored by the standby: %.0f, of about %.0f%n",
        survivor.metric("profilemesh_drift_restored_records_total") - restored, whole);
    assertThat(survivor.metric("profilemesh_drift_restored_records_total") - restored)
        .as("it had nearly all of it")
        .isLessThan(whole / 2);
    assertThat(survivor.metric("profilemesh_drift_restore_last_seconds")).isPositive();
  }

  private static DatasetId dataset(int number) {
    return DatasetId.of("shop", "public", "orders" + number);
  }

  private void sendRuns(int datasets, int from, int to) {
    for (int run = from; run < to; run++) {
      for (int i = 0; i < datasets; i++) {
        mesh.send(
            WireProfiles.whole(
                Profiles.orders()
                    .withDataset(dataset(i))
                    .withRun("run-" + run)
                    .withScannedAt(WireProfiles.day(run))));
      }
    }
  }

  private static int runs(JsonObject baseline) {
    return baseline.getJsonArray("runs", new JsonArray()).size();
  }

  private static JsonObject baseline(ServiceProcess service, String dataset, String... headers) {
    String[] all = Arrays.copyOf(SHOWN, SHOWN.length + headers.length);
    System.arraycopy(headers, 0, all, SHOWN.length, headers.length);
    return new JsonObject(service.ask(BASELINES + dataset, all).body());
  }

  @Test
  void shouldJudgeByAPolicyWithinSecondsAndAfterARestartWhenOneIsWritten() {
    // given
    Map<String, String> settings = Map.of("profilemesh.instance-id", "drift-0");
    ServiceProcess service = ready(start(settings));
    mesh.subscribe();
    Profiles orders = Profiles.orders();

    // when
    long version =
        mesh.send(
            DriftPolicy.newBuilder()
                .setPolicyId("no-mail")
                .setDatasetPattern("shop/*")
                .setColumnPattern("email")
                .setIgnore(true)
                .build());

    // then
    assertThat(version).as("0 is the built-in ones'").isPositive();
    awaitPolicy(orders, version, 0);
    service.kill();
    ready(start(settings));
    awaitPolicy(orders, version, 1_000);
    assertThat(mesh.deadLetters()).isEmpty();
  }

  /** Sends runs until one is judged by the policy, which must be soon. */
  private void awaitPolicy(Profiles orders, long version, int firstDay) {
    int[] run = {firstDay};
    await()
        .atMost(LONG)
        .until(
            () -> {
              int sent = mesh.records(topics.runVerdicts()).size() + 1;
              mesh.send(
                  WireProfiles.whole(
                      orders
                          .withRun("run-" + run[0])
                          .withScannedAt(WireProfiles.day(run[0]++))
                          .withNullPercent("email", run[0] % 2 == 0 ? 2 : 60)));
              awaitVerdicts(sent);
              return mesh.verdicts().get(sent - 1).getPolicyVersion() == version;
            });
    assertThat(run[0]).as("runs until then").isLessThan(firstDay + 40);
  }

  @Test
  void shouldGoOnWithNeighboursWhenARecordIsBad() {
    // given
    ready(start(Map.of()));
    mesh.subscribe();

    // when
    mesh.sendBytes(
        "shop/public/orders", "no avro at all".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    mesh.send(WireProfiles.whole(Profiles.orders()));
    awaitVerdicts(1);

    // then
    await().atMost(LONG).until(() -> polled(() -> mesh.deadLetters().size() == 1));
    assertThat(mesh.deadLetters().get(0).getCode())
        .isEqualTo(ReasonCode.NOT_AVRO_WIRE_FORMAT.name());
    assertThat(mesh.deadLetters().get(0).getService()).isEqualTo("drift-service");
  }

  @Test
  void shouldWaitAndLoseNothingWhenTheRegistryIsAway() {
    // given: a profile waits, the registry's address does not answer
    ensureProfiles(6);
    mesh.send(WireProfiles.whole(Profiles.orders()));
    try (RegistryGate gate = RegistryGate.closed(stack.schemaRegistryUrl())) {
      ServiceProcess service =
          start(Map.of("profilemesh.schema-registry.url", gate.address().toString()));
      await()
          .atMost(LONG)
          .until(() -> service.body("/q/health/ready").contains("waiting for the schema registry"));
      assertThat(service.status("/q/health/ready")).isEqualTo(503);
      assertThat(service.status("/q/health/started")).isEqualTo(503);
      assertThat(service.status("/q/health/live")).isEqualTo(200);

      // when
      gate.open();
      ready(service);

      // then
      mesh.subscribe();
      awaitVerdicts(1);
      assertThat(service.status("/q/health/started")).isEqualTo(200);
      gate.close();
      mesh.send(
          WireProfiles.whole(Profiles.orders().withRun("next").withScannedAt(WireProfiles.day(1))));
      awaitVerdicts(2);
      assertThat(mesh.deadLetters()).isEmpty();
    }
  }

  @Test
  void shouldEndWithOneSentenceWhenMisconfigured() {
    // given
    ServiceProcess service = start(Map.of("profilemesh.chaos.deduplication", "false"));

    // when
    int exit = service.awaitEnd();

    // then
    assertThat(exit).isNotZero();
    assertThat(service.log()).contains("profilemesh.chaos.* is for tests");
  }

  @Test
  void shouldEndWithOneSentenceWhenATopicDoesNotFit() {
    // given
    ensureProfiles(1);
    ServiceProcess service = start(Map.of());

    // when
    int exit = service.awaitEnd();

    // then
    assertThat(exit).isNotZero();
    assertThat(service.log()).contains(topics.tableProfiles().name());
  }

  private void ensureProfiles(int partitions) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      TopicAdmin.ensure(
          admin, List.of(topics.tableProfiles()), new TopicSettings(partitions, (short) 1));
    }
  }

  private ServiceProcess start(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("profilemesh.topic-prefix", topics.prefix());
    all.put("profilemesh.environment", WireProfiles.ENVIRONMENT);
    if (settings.containsKey("profilemesh.chaos.deduplication")) {
      all.put("profilemesh.environment", "production");
    }
    all.putAll(settings);
    ServiceProcess service = ServiceProcess.start(stack, directory, all);
    services.add(service);
    return service;
  }

  private static ServiceProcess ready(ServiceProcess service) {
    await().atMost(LONG).until(service::isReady);
    return service;
  }

  private void awaitVerdicts(int count) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(1))
        .pollDelay(Duration.ZERO)
        .until(() -> polled(() -> mesh.records(topics.runVerdicts()).size() >= count));
  }

  private boolean polled(java.util.function.BooleanSupplier condition) {
    mesh.poll(Duration.ofMillis(20));
    return condition.getAsBoolean();
  }
}
