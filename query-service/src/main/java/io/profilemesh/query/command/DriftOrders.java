package io.profilemesh.query.command;

import io.profilemesh.query.start.Mesh;
import io.profilemesh.schema.DriftCommand;
import io.profilemesh.schema.DriftPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes policies, and commands to the drift service. Safe for use by many threads. */
@ApplicationScoped
public class DriftOrders {

  private final Mesh mesh;
  private final TopicWriter writer;

  @Inject
  DriftOrders(Mesh mesh, TopicWriter writer) {
    this.mesh = mesh;
    this.writer = writer;
  }

  /** Writes a command that obeys the rules; empty when broker or registry do not answer. */
  public Optional<TopicWriter.Written> command(DriftCommand command) {
    return writer.write(
        mesh.topics().driftCommands(),
        command.getDatasetId(),
        command,
        command.getCommandId(),
        command.getIssuedAt());
  }

  /**
   * Writes a policy that obeys the rules, or removes it.
   *
   * @param policy null: it is removed
   */
  public Optional<TopicWriter.Written> policy(
      String id, @Nullable DriftPolicy policy, Instant when) {
    return writer.write(mesh.topics().driftPolicies(), id, policy, id + "/" + when, when);
  }
}
