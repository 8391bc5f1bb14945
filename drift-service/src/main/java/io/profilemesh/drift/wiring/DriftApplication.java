package io.profilemesh.drift.wiring;

import io.profilemesh.drift.query.BaselineRoutes;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Start and stop with the process. */
@Singleton
class DriftApplication {

  private static final Logger LOGGER = Logger.getLogger(DriftApplication.class);
  private static final String KAFKA = "kafka.";
  private static final String BOOTSTRAP = "kafka.bootstrap.servers";
  private static final String DEFAULT_BOOTSTRAP = "localhost:9092";

  private final DriftConfig drift;
  private final Config config;
  private final DriftStatus status;
  private final DriftMeters meters;
  private final BaselineRoutes baselines;
  private @Nullable DriftRunner runner;

  DriftApplication(
      DriftConfig drift,
      Config config,
      DriftStatus status,
      DriftMeters meters,
      BaselineRoutes baselines) {
    this.drift = drift;
    this.config = config;
    this.status = status;
    this.meters = meters;
    this.baselines = baselines;
  }

  void start(@Observes StartupEvent event) {
    try {
      DriftSettings settings = DriftSettings.of(drift, kafka(), host(), listens());
      runner = new DriftRunner(settings, status, meters, baselines, DriftApplication::exit);
      Thread thread = new Thread(runner::run, "drift-start");
      thread.setDaemon(true);
      thread.start();
    } catch (IllegalArgumentException e) {
      exit(e.getMessage());
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (runner != null) {
      runner.close();
    }
  }

  private static void exit(@Nullable String sentence) {
    LOGGER.fatalf("drift-service cannot start: %s", sentence);
    Quarkus.asyncExit(1);
  }

  /** Properties of Kafka clients: everything under {@code kafka.}. */
  private Map<String, String> kafka() {
    Map<String, String> properties = new TreeMap<>();
    for (String name : config.unwrap(SmallRyeConfig.class).getPropertyNames()) {
      if (name.startsWith(KAFKA)) {
        config
            .getOptionalValue(name, String.class)
            .ifPresent(value -> properties.put(name.substring(KAFKA.length()), value));
      }
    }
    Optional<String> bootstrap = config.getOptionalValue(BOOTSTRAP, String.class);
    properties.put("bootstrap.servers", bootstrap.orElse(DEFAULT_BOOTSTRAP));
    return properties;
  }

  private AdvertisedAddress listens() {
    return AdvertisedAddress.of(
        config.getValue("quarkus.http.host", String.class),
        config.getValue("quarkus.http.port", Integer.class),
        host());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "drift-service";
    }
  }
}
