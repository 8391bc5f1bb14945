package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.AccumulatorSettings;
import io.profilemesh.core.profile.ColumnName;
import io.profilemesh.core.profile.SampleScope;
import io.profilemesh.profiler.dialect.Dialect;
import io.profilemesh.profiler.dialect.PostgreSqlDialect;
import io.profilemesh.profiler.dialect.SourceColumn;
import io.profilemesh.schema.ReasonCode;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Scans a PostgreSQL table by binary COPY, in ranges that share one snapshot. Safe for use by many
 * threads.
 */
public final class PostgreSqlTableScan implements TableScan {

  private final Dialect dialect = new PostgreSqlDialect();
  private final Clock clock;
  private final long pagesPerRange;

  /**
   * @param clock tells when a scan begins and ends, and what lies in the future
   */
  public PostgreSqlTableScan(Clock clock) {
    this(clock, PostgreSqlRanges.PAGES_PER_RANGE);
  }

  PostgreSqlTableScan(Clock clock, long pagesPerRange) {
    this.clock = clock;
    this.pagesPerRange = pagesPerRange;
  }

  @Override
  public ScanResult scan(
      ScanRequest request,
      ConnectionSource connections,
      ScanProgress progress,
      ScanCancellation cancellation) {
    boolean hasBlocks =
        new PostgreSqlRanges(dialect, request, List.of(), pagesPerRange).hasStorage();
    Optional<ScanResult> refused = ScanChecks.refuse(request, cancellation, clock, hasBlocks);
    if (refused.isPresent()) {
      return refused.get();
    }
    List<ScanSession> sessions = new ArrayList<>();
    Runnable cancelSessions =
        () -> {
          synchronized (sessions) {
            sessions.forEach(ScanSession::cancel);
          }
        };
    cancellation.onCancel(cancelSessions);
    try {
      return read(request, connections, progress, cancellation, sessions);
    } catch (SQLException e) {
      return failed(request, cancellation, e);
    } catch (ScanCancelledException e) {
      return new ScanResult.Cancelled(cancellation.reason().orElse(ReasonCode.CANCELLED));
    } catch (CopyFormatException e) {
      return new ScanResult.Failed(ReasonCode.INTERNAL_ERROR, sentence(e));
    } finally {
      cancellation.forget(cancelSessions);
      synchronized (sessions) {
        sessions.forEach(ScanSession::close);
      }
    }
  }

  private ScanResult read(
      ScanRequest request,
      ConnectionSource connections,
      ScanProgress progress,
      ScanCancellation cancellation,
      List<ScanSession> sessions)
      throws SQLException {
    Sessions opened = new Sessions(request, connections, cancellation, sessions);
    ScanSession first = opened.open(null);
    Instant startedAt = clock.instant();
    List<SourceColumn> columns =
        request.table().columns().stream()
            .filter(column -> request.columns().contains(column.name()))
            .toList();
    PostgreSqlRanges ranges = new PostgreSqlRanges(dialect, request, columns, pagesPerRange);
    Optional<RangePlan> found = ranges.plan(first);
    if (found.isEmpty()) {
      return ScanChecks.vanished(request);
    }
    RangePlan plan = found.get();
    String snapshot = first.visibleTransactions();
    prepare(request, ranges, first);
    int workers = Math.min(request.connections(), plan.statements().size());
    if (workers > 1) {
      String exported = first.exportSnapshot();
      while (sessions.size() < workers) {
        opened.open(exported);
      }
    }
    ProgressMeter meter = new ProgressMeter(progress);
    AccumulatorSettings settings =
        AccumulatorSettings.forColumns(columns.size(), request.hasher(), startedAt);
    RangeScan.Outcome outcome =
        new RangeWorkers(plan, columns, settings, meter).run(List.copyOf(sessions));
    Map<ColumnName, Long> distinct = new HashMap<>();
    if (request.exactDistinct()) {
      for (int i = 0; i < columns.size(); i++) {
        if (!outcome.accumulators().get(i).countsDistinctExactly()) {
          prepare(request, ranges, first);
          String count = ranges.countDistinct(columns.get(i));
          distinct.put(
              columns.get(i).name(),
              meter.timed(RanStatement.Kind.COUNT, count, () -> first.count(count)));
        }
      }
    }
    ScanFacts facts =
        new ScanFacts(
            startedAt,
            clock.instant(),
            snapshot,
            outcome.rows(),
            meter.bytes(),
            request.sampling(),
            request.slice());
    SampleScope scope = ScanChecks.scope(request.sampling(), plan.rowsPerBlock(), outcome.rows());
    return new ScanResult.Completed(
        new ProfileAssembly(request, request.table(), columns, plan.bytes(), scope, distinct)
            .assemble(outcome, facts),
        facts);
  }

  private static void prepare(ScanRequest request, PostgreSqlRanges ranges, ScanSession session)
      throws SQLException {
    Long seed = request.sampling().seed();
    if (seed != null && !ranges.hasStorage()) {
      session.seedRandom(seed);
    }
  }

  private ScanResult failed(
      ScanRequest request, ScanCancellation cancellation, SQLException failure) {
    Optional<ReasonCode> asked = cancellation.reason();
    if (asked.isPresent()) {
      return new ScanResult.Cancelled(asked.get());
    }
    ReasonCode code = dialect.classify(failure);
    if (ScanChecks.isLate(request, clock) && code == ReasonCode.STATEMENT_TIMEOUT) {
      return new ScanResult.Cancelled(ReasonCode.DEADLINE_EXPIRED);
    }
    return new ScanResult.Failed(code, dialect.describe(failure));
  }

  private static String sentence(CopyFormatException failure) {
    return "The source's stream was not understood: " + failure.getMessage() + ".";
  }

  /** Opens the sessions of one scan and keeps them where a cancellation finds them. */
  private final class Sessions {
    private final ScanRequest request;
    private final ConnectionSource connections;
    private final ScanCancellation cancellation;
    private final List<ScanSession> sessions;

    Sessions(
        ScanRequest request,
        ConnectionSource connections,
        ScanCancellation cancellation,
        List<ScanSession> sessions) {
      this.request = request;
      this.connections = connections;
      this.cancellation = cancellation;
      this.sessions = sessions;
    }

    ScanSession open(@Nullable String snapshot) throws SQLException {
      ScanSession session =
          ScanSession.open(
              connections,
              snapshot,
              "profilemesh/" + request.runId(),
              request.lockTimeout(),
              ScanChecks.statementTimeout(request, clock));
      synchronized (sessions) {
        sessions.add(session);
      }
      if (cancellation.isCancelled()) {
        throw new ScanCancelledException();
      }
      return session;
    }
  }
}
