package io.profilemesh.drift.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Configuration of the drift service as it is written. */
@ConfigMapping(prefix = "profilemesh")
public interface DriftConfig {

  /** Name of this mesh, in every record. */
  @WithDefault("development")
  String environment();

  /** Start of every topic name. */
  @WithDefault("profilemesh.")
  String topicPrefix();

  /** Stable name of this instance among its like; the host's name unless given. */
  Optional<String> instanceId();

  /** Directory of the state; should survive a restart. */
  @WithDefault("drift-state")
  Path stateDir();

  /** exactly_once_v2, or at_least_once to measure what exactly-once costs. */
  @WithDefault("exactly_once_v2")
  String processingGuarantee();

  /** Where people find the dashboard; without it events carry no link. */
  Optional<String> dashboardUrl();

  Drift drift();

  Incidents incidents();

  Topics topics();

  SchemaRegistry schemaRegistry();

  Chaos chaos();

  /** Settings of the streams. */
  interface Drift {

    /** Threads; more than the partitions of table-profiles are idle. */
    @WithDefault("1")
    int threads();

    /** Copies of the state on other instances. */
    @WithDefault("1")
    int standbyReplicas();

    /** How often results become visible; shorter is sooner and costs more. */
    @WithDefault("PT0.05S")
    Duration commitInterval();

    /** Name and port under which other instances reach this one over HTTP. */
    Optional<String> advertisedAddress();

    /** How long another instance may take to answer a question for its state. */
    @WithDefault("PT2S")
    Duration questionTimeout();

    /** What whoever asks for the state must show; without it only this host is answered. */
    Optional<String> questionKey();
  }

  /** When incidents move. */
  interface Incidents {

    /** Runs within bounds, one after the other, that resolve an incident. */
    @WithDefault("1")
    int resolveAfterRuns();

    /** A size that grew or shrank by this factor is told again. */
    @WithDefault("1.5")
    double materialFactor();

    /** How long a resolved incident is remembered. */
    @WithDefault("P90D")
    Duration keepResolved();
  }

  /** How missing topics are created. */
  interface Topics {

    @WithDefault("6")
    int partitions();

    @WithDefault("1")
    short replicationFactor();
  }

  /** Where schemas are. */
  interface SchemaRegistry {

    /** One or more addresses, separated by commas. */
    @WithDefault("http://localhost:8081")
    String url();

    /** user:password, where the registry asks for it. */
    Optional<String> basicAuthUserInfo();

    /** Whether the service registers its schemas itself; otherwise they must be registered. */
    @WithDefault("false")
    boolean autoRegister();
  }

  /** Faults that tests of the tests switch on; refused outside environments named test. */
  interface Chaos {

    /** False: runs that come again are judged again. */
    @WithDefault("true")
    boolean deduplication();
  }
}
