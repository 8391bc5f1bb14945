package io.profilemesh.profiler.work;

import io.profilemesh.core.profile.Quality;
import io.profilemesh.core.profile.TableProfile;
import io.profilemesh.profiler.scan.RanStatement;
import io.profilemesh.profiler.scan.ScanCancellation;
import io.profilemesh.profiler.scan.ScanFacts;
import io.profilemesh.profiler.scan.ScanSampling;
import io.profilemesh.schema.PlanDecision;
import io.profilemesh.schema.RunOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Scans end when the test says so, with the outcome it says. */
final class FakeScanner implements RunScanner {

  private final Map<String, List<Outcome>> outcomes = new HashMap<>();
  private final Map<String, CountDownLatch> gates = new HashMap<>();
  private final Set<String> deaf = ConcurrentHashMap.newKeySet();
  private final Map<String, Duration> slow = new ConcurrentHashMap<>();
  private final List<String> ended = Collections.synchronizedList(new ArrayList<>());
  private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

  /** Scans of the table have these outcomes one after the other, then are profiled. */
  synchronized FakeScanner outcomes(String table, Outcome... next) {
    outcomes.put(table, new ArrayList<>(List.of(next)));
    return this;
  }

  /** Scans of the table wait until they are released or cancelled. */
  synchronized CountDownLatch hold(String table) {
    CountDownLatch gate = new CountDownLatch(1);
    gates.put(table, gate);
    return gate;
  }

  /** Scans of the table do not hear that they are cancelled. */
  void deaf(String table) {
    deaf.add(table);
  }

  /** Scans of the table take this long to end once they are cancelled. */
  void slowToEnd(String table, Duration time) {
    slow.put(table, time);
  }

  /** Tables in the order in which their scans let go of their sources. */
  List<String> ended() {
    return List.copyOf(ended);
  }

  /** Tables in the order in which their scans began. */
  List<String> begun() {
    return List.copyOf(begun);
  }

  @Override
  public Outcome scan(
      RunKey run,
      RunOptions options,
      PlanDecision plan,
      Instant deadline,
      Listener listener,
      ScanCancellation cancellation) {
    String table = run.dataset().table();
    begun.add(table);
    try {
      listener.ran(
          new RanStatement(
              RanStatement.Kind.SCAN,
              "SELECT n FROM " + table + " WHERE day = '2026-11-20'",
              Duration.ofMillis(5),
              3L,
              30L,
              true));
      return scan(run, table, deaf.contains(table) ? new ScanCancellation() : cancellation);
    } finally {
      ended.add(table);
    }
  }

  private Outcome scan(RunKey run, String table, ScanCancellation cancellation) {
    await(table, cancellation);
    if (cancellation.isCancelled()) {
      await(new CountDownLatch(1), slow.getOrDefault(table, Duration.ZERO));
      return new Outcome.Cancelled(cancellation.reason().orElseThrow());
    }
    synchronized (this) {
      List<Outcome> next = outcomes.getOrDefault(table, List.of());
      return next.isEmpty() ? profiled(run) : next.remove(0);
    }
  }

  private void await(String table, ScanCancellation cancellation) {
    CountDownLatch gate;
    synchronized (this) {
      gate = gates.get(table);
    }
    try {
      while (gate != null && !cancellation.isCancelled() && !gate.await(5, TimeUnit.MILLISECONDS)) {
        Thread.onSpinWait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CountDownLatch never, Duration time) {
    try {
      if (never.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("nobody counts down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Outcome profiled(RunKey run) {
    Instant at = Instant.parse("2026-11-20T10:00:01Z");
    return new Outcome.Profiled(
        new TableProfile(
            run.runId(), run.dataset(), at, 3, Quality.EXACT, List.of(), Map.of(), List.of()),
        new ScanFacts(at, at.plusMillis(5), "none", 3, 30, ScanSampling.NONE, null),
        "key",
        new ScanOrigin("token", at.minusMillis(5), "settings", 4096L),
        null);
  }
}
