package io.profilemesh.cli.mesh;

import io.profilemesh.cli.connection.MeshAddresses;
import io.profilemesh.stack.StackProgress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The local mesh of one data directory, as the commands see it. */
public interface LocalMesh {

  /** Where its parts are; empty while it does not run. */
  Optional<MeshAddresses> addresses();

  /** Names of the sources that its profiler is configured with; empty where it is not known. */
  Set<String> sources();

  /** State of every part, in the order of starting; all stopped when nothing runs. */
  List<Part> parts();

  /**
   * Starts broker, registry and database; the services come later.
   *
   * @param registryUrl a registry that runs already, or null to start one
   * @throws io.profilemesh.stack.StackException when that is not possible
   */
  StartedMesh start(@Nullable URI registryUrl, StackProgress progress);

  /**
   * Stops whatever runs.
   *
   * @return whether anything ran
   */
  boolean stop(StackProgress progress);

  /**
   * One part of the mesh.
   *
   * @param name name in answers, such as {@code drift-service}
   * @param state what it does
   * @param address where it listens, or null
   * @param pid its process, or null
   * @param log its log file, or null
   */
  record Part(
      String name,
      State state,
      @Nullable String address,
      @Nullable Long pid,
      @Nullable String log) {}

  /** What a part does. */
  enum State {
    STOPPED,
    /** Runs, but does not serve (yet). */
    STARTING,
    READY
  }
}
