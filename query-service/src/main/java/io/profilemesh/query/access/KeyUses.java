package io.profilemesh.query.access;

import io.profilemesh.metadata.access.ApiKeys;
import io.profilemesh.metadata.access.ApiKeys.Use;
import io.profilemesh.query.history.NoAnswerException;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Notes when keys are used: in memory at each request, in the tables now and then. */
@ApplicationScoped
public class KeyUses {

  private static final Logger LOGGER = Logger.getLogger(KeyUses.class);

  private final javax.sql.DataSource database;
  private final long pauseMillis;
  private final Map<UUID, Use> uses = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clerk =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "key-uses");
            thread.setDaemon(true);
            return thread;
          });

  @Inject
  KeyUses(
      @DataSource("access") javax.sql.DataSource database,
      @ConfigProperty(name = "profilemesh.access.last-use-interval", defaultValue = "30s")
          java.time.Duration pause) {
    this.database = database;
    this.pauseMillis = pause.toMillis();
  }

  void start(@Observes StartupEvent event) {
    clerk.scheduleWithFixedDelay(this::write, pauseMillis, pauseMillis, TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    clerk.shutdown();
    write();
  }

  /** A key was used; {@code address} is where from, or null. */
  void used(UUID key, Instant at, @Nullable String address) {
    uses.put(key, new Use(at, address));
  }

  private void write() {
    Map<UUID, Use> written = Map.copyOf(uses);
    if (written.isEmpty()) {
      return;
    }
    try {
      Transactions.in(
          database,
          connection -> {
            ApiKeys.used(connection, written);
            return written.size();
          });
      written.forEach(uses::remove);
    } catch (NoAnswerException e) {
      LOGGER.warnf("The last use of keys is not written yet: %s", e.getMessage());
    }
  }
}
