package io.profilemesh.profiler.scan;

import io.profilemesh.core.profile.AccumulatorSettings;
import io.profilemesh.core.profile.ColumnType;
import io.profilemesh.core.profile.SampleScope;
import io.profilemesh.profiler.dialect.Dialect;
import io.profilemesh.profiler.dialect.PostgreSqlDialect;
import io.profilemesh.profiler.dialect.SourceColumn;
import io.profilemesh.schema.ReasonCode;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    Optional<ScanResult> refused = refuse(request, cancellation);
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
      return new ScanResult.Failed(
          ReasonCode.TABLE_VANISHED,
          "The table "
              + request.table().table().displayName()
              + " is gone since it was looked up.");
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
    ScanFacts facts =
        new ScanFacts(
            startedAt,
            clock.instant(),
            snapshot,
            outcome.rows(),
            meter.bytes(),
            request.sampling());
    SampleScope scope = scope(request.sampling(), plan, outcome.rows());
    return new ScanResult.Completed(
        new ProfileAssembly(request, columns, plan, scope).assemble(outcome, facts), facts);
  }

  private static void prepare(ScanRequest request, PostgreSqlRanges ranges, ScanSession session)
      throws SQLException {
    Long seed = request.sampling().seed();
    if (seed != null && !ranges.hasStorage()) {
      session.seedRandom(seed);
    }
  }

  /** What can be told without the source. */
  private Optional<ScanResult> refuse(ScanRequest request, ScanCancellation cancellation) {
    if (cancellation.isCancelled()) {
      return cancellation.reason().map(ScanResult.Cancelled::new);
    }
    if (request.deadline() != null && !clock.instant().isBefore(request.deadline())) {
      return Optional.of(new ScanResult.Cancelled(ReasonCode.DEADLINE_EXPIRED));
    }
    ScanSlice slice = request.slice();
    if (slice != null) {
      ColumnType type = request.table().column(slice.column()).orElseThrow().definition().type();
      if (!type.isTemporal() || type == ColumnType.TIME) {
        return Optional.of(
            new ScanResult.Failed(
                ReasonCode.INVALID_OPTION,
                "A slice needs a date or timestamp column, which its column is not."));
      }
    }
    boolean hasBlocks =
        new PostgreSqlRanges(dialect, request, List.of(), pagesPerRange).hasStorage();
    if (request.sampling().method() == ScanSampling.Method.BLOCK && !hasBlocks) {
      return Optional.of(
          new ScanResult.Failed(
              ReasonCode.UNSUPPORTED_OPTION,
              "Views and foreign tables have no blocks to sample: sample rows instead."));
    }
    return Optional.empty();
  }

  private ScanResult failed(
      ScanRequest request, ScanCancellation cancellation, SQLException failure) {
    Optional<ReasonCode> asked = cancellation.reason();
    if (asked.isPresent()) {
      return new ScanResult.Cancelled(asked.get());
    }
    boolean late = request.deadline() != null && !clock.instant().isBefore(request.deadline());
    ReasonCode code = dialect.classify(failure);
    if (late && code == ReasonCode.SOURCE_TIMEOUT) {
      return new ScanResult.Cancelled(ReasonCode.DEADLINE_EXPIRED);
    }
    return new ScanResult.Failed(code, dialect.describe(failure));
  }

  private static String sentence(CopyFormatException failure) {
    return "The source's stream was not understood: " + failure.getMessage() + ".";
  }

  private static SampleScope scope(ScanSampling sampling, RangePlan plan, long rows) {
    return switch (sampling.method()) {
      case NONE -> SampleScope.ALL_ROWS;
      case BERNOULLI -> SampleScope.rows(sampling.fraction());
      case BLOCK -> SampleScope.blocks(sampling.fraction(), plan.rowsPerBlock());
      case LIMIT -> {
        Long limit = sampling.rowLimit();
        // Fewer rows than the limit: that was the whole table.
        yield limit != null && rows < limit ? SampleScope.ALL_ROWS : SampleScope.FIRST_ROWS;
      }
    };
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
              statementTimeout());
      synchronized (sessions) {
        sessions.add(session);
      }
      if (cancellation.isCancelled()) {
        throw new ScanCancelledException();
      }
      return session;
    }

    private Duration statementTimeout() {
      Duration limit = request.statementTimeout();
      Instant deadline = request.deadline();
      if (deadline == null) {
        return limit;
      }
      Duration left = Duration.between(clock.instant(), deadline);
      Duration bounded = left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
      return limit.isZero() || bounded.compareTo(limit) < 0 ? bounded : limit;
    }
  }
}
