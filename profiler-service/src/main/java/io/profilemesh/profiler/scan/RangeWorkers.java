package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.AccumulatorSettings;
import io.profilemesh.profiler.dialect.PostgreSqlEncoding;
import io.profilemesh.profiler.dialect.SourceColumn;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Reads the ranges of a plan over one or more sessions, the first one on the caller's thread. */
final class RangeWorkers {

  private final RangePlan plan;
  private final List<SourceColumn> columns;
  private final AccumulatorSettings settings;
  private final ProgressMeter meter;
  private final AtomicInteger nextRange = new AtomicInteger();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final RangeCombiner combiner = new RangeCombiner();

  RangeWorkers(
      RangePlan plan,
      List<SourceColumn> columns,
      AccumulatorSettings settings,
      ProgressMeter meter) {
    this.plan = plan;
    this.columns = columns;
    this.settings = settings;
    this.meter = meter;
  }

  /**
   * Reads all ranges; the sessions are still open afterwards.
   *
   * @throws SQLException the first failure of the source; the other sessions were cancelled
   * @throws ScanCancelledException when a session was cancelled from outside
   */
  RangeScan.Outcome run(List<ScanSession> sessions) throws SQLException {
    List<Thread> threads = new ArrayList<>();
    for (ScanSession session : sessions.subList(1, sessions.size())) {
      Thread thread = new Thread(() -> work(session, sessions), "scan-" + (threads.size() + 2));
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    work(sessions.get(0), sessions);
    boolean interrupted = false;
    for (Thread thread : threads) {
      interrupted |= joinFully(thread, sessions);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    rethrow();
    return combiner.result();
  }

  private void work(ScanSession session, List<ScanSession> all) {
    try {
      for (int range = nextRange.getAndIncrement();
          range < plan.statements().size();
          range = nextRange.getAndIncrement()) {
        if (session.isCancelled()) {
          throw new ScanCancelledException();
        }
        RangeScan scan = new RangeScan(decoders(settings.forStream(range)), meter);
        combiner.deliver(range, scan.run(session, plan.statements().get(range)));
      }
    } catch (SQLException | RuntimeException e) {
      if (failure.compareAndSet(null, e)) {
        all.forEach(ScanSession::cancel);
      }
    }
  }

  private ColumnDecoder[] decoders(AccumulatorSettings ofRange) {
    ColumnDecoder[] decoders = new ColumnDecoder[columns.size()];
    for (int i = 0; i < decoders.length; i++) {
      PostgreSqlEncoding encoding = (PostgreSqlEncoding) columns.get(i).encoding();
      decoders[i] = PostgreSqlDecoders.decoderOf(encoding, ofRange);
    }
    return decoders;
  }

  /** Waits to the end, since the thread uses a session of ours; an interrupt cancels first. */
  private static boolean joinFully(Thread thread, List<ScanSession> sessions) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
        sessions.forEach(ScanSession::cancel);
      }
    }
  }

  private void rethrow() throws SQLException {
    Exception first = failure.get();
    if (first instanceof SQLException sql) {
      throw sql;
    }
    if (first instanceof RuntimeException unexpected) {
      throw unexpected;
    }
  }
}
