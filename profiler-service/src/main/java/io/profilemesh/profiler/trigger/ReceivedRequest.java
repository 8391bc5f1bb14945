package io.profilemesh.profiler.trigger;

import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came from a topic.
 *
 * @param request what was asked; only its identity and target where it is refused
 * @param refusal why it is refused by the rules of requests, or null
 * @param coordinates {@code topic/partition/offset}: its identity where it has none of its own
 * @param traceparent W3C trace context: the sender's, else a new one
 */
record ReceivedRequest(
    ProfileRequest request, @Nullable Refusal refusal, String coordinates, String traceparent) {}
