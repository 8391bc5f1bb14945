package io.profilemesh.profiler.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts and stops the service with its process. */
@Singleton
public class ProfilerLifecycle {

  private static final Logger LOG = Logger.getLogger(ProfilerLifecycle.class);
  private static final int BEFORE_MESSAGING = 1;
  private static final int FIRST = 1;
  private static final int CANNOT_GO_ON = 1;

  private final ProfilerSettings settings;
  private final Map<String, Object> kafkaConfig;
  private final MeterRegistry meters;
  private @Nullable ProfilerRuntime runtime;
  private @Nullable Starter starter;

  @Inject
  ProfilerLifecycle(
      ProfilerSettings settings,
      @Identifier("default-kafka-broker") Map<String, Object> kafkaConfig,
      MeterRegistry meters) {
    this.settings = settings;
    this.kafkaConfig = kafkaConfig;
    this.meters = meters;
  }

  void start(@Observes @Priority(BEFORE_MESSAGING) StartupEvent event) {
    Setup setup;
    try {
      setup = new SetupReader(settings, System.getenv()).read();
    } catch (Misconfigured e) {
      throw new ConfigurationException(e.getMessage());
    }
    KafkaClients kafka = new KafkaClients(kafkaConfig, setup.topics().prefix(), setup.instanceId());
    ProfilerRuntime fresh = new ProfilerRuntime(setup, kafka, meters, ProfilerLifecycle::exit);
    runtime = fresh;
    starter = new Starter(fresh, ProfilerLifecycle::exit);
    starter.start();
  }

  /** Before anything else takes its time to end: every second of a scan costs its source. */
  void stopScans(@Observes @Priority(FIRST) ShutdownEvent event) {
    if (runtime != null) {
      runtime.worker().close();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (starter != null) {
      starter.close();
    }
    if (runtime != null) {
      runtime.close();
    }
  }

  ProfilerRuntime runtime() {
    ProfilerRuntime current = runtime;
    if (current == null) {
      throw new IllegalStateException("the service has not been started");
    }
    return current;
  }

  Starter starter() {
    Starter current = starter;
    if (current == null) {
      throw new IllegalStateException("the service has not been started");
    }
    return current;
  }

  private static void exit(String sentence) {
    LOG.fatal(sentence);
    Quarkus.asyncExit(CANNOT_GO_ON);
  }
}
