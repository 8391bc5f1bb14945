package io.profilemesh.profiler.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.profilemesh.profiler.scan.ScanFacts;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RunEventType;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts what the service does. Labels are outcomes and codes, never names of tables. */
public final class ProfilerMetrics {

  private static final String NO_CODE = "none";

  private final MeterRegistry registry;
  private final AtomicLong oldestWaitMillis = new AtomicLong();
  private final AtomicInteger scanning = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();

  public ProfilerMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("profilemesh.queue.age", oldestWaitMillis, age -> age.get() / 1000.0)
        .baseUnit("seconds")
        .description("How long the oldest accepted run has been waiting for its scan")
        .register(registry);
    Gauge.builder("profilemesh.runs.waiting", waiting, AtomicInteger::get)
        .description("Accepted runs held that are not being scanned")
        .register(registry);
    Gauge.builder("profilemesh.runs.scanning", scanning, AtomicInteger::get)
        .description("Scans running")
        .register(registry);
  }

  /** A dataset of a request was answered. */
  public void requestAnswered(RunEventType outcome, @Nullable ReasonCode code) {
    count("profilemesh.requests", "Answers to requests, one per dataset", outcome, code);
  }

  /** A run has ended. */
  public void runEnded(RunEventType outcome, @Nullable ReasonCode code) {
    count("profilemesh.runs", "Ended runs", outcome, code);
  }

  /** A scan has read its table. */
  public void scanned(ScanFacts facts) {
    counter("profilemesh.scan.rows", "Rows read", "rows").increment(facts.rowsScanned());
    counter("profilemesh.scan.bytes", "Bytes received from sources", "bytes")
        .increment(facts.bytesScanned());
    Timer.builder("profilemesh.scan")
        .description("Time a scan takes")
        .publishPercentileHistogram()
        .register(registry)
        .record(Duration.between(facts.startedAt(), facts.endedAt()));
  }

  /** A record of a topic was refused. */
  public void deadLetter(String topic, ReasonCode code) {
    Counter.builder("profilemesh.dead.letters")
        .description("Records refused")
        .tag("topic", topic)
        .tag("reason", code.name())
        .register(registry)
        .increment();
  }

  /** How the worker stands now. */
  public void queue(int waitingRuns, int scanningRuns, Duration oldestWait) {
    waiting.set(waitingRuns);
    scanning.set(scanningRuns);
    oldestWaitMillis.set(Math.max(0, oldestWait.toMillis()));
  }

  private Counter counter(String name, String description, String unit) {
    return Counter.builder(name).description(description).baseUnit(unit).register(registry);
  }

  private void count(
      String name, String description, RunEventType outcome, @Nullable ReasonCode code) {
    Counter.builder(name)
        .description(description)
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .tag("code", code == null ? NO_CODE : code.name())
        .register(registry)
        .increment();
  }
}
