package io.profilemesh.query.journal;

import io.micrometer.core.instrument.MeterRegistry;
import io.profilemesh.metadata.access.AuditEntry;
import io.profilemesh.metadata.access.AuditLog;
import io.profilemesh.query.access.Transactions;
import io.profilemesh.query.history.NoAnswerException;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Writes the audit log: at once where that is possible, otherwise as soon as the database is back.
 * While too much waits, nothing may be changed.
 */
@ApplicationScoped
public class AuditDesk {

  private static final Logger LOGGER = Logger.getLogger(AuditDesk.class);
  private static final int MOST_WAITING = 10_000;
  private static final long PAUSE_MILLIS = 500;

  private final javax.sql.DataSource database;
  private final MeterRegistry metrics;
  private final Clerk<AuditEntry> clerk;

  @Inject
  AuditDesk(@DataSource("access") javax.sql.DataSource database, MeterRegistry metrics) {
    this.database = database;
    this.metrics = metrics;
    this.clerk = new Clerk<>("audit-log", MOST_WAITING, this::write);
    metrics.gauge("profilemesh.audit.waiting", clerk, Clerk::waiting);
  }

  void start(@Observes StartupEvent event) {
    clerk.start(PAUSE_MILLIS);
  }

  void stop(@Observes ShutdownEvent event) {
    clerk.stop();
  }

  /** Whether changes may be made: there is room to write them down. */
  boolean isOpen() {
    return !clerk.isFull();
  }

  /** Writes an entry down. */
  void record(AuditEntry entry) {
    metrics
        .counter(
            "profilemesh.audit.entries",
            "outcome",
            entry.outcome().name().toLowerCase(java.util.Locale.ROOT))
        .increment();
    if (BlockingOperationControl.isBlockingAllowed() && clerk.waiting() == 0) {
      try {
        write(List.of(entry));
        return;
      } catch (NoAnswerException e) {
        // It waits with the others below.
      }
    }
    if (!clerk.take(entry)) {
      metrics.counter("profilemesh.audit.lost").increment();
      LOGGER.errorf(
          "The audit log is full: %s %s by %s is not in it",
          entry.action(), entry.resourceType(), entry.actorKind());
    }
  }

  private void write(List<AuditEntry> entries) {
    try {
      Transactions.in(
          database,
          connection -> {
            AuditLog.write(connection, entries);
            return entries.size();
          });
    } catch (NoAnswerException e) {
      LOGGER.warnf("The audit log cannot be written yet: %s", e.getMessage());
      throw e;
    }
  }
}
