package io.profilemesh.profiler.trigger;

import io.profilemesh.schema.EventIds;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.Refusal;

/** Tells whether two requests ask for the same. */
final class RequestContent {

  private RequestContent() {}

  /** Equal for requests that differ only in their id and in when they were made. */
  static String hash(ReceivedRequest received) {
    ProfileRequest content =
        ProfileRequest.newBuilder(received.request())
            .setRequestId(null)
            .setRequestedAt(null)
            .build();
    Refusal refusal = received.refusal();
    return EventIds.of(content.toString(), refusal == null ? "" : refusal.message());
  }
}
