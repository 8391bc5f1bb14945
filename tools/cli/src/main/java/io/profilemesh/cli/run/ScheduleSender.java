package io.profilemesh.cli.run;

import org.jspecify.annotations.Nullable;

/** Brings instructions to pipelines. */
public interface ScheduleSender extends AutoCloseable {

  /**
   * Pauses or resumes a pipeline; returns when the mesh has stored it.
   *
   * @throws io.profilemesh.cli.Failure when it has not
   */
  void send(String pipeline, boolean pause, String actor, @Nullable String reason);

  @Override
  void close();
}
