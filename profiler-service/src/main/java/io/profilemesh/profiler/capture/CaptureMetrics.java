package io.profilemesh.profiler.capture;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.Trigger;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what capture does. Labels name sources, never tables. */
final class CaptureMetrics {

  private static final String SOURCE = "source";

  private final MeterRegistry registry;
  private final Map<String, AtomicLong> lags = new ConcurrentHashMap<>();

  CaptureMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void counted(Collection<ChangeCounts> counts) {
    ChangeCounts all = counts.stream().reduce(ChangeCounts.NONE, ChangeCounts::plus);
    rows("insert", all.inserted());
    rows("update", all.updated());
    rows("delete", all.deleted());
    rows("truncate", all.truncated());
  }

  private void rows(String kind, long count) {
    Counter.builder("profilemesh.capture.changes")
        .description("Changes counted: rows, and TRUNCATEs of whole tables")
        .tag("kind", kind)
        .register(registry)
        .increment(count);
  }

  void asked(Trigger trigger) {
    Counter.builder("profilemesh.capture.requests")
        .description("Requests made by change capture")
        .tag("trigger", trigger.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }

  void failed(ReasonCode code) {
    Counter.builder("profilemesh.capture.failures")
        .description("Times that a source could not be followed, or not any more")
        .tag("code", code.name())
        .register(registry)
        .increment();
  }

  /** A record of an external connector's topics is no change; topics may be named like tables. */
  void refused(ReasonCode code) {
    Counter.builder("profilemesh.dead.letters")
        .description("Records refused")
        .tag("topic", "changes")
        .tag("reason", code.name())
        .register(registry)
        .increment();
  }

  /** Changes may have gone uncounted: everything captured is looked at. */
  void reset(String source) {
    Counter.builder("profilemesh.capture.resets")
        .description("Times that capture lost its place and began anew")
        .tag(SOURCE, source)
        .register(registry)
        .increment();
  }

  /**
   * @param bytes negative when not known
   */
  void lag(String source, long bytes) {
    lags.computeIfAbsent(source, this::gauge).set(bytes);
  }

  private AtomicLong gauge(String source) {
    AtomicLong lag = new AtomicLong(-1);
    Gauge.builder("profilemesh.capture.lag", lag, AtomicLong::get)
        .baseUnit("bytes")
        .description("Log that the source keeps for capture; -1 when it cannot say")
        .tag(SOURCE, source)
        .register(registry);
    return lag;
  }

  /** The source is followed by another instance. */
  void forget(String source) {
    AtomicLong lag = lags.get(source);
    if (lag != null) {
      lag.set(-1);
    }
  }
}
