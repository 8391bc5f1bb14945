package io.profilemesh.query.command;

import io.profilemesh.query.start.Mesh;
import io.profilemesh.schema.ProfileRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;

/** Writes requests to profile. Safe for use by many threads. */
@ApplicationScoped
public class ProfileRequestSender {

  private final Mesh mesh;
  private final TopicWriter writer;

  @Inject
  ProfileRequestSender(Mesh mesh, TopicWriter writer) {
    this.mesh = mesh;
    this.writer = writer;
  }

  /**
   * Asks for profiles; returns when the brokers have the request.
   *
   * @param id id of the request
   * @param request obeys the rules
   * @return whether it was stored; false: broker or registry do not answer
   */
  public boolean send(String id, ProfileRequest request, Instant now) {
    return writer.write(mesh.topics().profileRequests(), id, request, id, now).isPresent();
  }
}
