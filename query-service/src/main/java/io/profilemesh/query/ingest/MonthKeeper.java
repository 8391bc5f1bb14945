package io.profilemesh.query.ingest;

import io.profilemesh.metadata.SchemaSupport;
import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.metadata.months.Months;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Keeps the tables a few months ahead, so that no batch and no entry of the audit log has to make
 * its month. Every instance does; one makes a month and the others find it made.
 */
@ApplicationScoped
public class MonthKeeper {

  private static final Logger LOGGER = Logger.getLogger(MonthKeeper.class);
  private static final Duration PAUSE = Duration.ofHours(1);
  private static final int AHEAD = 2;

  private final DataSource database;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread one = new Thread(task, "months");
            one.setDaemon(true);
            return one;
          });

  @Inject
  MonthKeeper(DataSource database) {
    this.database = database;
  }

  void start(@Observes StartupEvent event) {
    thread.scheduleWithFixedDelay(this::look, 0, PAUSE.toSeconds(), TimeUnit.SECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    thread.shutdown();
  }

  private void look() {
    try (Connection connection = database.getConnection()) {
      keepAhead(connection, Instant.now());
    } catch (SQLException e) {
      LOGGER.warnf("The coming months are made later (SQLSTATE %s)", e.getSQLState());
    }
  }

  /** Makes this month and the next ones, unless the tables are of a version of their own. */
  static void keepAhead(Connection connection, Instant now) throws SQLException {
    if (SchemaSupport.check(connection).problem() != null) {
      return;
    }
    OffsetDateTime month = now.atOffset(ZoneOffset.UTC).withDayOfMonth(1);
    List<Instant> months =
        IntStream.rangeClosed(0, AHEAD)
            .mapToObj(ahead -> month.plusMonths(ahead).toInstant())
            .toList();
    Months.add(connection, Arrays.asList(MonthlyTable.values()), months);
  }
}
