package io.profilemesh.query.start;

import io.profilemesh.metadata.SchemaSupport;
import io.profilemesh.schema.TopicAdmin;
import io.profilemesh.schema.TopicMismatchException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Ends the service with one sentence when it could not do its work, before any channel opens: a
 * listener that others could reach, tables of another version, topics that do not fit.
 */
@ApplicationScoped
public class StartChecks {

  private static final Logger LOGGER = Logger.getLogger(StartChecks.class);
  private static final long PAUSE_MILLIS = 500;

  private final Mesh mesh;
  private final DataSource database;
  private final Reachability reachability;
  private final String host;
  private final Duration wait;

  @Inject
  StartChecks(
      Mesh mesh,
      DataSource database,
      Reachability reachability,
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "profilemesh.query.start-wait", defaultValue = "60s") Duration wait) {
    this.mesh = mesh;
    this.database = database;
    this.reachability = reachability;
    this.host = host;
    this.wait = wait;
  }

  void check(@Observes @Priority(1) StartupEvent event) {
    checkListener();
    checkTables();
    ensureTopics();
  }

  private void checkListener() {
    if (!reachability.remoteAllowed() && !isLoopback(host)) {
      throw refuse(
          "Access control is off ("
              + AccessMode.KEY
              + "), so REST listens on a loopback address only; quarkus.http.host is none. Where"
              + " the address is closed off by other means, such as a container's network, set "
              + Reachability.SWITCH
              + "=true.");
    }
  }

  private void checkTables() {
    long start = System.nanoTime();
    while (true) {
      try (Connection connection = database.getConnection()) {
        SchemaSupport.Check check = SchemaSupport.check(connection);
        if (check.problem() != null) {
          if (!check.readable()) {
            throw refuse(check.problem());
          }
          LOGGER.warnf("%s Until then REST answers and nothing is stored.", check.problem());
        }
        return;
      } catch (SQLException e) {
        if (System.nanoTime() - start > wait.toNanos()) {
          throw refuse(
              "The metadata database cannot be used (SQLSTATE %s): check".formatted(e.getSQLState())
                  + " profilemesh.metadata.jdbc-url, username and password.");
        }
        LOGGER.infof("Waiting for the metadata database (SQLSTATE %s)", e.getSQLState());
        pause();
      }
    }
  }

  private void ensureTopics() {
    try (Admin admin = Admin.create(mesh.kafka())) {
      TopicAdmin.ensure(
          admin,
          List.of(
              mesh.topics().runEvents(),
              mesh.topics().tableProfiles(),
              mesh.topics().runVerdicts(),
              mesh.topics().driftEvents(),
              mesh.topics().incidents(),
              mesh.topics().driftPolicies(),
              mesh.topics().driftCommands(),
              mesh.topics().schedules(),
              mesh.topics().scheduleCommands(),
              mesh.topics().runCommands(),
              mesh.topics().profileRequests(),
              mesh.topics().deadLetters()),
          mesh.topicSettings());
    } catch (TopicMismatchException e) {
      throw refuse(String.valueOf(e.getMessage()));
    } catch (KafkaException e) {
      throw refuse(
          "Kafka cannot be used: %s. Check kafka.bootstrap.servers.".formatted(e.getMessage()));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refuse("Interrupted while waiting for the metadata database.");
    }
  }

  private static ConfigurationException refuse(String sentence) {
    return new ConfigurationException(sentence);
  }
}
