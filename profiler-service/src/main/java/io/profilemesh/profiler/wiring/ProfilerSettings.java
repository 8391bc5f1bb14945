package io.profilemesh.profiler.wiring;

import io.profilemesh.profiler.publish.Chaos;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The service's settings; profiler-service/README.md explains each. */
@ConfigMapping(prefix = "profilemesh")
public interface ProfilerSettings {

  /** Environment of the mesh; else that of the configuration file, else {@code development}. */
  Optional<String> environment();

  /** Start of every topic name. */
  @WithDefault("profilemesh.")
  String topicPrefix();

  /** Name of this process among its like, the same after a restart. */
  String instanceId();

  /** Path of the file that names sources and datasets. */
  Optional<String> config();

  /** Profile of that file; without one, the file as it is. */
  Optional<String> profile();

  /** Directory of jars with JDBC drivers that are not bundled. */
  @WithDefault("drivers")
  String drivers();

  /** Secret of the mesh under which values are hashed. */
  Optional<String> hashKey();

  /** File that holds the secret. */
  Optional<String> hashKeyFile();

  Registry schemaRegistry();

  TopicCreation topics();

  Worker worker();

  Ledger ledger();

  Schedules schedules();

  Faults chaos();

  /** The schema registry. */
  interface Registry {
    @WithDefault("http://localhost:8081")
    String url();

    @WithDefault("false")
    boolean autoRegister();

    /** {@code user:password}. */
    Optional<String> basicAuthUserInfo();
  }

  /** How missing topics are created. */
  interface TopicCreation {
    @WithDefault("6")
    int partitions();

    @WithDefault("1")
    short replicationFactor();
  }

  /** How runs are worked off. */
  interface Worker {
    @WithDefault("4")
    int concurrency();

    @WithDefault("500")
    int maxHeldPerPartition();

    @WithDefault("30m")
    Duration maxRunTime();

    @WithDefault("2m")
    Duration retryFor();

    @WithDefault("500ms")
    Duration retryPause();

    @WithDefault("15s")
    Duration maxRetryPause();

    @WithDefault("1s")
    Duration progressInterval();

    @WithDefault("20s")
    Duration sessionTimeout();
  }

  /** How long repeats are recognised. */
  interface Ledger {
    @WithDefault("7d")
    Duration memory();
  }

  /** How pipelines fire. */
  interface Schedules {
    @WithDefault("5m")
    Duration lateAfter();
  }

  /** Seeded faults for tests of the whole system. */
  interface Faults {
    @WithDefault("true")
    boolean deduplication();

    @WithDefault("nowhere")
    Chaos.HaltPoint haltAt();

    @WithDefault("0")
    double haltProbability();
  }
}
