package io.profilemesh.cli.mesh;

import io.profilemesh.cli.connection.JdbcAddress;
import io.profilemesh.cli.connection.MeshAddresses;
import io.profilemesh.stack.StackProgress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * A local mesh that this process has started. It stops when it is closed or the process ends,
 * unless it was detached.
 */
public interface StartedMesh extends AutoCloseable {

  /** The schema registry. */
  URI schemaRegistryUrl();

  /** The database of the metadata tables, as its owner. */
  JdbcAddress metadata();

  /** The database of the shop, as its owner. */
  JdbcAddress shop();

  /** The database of the shop, as one who may create roles. */
  JdbcAddress shopAsSuperuser();

  /**
   * Starts the services and waits until they are ready.
   *
   * @param topicPrefix start of every topic name
   * @param profilerConfig file with the profiler's sources and datasets
   * @param profilerEnvironment variables of the profiler only, such as passwords of sources
   */
  void startServices(
      String topicPrefix,
      Path profilerConfig,
      Map<String, String> profilerEnvironment,
      StackProgress progress);

  /** Where everything is, once the services are started. */
  MeshAddresses addresses();

  /** Lets it run on after this process. */
  void detach();

  @Override
  void close();
}
