package io.profilemesh.e2e;

import static org.awaitility.Awaitility.await;

import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.stack.local.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * 200 requests over 20 tables, some sent twice, the tables damaged on the way, while every service
 * is killed with SIGKILL three times. Everything random comes from the seed.
 */
final class CrashBattery {

  static final int TABLES = 20;
  private static final int ROUNDS = 10;
  private static final int KILLS_EACH = 3;

  private final TestMesh mesh;
  private final Random random;
  private final int rounds;
  private final SentRequests sent = new SentRequests();
  private final List<String> killed = new ArrayList<>();

  CrashBattery(TestMesh mesh, long seed, int rounds) {
    this.mesh = mesh;
    this.random = new Random(seed);
    this.rounds = rounds;
  }

  static CrashBattery full(TestMesh mesh, long seed) {
    return new CrashBattery(mesh, seed, ROUNDS);
  }

  /** Without kills: what remains is the repeats. */
  void runCalmly() {
    createTables();
    for (int round = 0; round < rounds; round++) {
      sendRound(round);
    }
    awaitOutcomes();
  }

  void runUnderKills() {
    createTables();
    List<Service> victims = victims();
    int next = 0;
    for (int round = 0; round < rounds; round++) {
      damage(round);
      sendRound(round);
      int until = victims.size() * (round + 1) / rounds;
      while (next < until) {
        crash(victims.get(next++));
      }
    }
    awaitOutcomes();
  }

  SentRequests sent() {
    return sent;
  }

  /** What was killed, in order, for the report of a failure. */
  List<String> killed() {
    return killed;
  }

  private List<Service> victims() {
    List<Service> victims = new ArrayList<>();
    for (Service service : Service.values()) {
      victims.addAll(Collections.nCopies(KILLS_EACH, service));
    }
    Collections.shuffle(victims, random);
    return victims;
  }

  private void createTables() {
    mesh.compareWithPreviousRuns();
    for (int table = 1; table <= TABLES; table++) {
      int rows = 200 + 50 * table;
      mesh.source(
          "CREATE TABLE %s (id bigint PRIMARY KEY, email text, amount numeric(10,2), placed_on date)"
              .formatted(name(table)),
          ("INSERT INTO %s SELECT i, 'user' || i || '@example.org', (i %% 90) + 0.99,"
                  + " date '2026-01-01' + (i %% 30)::int FROM generate_series(1, %d) i")
              .formatted(name(table), rows));
    }
  }

  /**
   * Every third round some tables lose rows or e-mails, so that there is drift to lose or double.
   */
  private void damage(int round) {
    if (round % 3 != 2) {
      return;
    }
    for (int table = 1 + random.nextInt(2); table <= TABLES; table += 2) {
      mesh.source(
          random.nextBoolean()
              ? "DELETE FROM %s WHERE id %% 5 = %d".formatted(name(table), round % 5)
              : "UPDATE %s SET email = NULL WHERE id %% 3 = %d".formatted(name(table), round % 3));
    }
  }

  private void sendRound(int round) {
    for (int table = 1; table <= TABLES; table++) {
      send("battery-%d-%d".formatted(round, table), table);
      if (random.nextInt(10) == 0) {
        send("battery-%d-%d".formatted(round, table), table);
      }
    }
    // One repeat is certain in every round, whatever the dice say.
    send("battery-%d-1".formatted(round), 1);
  }

  private void send(String requestId, int table) {
    ProfileRequest request =
        ProfileRequest.newBuilder()
            .setRequestId(requestId)
            .setSource("shop")
            .setTable(name(table))
            .setRequester("crash battery")
            .build();
    mesh.produce(mesh.topics().profileRequests().name(), requestId, request);
    sent.add(requestId, "shop/public/" + name(table).substring("public.".length()));
  }

  private void crash(Service victim) {
    killed.add(victim.key());
    mesh.services().kill(victim);
    mesh.services().start(victim);
  }

  /** Waits until every request is answered, every verdict given and every row stored. */
  private void awaitOutcomes() {
    await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofSeconds(1))
        .until(this::everythingArrived);
  }

  private boolean everythingArrived() {
    Arrivals arrivals = Arrivals.of(mesh);
    return arrivals.answered(sent)
        && arrivals.everyCompletedRunHasAVerdict()
        && arrivals.stored(mesh.tables());
  }

  private static String name(int table) {
    return "public.t%02d".formatted(table);
  }
}
