package io.profilemesh.profiler.wiring;

import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.configuration.connection.Drivers;
import io.profilemesh.core.profile.ValueHasher;
import io.profilemesh.profiler.publish.Chaos;
import io.profilemesh.profiler.work.WorkerSettings;
import io.profilemesh.schema.TopicSettings;
import io.profilemesh.schema.Topics;
import java.time.Duration;
import java.util.Map;

/**
 * The settings, checked and ready for use.
 *
 * @param drivers of the sources
 * @param registryConfig Confluent's configuration keys
 * @param ledgerMemory how long repeats are recognised
 * @param sessionTimeout silence after which the group gives a worker's partitions away
 * @param lateAfter delay from which a firing of a pipeline counts as missed
 */
record Setup(
    String environment,
    String instanceId,
    Topics topics,
    TopicSettings topicSettings,
    Map<String, Object> registryConfig,
    ProfilerConfiguration configuration,
    Drivers drivers,
    ValueHasher hasher,
    WorkerSettings worker,
    Duration ledgerMemory,
    Duration sessionTimeout,
    Duration lateAfter,
    Chaos chaos) {

  Setup {
    registryConfig = Map.copyOf(registryConfig);
  }

  /** Leaves the registry's credentials out. */
  @Override
  public String toString() {
    return "Setup[environment=" + environment + ", instanceId=" + instanceId + ']';
  }
}
