package io.profilemesh.query.command;

import io.profilemesh.query.start.Mesh;
import io.profilemesh.schema.RunCommand;
import io.profilemesh.schema.RunCommandKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes commands about runs. Safe for use by many threads. */
@ApplicationScoped
public class RunCommandSender {

  private final Mesh mesh;
  private final TopicWriter writer;

  @Inject
  RunCommandSender(Mesh mesh, TopicWriter writer) {
    this.mesh = mesh;
    this.writer = writer;
  }

  /**
   * Orders that a run end; returns when the brokers have the order.
   *
   * @param datasetId one dataset of the run, or null for all
   * @param actor who asks
   * @param reason why, or null
   * @return whether the order was stored; false: broker or registry do not answer
   */
  public boolean cancel(
      UUID run, @Nullable String datasetId, String actor, @Nullable String reason) {
    RunCommand command =
        RunCommand.newBuilder()
            .setCommandId(UUID.randomUUID().toString())
            .setKind(RunCommandKind.CANCEL)
            .setRunId(run.toString())
            .setDatasetId(datasetId)
            .setActor(actor)
            .setReason(reason)
            .setIssuedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .build();
    return writer
        .write(
            mesh.topics().runCommands(),
            command.getRunId(),
            command,
            command.getCommandId(),
            command.getIssuedAt())
        .isPresent();
  }
}
