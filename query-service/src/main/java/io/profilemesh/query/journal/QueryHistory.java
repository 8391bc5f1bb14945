package io.profilemesh.query.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.profilemesh.metadata.access.AuditLog;
import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.metadata.months.Months;
import io.profilemesh.query.access.Transactions;
import io.profilemesh.query.history.NoAnswerException;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Writes down which requests were answered, off their way; drops what there is no room for. */
@ApplicationScoped
public class QueryHistory {

  private static final Logger LOGGER = Logger.getLogger(QueryHistory.class);
  private static final int MOST_WAITING = 10_000;
  private static final long PAUSE_MILLIS = 1_000;

  private static final String INSERT =
      "INSERT INTO profilemesh_query_history (started_at, query_id, actor, actor_kind, kind, route,"
          + " text, status, rows_read, bytes, duration_ms, completed_at, error_type, error_text,"
          + " rows_written, tables)"
          + " VALUES (?, ?, ?, ?, 'rest', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final javax.sql.DataSource database;
  private final boolean kept;
  private final Counter dropped;
  private final Clerk<QueryEntry> clerk;

  @Inject
  QueryHistory(
      @DataSource("access") javax.sql.DataSource database,
      @ConfigProperty(name = "profilemesh.access.query-history", defaultValue = "true")
          boolean kept,
      MeterRegistry metrics) {
    this.database = database;
    this.kept = kept;
    this.clerk = new Clerk<>("query-history", MOST_WAITING, this::write);
    this.dropped = metrics.counter("profilemesh.query.history.dropped");
  }

  void start(@Observes StartupEvent event) {
    clerk.start(PAUSE_MILLIS);
  }

  void stop(@Observes ShutdownEvent event) {
    clerk.stop();
  }

  void add(QueryEntry entry) {
    if (kept && !clerk.take(entry)) {
      dropped.increment();
    }
  }

  private void write(List<QueryEntry> entries) {
    try {
      Transactions.in(
          database,
          connection -> {
            Months.add(
                connection,
                List.of(MonthlyTable.QUERY_HISTORY),
                entries.stream().map(QueryEntry::startedAt).toList());
            insert(connection, entries);
            return entries.size();
          });
    } catch (NoAnswerException e) {
      LOGGER.warnf("The query history cannot be written yet: %s", e.getMessage());
      throw e;
    }
  }

  private static void insert(Connection connection, List<QueryEntry> entries) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (QueryEntry entry : entries) {
        statement.setTimestamp(1, Timestamp.from(entry.startedAt()));
        statement.setObject(2, UUID.randomUUID());
        statement.setString(3, AuditLog.text(entry.actor()));
        statement.setString(4, entry.actorKind());
        statement.setString(5, entry.route());
        statement.setString(6, AuditLog.text(entry.text()));
        statement.setInt(7, entry.status());
        statement.setObject(8, entry.rows(), Types.BIGINT);
        statement.setLong(9, entry.bytes());
        statement.setDouble(10, entry.durationMillis());
        statement.setTimestamp(11, Timestamp.from(entry.completedAt()));
        statement.setString(12, entry.errorType());
        statement.setString(13, AuditLog.text(entry.errorText()));
        statement.setObject(14, entry.rowsWritten(), Types.BIGINT);
        statement.setArray(
            15, connection.createArrayOf("text", entry.tables().toArray(new String[0])));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
