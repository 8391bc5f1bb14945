package io.profilemesh.profiler.scan;

import io.profilemesh.profiler.dialect.JdbcDialect;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.schema.ReasonCode;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

/**
 * A scan through JDBC, on one connection in one transaction: how it begins and ends, whatever is
 * asked in between. Safe for use by many threads.
 */
abstract class JdbcScan implements TableScan {

  private final JdbcDialect dialect;
  private final Clock clock;

  JdbcScan(JdbcDialect dialect, Clock clock) {
    this.dialect = dialect;
    this.clock = clock;
  }

  final Clock clock() {
    return clock;
  }

  /** Asks and answers; failures of the source are exceptions here. */
  abstract ScanResult read(ScanRequest request, JdbcSession session, ProgressMeter meter)
      throws SQLException;

  @Override
  public ScanResult scan(
      ScanRequest request,
      ConnectionSource connections,
      ScanProgress progress,
      ScanCancellation cancellation) {
    Optional<ScanResult> refused =
        ScanChecks.refuse(request, cancellation, clock, dialect.capabilities().blockSampling());
    if (refused.isPresent()) {
      return refused.get();
    }
    if (request.exactDistinct() && request.sampling().method() != ScanSampling.Method.NONE) {
      return new ScanResult.Failed(
          ReasonCode.UNSUPPORTED_OPTION,
          "This engine counts distinct values exactly over all rows only, not over a sample.");
    }
    JdbcSession session;
    try {
      session =
          JdbcSession.open(
              dialect,
              connections,
              "profilemesh/" + request.runId(),
              request.lockTimeout(),
              ScanChecks.statementTimeout(request, clock));
    } catch (SQLException e) {
      return failed(request, cancellation, false, e);
    }
    Runnable cancel = session::cancel;
    try (session) {
      cancellation.onCancel(cancel);
      return read(request, session, new ProgressMeter(progress));
    } catch (SQLException e) {
      return failed(request, cancellation, session.isLate(), e);
    } catch (ScanCancelledException e) {
      return cancellation
          .reason()
          .<ScanResult>map(ScanResult.Cancelled::new)
          .orElseGet(() -> tooSlow(request));
    } finally {
      cancellation.forget(cancel);
    }
  }

  /** The columns that were asked for are still there, so that a failure later is none of names. */
  final boolean isUnchanged(TableDescription asked, JdbcSession session) throws SQLException {
    Optional<TableDescription> now =
        dialect
            .catalog()
            .describe(session.connection(), asked.table().schema(), asked.table().table());
    return now.isPresent()
        && asked.columns().stream().allMatch(column -> now.get().column(column.name()).isPresent());
  }

  private ScanResult failed(
      ScanRequest request, ScanCancellation cancellation, boolean late, SQLException failure) {
    Optional<ReasonCode> asked = cancellation.reason();
    if (asked.isPresent()) {
      return new ScanResult.Cancelled(asked.get());
    }
    ReasonCode code = dialect.classify(failure);
    if (late || (code == ReasonCode.STATEMENT_TIMEOUT && ScanChecks.isLate(request, clock))) {
      return tooSlow(request);
    }
    return new ScanResult.Failed(code, dialect.describe(failure));
  }

  private ScanResult tooSlow(ScanRequest request) {
    return ScanChecks.isLate(request, clock)
        ? new ScanResult.Cancelled(ReasonCode.DEADLINE_EXPIRED)
        : new ScanResult.Failed(
            ReasonCode.STATEMENT_TIMEOUT,
            "The scan took longer than the source's statement-timeout: raise it, or sample.");
  }
}
